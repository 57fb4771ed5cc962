/** What was read of one terminal: the newest reading of each name, and the run that reads them. */
import type { Fault } from '../../native-bridge/contract/fault.ts';
import type { Reading, ReadingName, SamplingWindow } from '../../native-bridge/contract/reading.ts';
import type { Progress } from '../../native-bridge/contract/requests.ts';
import { SvelteMap } from 'svelte/reactivity';
import type { BridgeClient } from './bridge-client.ts';
import { clock } from './clock.svelte.ts';
import { Task } from './task.svelte.ts';
import { Trails } from './trails.svelte.ts';

export type ReadingState = 'ok' | 'unreadable' | 'absent';

export function readingState(reading: Reading): ReadingState {
  if (reading.failure !== null) return 'unreadable';
  return reading.value === null ? 'absent' : 'ok';
}

/** Why none of them could be read, where it is one and the same; null: some were, or each has its own reason. */
export function faultOfAll(readings: Iterable<Reading>): Fault | null {
  const asked = [...readings].filter((reading) => readingState(reading) !== 'absent');
  const [first] = asked;
  if (first === undefined || first.failure === null) return null;
  const { code } = first.failure;
  return asked.every(({ failure }) => failure?.code === code) ? first.failure : null;
}

export class Readings {
  readonly byName = new SvelteMap<ReadingName, Reading>();
  /** What is measured over a time just now, and until when. */
  measuring = $state.raw<SamplingWindow | null>(null);
  readonly trails = new Trails();
  readonly task = new Task();
  readonly #client: BridgeClient;
  readonly #terminalId: string;

  constructor(client: BridgeClient, terminalId: string) {
    this.#client = client;
    this.#terminalId = terminalId;
  }

  /** The value as a number, or null where it is none. */
  number(name: ReadingName): number | null {
    const value = this.byName.get(name)?.value;
    return typeof value === 'number' ? value : null;
  }

  /** Everything; once more where it is being read already. */
  async load(): Promise<void> {
    const params = { terminalId: this.#terminalId };
    const onProgress = (progress: Progress<'readTerminal'>): void => {
      if ('sampling' in progress) this.measuring = progress.sampling;
      else this.take(progress.reading);
    };
    await this.task.refresh(
      () => {
        this.measuring = null;
        return this.#client.start('readTerminal', params, onProgress);
      },
      ({ readings }) => {
        for (const reading of readings) this.take(reading);
      },
    );
    this.measuring = null;
  }

  take(reading: Reading): void {
    // Its age counts from here.
    clock.at(reading.atUtc);
    this.byName.set(reading.name, reading);
    this.trails.add(reading);
  }
}
