/**
 * How many requests keep the line full: what is beyond that only waits in front of it, and is lost
 * with it when the cable goes or the device throws away what follows a loss.
 *
 * A request that was sent alone tells how long one takes from its first byte to its reply; replies
 * that come one after the other while several were outstanding tell how often one can be taken.
 * The first by the second is how many are on their way at any time; a quarter of one more is for jitter.
 */

const JITTER = 0.25;
const KEPT = 16;
const LEAST_INTERVALS = 8;
/** Pauses of the device (a sector is erased) are no part of the pace. */
const LONGEST_LEFT_OUT = 2;
/** Less than this is no difference that a timer could tell. */
const MIN_INTERVAL_MS = 2;

export class UploadPace {
  readonly #aloneMs: number[] = [];
  readonly #intervalMs: number[] = [];

  /** Requests that are enough; Infinity while it is not known. */
  get enough(): number {
    const { length } = this.#intervalMs;
    if (this.#aloneMs.length === 0 || length < LEAST_INTERVALS) return Infinity;
    const usual = ascending(this.#intervalMs).slice(0, length - LONGEST_LEFT_OUT);
    const intervalMs = usual.reduce((sum, ms) => sum + ms, 0) / usual.length;
    if (intervalMs < MIN_INTERVAL_MS) return Infinity;
    const aloneMs = ascending(this.#aloneMs)[Math.floor(this.#aloneMs.length / 2)] ?? 0;
    return Math.max(2, Math.ceil(aloneMs / intervalMs + JITTER));
  }

  /** A full piece, sent while nothing else was outstanding, was answered. */
  alone(ms: number): void {
    keep(this.#aloneMs, ms);
  }

  /** Two replies followed each other while several requests were outstanding. */
  interval(ms: number): void {
    keep(this.#intervalMs, ms);
  }
}

function keep(samples: number[], ms: number): void {
  samples.push(ms);
  if (samples.length > KEPT) samples.shift();
}

function ascending(samples: readonly number[]): number[] {
  return samples.toSorted((a, b) => a - b);
}
