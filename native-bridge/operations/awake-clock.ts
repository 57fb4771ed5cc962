/**
 * A clock that stands still while the computer sleeps. Linux stops its monotonic clock for a suspend;
 * on Windows and macOS Node's goes on (libuv: QueryPerformanceCounter, mach_continuous_time), and a
 * laptop that was closed for an hour would find every deadline passed. A gap between two ticks that no busy program explains is taken for sleep.
 */
const tickMs = 1_000;
/** A loop this late was asleep; shorter delays are load and count. */
const asleepMs = 15_000;

export class AwakeClock {
  readonly #nowMs: () => number;
  #lastMs: number;
  #sleptMs = 0;

  constructor(nowMs: () => number = () => performance.now()) {
    this.#nowMs = nowMs;
    this.#lastMs = nowMs();
  }

  /** Milliseconds awake, since no moment in particular. */
  now(): number {
    const nowMs = this.#nowMs();
    const gapMs = nowMs - this.#lastMs;
    if (gapMs > asleepMs) this.#sleptMs += gapMs - tickMs;
    this.#lastMs = nowMs;
    return nowMs - this.#sleptMs;
  }

  /** Looks at the clock once a second, so that only sleep leaves a gap; returns how to stop. */
  watch(): () => void {
    this.now();
    const timer = setInterval(() => void this.now(), tickMs);
    timer.unref();
    return () => clearInterval(timer);
  }
}

const clock = new AwakeClock();
let stopWatching: (() => void) | null = null;

/** The process's own; the first use starts watching. */
export function awakeMs(): number {
  stopWatching ??= clock.watch();
  return clock.now();
}
