/**
 * How many requests keep the line full: what is beyond that only waits in front of it, and is lost
 * with it when the cable goes or the device throws away what follows a loss.
 *
 * A request that was sent alone tells how long one takes from its first byte to its reply, and the
 * quickest tells it best: anything that comes in between only makes it longer. Replies that come one
 * after the other while several were outstanding tell how often one can be taken. The first by the
 * second is how many are on their way at any time; a quarter of one more is for jitter.
 */

const JITTER = 0.25;
const KEPT = 16;
const LEAST_INTERVALS = 8;
/** Pauses of the device (a sector is erased) are no part of the pace. */
const LONGEST_LEFT_OUT = 2;
/** Where more than two seem to be needed, it is measured so often. */
const SURE_SAMPLES = 4;
/** Less than this is no difference that a timer could tell. */
const MIN_INTERVAL_MS = 2;

export class UploadPace {
  readonly #aloneMs: number[] = [];
  readonly #intervalMs: number[] = [];
  #sinceAlone = 0;

  /** Requests that are enough; Infinity while it is not known. */
  get enough(): number {
    const { length } = this.#intervalMs;
    if (this.#aloneMs.length === 0 || length < LEAST_INTERVALS) return Infinity;
    const usual = ascending(this.#intervalMs).slice(0, length - LONGEST_LEFT_OUT);
    const intervalMs = usual.reduce((sum, ms) => sum + ms, 0) / usual.length;
    if (intervalMs < MIN_INTERVAL_MS) return Infinity;
    return Math.max(2, Math.ceil(Math.min(...this.#aloneMs) / intervalMs + JITTER));
  }

  /** One is to be sent alone once more: with one sample, a pause of this computer looks like the line. */
  get isUnsure(): boolean {
    const { length } = this.#aloneMs;
    if (length === 0 || length >= SURE_SAMPLES || this.#sinceAlone < LEAST_INTERVALS) return false;
    return this.enough > 2 && Number.isFinite(this.enough);
  }

  /** A full piece, sent while nothing else was outstanding, was answered. */
  alone(ms: number): void {
    keep(this.#aloneMs, ms);
    this.#sinceAlone = 0;
  }

  /** Two replies followed each other while several requests were outstanding. */
  interval(ms: number): void {
    keep(this.#intervalMs, ms);
    this.#sinceAlone++;
  }
}

function keep(samples: number[], ms: number): void {
  samples.push(ms);
  if (samples.length > KEPT) samples.shift();
}

function ascending(samples: readonly number[]): number[] {
  return samples.toSorted((a, b) => a - b);
}
