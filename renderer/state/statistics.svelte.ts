/** What one terminal's firmware counts: the last reading, and the one before it in this window. */
import type { Progress } from '../../native-bridge/contract/requests.ts';
import type { TerminalStatistics } from '../../native-bridge/contract/statistics.ts';
import type { BridgeClient } from './bridge-client.ts';
import { clock } from './clock.svelte.ts';
import { counterChanges } from './counter-changes.ts';
import { Task } from './task.svelte.ts';

export type StatisticsState = 'unread' | 'reading' | 'failed' | 'none' | 'read';

export class Statistics {
  latest = $state.raw<TerminalStatistics | null>(null);
  before = $state.raw<TerminalStatistics | null>(null);
  /** The group being read; null while it is not known which there are. */
  progress = $state.raw<Progress<'readStatistics'> | null>(null);
  readonly task = new Task();
  readonly changes = $derived(counterChanges(this.before?.groups ?? [], this.latest?.groups ?? []));
  readonly #client: BridgeClient;
  readonly #terminalId: string;

  constructor(client: BridgeClient, terminalId: string) {
    this.#client = client;
    this.#terminalId = terminalId;
  }

  get state(): StatisticsState {
    if (this.task.running) return 'reading';
    if (this.task.fault !== null) return 'failed';
    if (this.latest === null) return 'unread';
    return this.latest.groups.length === 0 ? 'none' : 'read';
  }

  /** Between the last two readings, in whole seconds; 0 where there is only one. */
  get betweenMs(): number {
    if (this.latest === null || this.before === null) return 0;
    const elapsedMs = clock.at(this.latest.atUtc) - clock.at(this.before.atUtc);
    return Math.max(1, Math.round(elapsedMs / 1000)) * 1000;
  }

  async load(): Promise<void> {
    this.progress = null;
    const params = { terminalId: this.#terminalId };
    const read = await this.task.run(() =>
      this.#client.start('readStatistics', params, (progress) => (this.progress = progress)),
    );
    if (read === null) return;
    this.before = this.latest;
    this.latest = read;
    clock.at(read.atUtc);
  }
}
