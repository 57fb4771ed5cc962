/**
 * The scan engine and the log of what it read. The customers of the day came before anybody looked:
 * their reads are as good as the scanner is.
 */
import type { Random } from '../../engine/random.ts';
import type { Scheduler } from '../../engine/scheduler.ts';
import type { FaultSet } from '../../faults.ts';
import type { Settings } from '../settings.ts';
import { decodeMs, lengthLimit, usualCode, type Presented } from './decode.ts';

export interface Read {
  readonly number: number;
  readonly uptimeSeconds: number;
  readonly decodeMs: number;
  readonly text: string;
}

export interface ScannerState {
  readonly firmware: string;
  readonly inverse: boolean;
  /** Characters of a code that are passed on. */
  readonly longest: number;
  readonly selfTest: 'ok' | 'no answer' | 'illumination';
  /** Null where nothing was read today. */
  readonly averageMs: number | null;
  readonly reads: number;
  readonly misses: number;
}

const KEPT_READS = 200;
const CUSTOMERS = 24;
const SPREAD_MS = 30;

export class Scanner {
  readonly #faults: FaultSet;
  readonly #settings: Settings;
  readonly #random: Random;
  #reads: Read[] = [];
  #count = 0;
  #misses = 0;

  constructor(faults: FaultSet, settings: Settings, random: Random) {
    this.#faults = faults;
    this.#settings = settings;
    this.#random = random;
  }

  state(): ScannerState {
    const usual = decodeMs(usualCode, this.#faults, this.#inverse);
    const times = this.#reads.map((read) => read.decodeMs);
    const all = usual === null ? times : [...times, ...Array<number>(CUSTOMERS).fill(usual)];
    return {
      firmware: this.#faults.has('scanner-misses-damaged') ? '1.02' : '1.14',
      inverse: this.#inverse,
      longest: lengthLimit(this.#faults),
      selfTest: this.#selfTest(),
      averageMs: all.length === 0 ? null : Math.round(all.reduce((a, b) => a + b) / all.length),
      reads: this.#count + (usual === null ? 0 : CUSTOMERS),
      misses: this.#misses,
    };
  }

  /** The last of them, oldest first. */
  log(count: number): readonly Read[] {
    return this.#reads.slice(-count);
  }

  clear(): void {
    this.#reads = [];
  }

  /** A code is held before it: how long it will take, or null where it will not be read. */
  present(code: Presented, scheduler: Scheduler, uptimeSeconds: (atMs: number) => number) {
    const takes = decodeMs(code, this.#faults, this.#inverse);
    if (takes === null) {
      this.#misses += 1;
      return null;
    }
    const tookMs = takes + this.#random.below(SPREAD_MS);
    scheduler.at(scheduler.nowMs() + tookMs, (atMs) => {
      this.#count += 1;
      const read = { number: this.#count, uptimeSeconds: uptimeSeconds(atMs), decodeMs: tookMs };
      this.#reads.push({ ...read, text: shownText(code.text) });
      if (this.#reads.length > KEPT_READS) this.#reads.shift();
    });
    return tookMs;
  }

  /** Power went. */
  reset(): void {
    this.#reads = [];
    this.#count = 0;
    this.#misses = 0;
  }

  get #inverse(): boolean {
    return this.#settings.active('scan/inverse') === '1';
  }

  #selfTest(): ScannerState['selfTest'] {
    if (this.#faults.has('scanner-dead')) return 'no answer';
    return this.#faults.has('scanner-illumination-dead') ? 'illumination' : 'ok';
  }
}

/** A payer's code pays: of it only the scheme and the length are kept. */
function shownText(text: string): string {
  return /^\d{16,24}$/.test(text) ? text.slice(0, 2) + '*'.repeat(text.length - 2) : text;
}
