/**
 * Losses that were noticed by an echo: it came back, and what was sent before it did not. Far
 * sooner than a time-out, but it says less. Short requests may pass where long ones do not (a burst
 * of noise), and a device may answer an echo while it erases. So what is lost is sent again at once,
 * and only where nothing has moved on for long does it speak for giving up. Between two of them more
 * and more time passes.
 */

const MAX_DOUBLINGS = 10;

export class UnheardPieces {
  readonly #longMs: number;
  readonly #longestWaitMs: number;
  #movedAtMs = performance.now();
  #noticed = 0;

  /** `longMs`: without a step forward; `longestWaitMs`: what waits grow to, where they are shorter. */
  constructor(longMs: number, longestWaitMs: number) {
    this.#longMs = longMs;
    this.#longestWaitMs = longestWaitMs;
  }

  /** A reply moved the upload on. */
  moved(): void {
    this.#movedAtMs = performance.now();
    this.#noticed = 0;
  }

  /** True where it counts as a silence. */
  noticed(): boolean {
    this.#noticed++;
    return performance.now() - this.#movedAtMs >= this.#longMs;
  }

  /** How long replies may be late before it is asked; `usualMs` the first time. */
  waitMs(usualMs: number): number {
    const grownMs = usualMs * 2 ** Math.min(this.#noticed, MAX_DOUBLINGS);
    return Math.max(usualMs, Math.min(grownMs, this.#longestWaitMs));
  }
}
