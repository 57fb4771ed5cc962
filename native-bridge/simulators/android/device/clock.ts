/**
 * The terminal's clock: the true time, unless the cell of the clock was flat or nobody sets it. With
 * the network's time switched on and a network there, it is right.
 */
import type { FaultSet } from '../faults.ts';

const HOUR_MS = 3_600_000;
const LOST_MS = -7 * HOUR_MS;
const EPOCH_MS = Date.UTC(2019, 0, 1);

export class Clock {
  readonly #faults: FaultSet;
  readonly #autoTime: () => boolean;
  readonly #startedMs = performance.now();
  #bootedMs = performance.now();
  /** Set by hand. */
  #offsetMs = 0;

  constructor(faults: FaultSet, autoTime: () => boolean) {
    this.#faults = faults;
    this.#autoTime = autoTime;
  }

  booted(): void {
    this.#bootedMs = performance.now();
  }

  /** What a terminal that runs shows: it was started half a day ago. */
  get uptimeMs(): number {
    const since = performance.now() - this.#bootedMs;
    return this.#bootedMs === this.#startedMs ? since + 12.37 * HOUR_MS : since + 41_000;
  }

  get nowMs(): number {
    if (this.#faults.has('clock-reset')) return EPOCH_MS + performance.now() - this.#startedMs;
    if (this.#autoTime()) return Date.now();
    return Date.now() + (this.#faults.has('clock-off') ? LOST_MS : this.#offsetMs);
  }

  set(utcMs: number): void {
    this.#faults.set('clock-off', false);
    this.#faults.set('clock-reset', false);
    this.#offsetMs = utcMs - Date.now();
  }
}
