/**
 * How long to wait for a reply, from how long replies have taken: the smoothed time and four times
 * its deviation (RFC 6298), but not less than a second, because a flash sector may be erased in
 * between, and doubled after every silence.
 */

const MIN_TIMEOUT_MS = 1000;
const MAX_BACKED_OFF_MS = 8000;

export class ReplyClock {
  readonly #firstMs: number;
  #smoothedMs: number | null = null;
  #deviationMs = 0;
  #backOff = 1;

  /** `firstMs`: to wait while nothing is measured. */
  constructor(firstMs: number) {
    this.#firstMs = firstMs;
  }

  get timeoutMs(): number {
    const steady =
      this.#smoothedMs === null ? this.#firstMs : this.#smoothedMs + 4 * this.#deviationMs;
    const patient = Math.max(MIN_TIMEOUT_MS, steady);
    return Math.max(patient, Math.min(MAX_BACKED_OFF_MS, patient * this.#backOff));
  }

  replied(ms: number): void {
    this.#backOff = 1;
    if (this.#smoothedMs === null) {
      this.#smoothedMs = ms;
      this.#deviationMs = ms / 2;
      return;
    }
    this.#deviationMs += (Math.abs(this.#smoothedMs - ms) - this.#deviationMs) / 4;
    this.#smoothedMs += (ms - this.#smoothedMs) / 8;
  }

  silent(): void {
    this.#backOff *= 2;
  }
}
