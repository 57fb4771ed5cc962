/** What earlier visits read of one terminal, and where its values turn bad. */
import type { History, Limits } from '../../native-bridge/contract/follow.ts';
import type { ReadingName } from '../../native-bridge/contract/reading.ts';
import type { BridgeClient } from './bridge-client.ts';
import { Task } from './task.svelte.ts';
import type { Point } from './trails.svelte.ts';

export class Earlier {
  history = $state.raw<History | null>(null);
  readonly task = new Task();
  readonly #client: BridgeClient;
  readonly #terminalId: string;

  constructor(client: BridgeClient, terminalId: string) {
    this.#client = client;
    this.#terminalId = terminalId;
  }

  get limits(): Limits | null {
    return this.history?.limits ?? null;
  }

  async load(): Promise<void> {
    const params = { terminalId: this.#terminalId };
    const history = await this.task.run(() => this.#client.start('readHistory', params));
    if (history !== null) this.history = history;
  }

  /** One point a visit; the newest value stands for the visit that goes on. */
  of(name: ReadingName, newest: Point | null): readonly Point[] {
    const points = (this.history?.visits ?? []).flatMap(({ values }) =>
      values.flatMap(({ name: of, value, atUtc }) =>
        of === name && typeof value === 'number' ? [{ atMs: Date.parse(atUtc), value }] : [],
      ),
    );
    if (newest === null) return points;
    const before = points.filter(({ atMs }) => atMs < newest.atMs - sameVisitMs);
    return [...before, newest];
  }
}

/** What was read within this time before belongs to the visit that goes on. */
const sameVisitMs = 60 * 60 * 1000;
