/** Following what changes by itself, for as long as somebody looks; or why it rests. */
import type { Sentence } from '../../native-bridge/contract/common.ts';
import type { Followed } from '../../native-bridge/contract/follow.ts';
import type { BridgeClient } from './bridge-client.ts';
import type { Readings } from './readings.svelte.ts';
import { Task } from './task.svelte.ts';

export class Follow {
  /** The technician would rather not. */
  off = $state(false);
  rests = $state.raw<Sentence | null>(null);
  /** null: not known yet. */
  everyMs = $state<number | null>(null);
  readonly task = new Task();
  readonly #client: BridgeClient;
  readonly #terminalId: string;
  readonly #readings: Readings;

  constructor(client: BridgeClient, terminalId: string, readings: Readings) {
    this.#client = client;
    this.#terminalId = terminalId;
    this.#readings = readings;
  }

  /** Ends by `stop`, or with the connection. */
  async start(): Promise<void> {
    this.rests = null;
    this.everyMs = null;
    const params = { terminalId: this.#terminalId };
    await this.task.restart(() =>
      this.#client.start('watchReadings', params, (told) => this.#take(told)),
    );
  }

  stop(): void {
    this.task.stop();
  }

  #take({ readings, rests, everyMs }: Followed): void {
    for (const reading of readings) this.#readings.take(reading);
    this.rests = rests;
    this.everyMs = everyMs;
  }
}
