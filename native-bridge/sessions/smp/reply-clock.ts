/**
 * How long to wait for a reply, from how long replies have taken: the smoothed time and four times
 * its deviation (RFC 6298), but not less than the patience asked for, because a flash sector may be
 * erased in between; doubled after every silence.
 */

const MAX_BACK_OFF = 8;
const MIN_OVERDUE_MS = 50;

export class ReplyClock {
  readonly #firstMs: number;
  readonly #patienceMs: number;
  #smoothedMs: number | null = null;
  #deviationMs = 0;
  #backOff = 1;

  /** `firstMs`: to wait while nothing is measured; `patienceMs`: at least this at any time. */
  constructor(firstMs: number, patienceMs: number) {
    this.#firstMs = firstMs;
    this.#patienceMs = patienceMs;
  }

  get timeoutMs(): number {
    const steady =
      this.#smoothedMs === null ? this.#firstMs : this.#smoothedMs + 4 * this.#deviationMs;
    const patient = Math.max(this.#patienceMs, steady);
    return Math.max(patient, Math.min(MAX_BACK_OFF * this.#patienceMs, patient * this.#backOff));
  }

  /** After so long a reply is later than usual; null while nothing is measured. */
  get overdueMs(): number | null {
    if (this.#smoothedMs === null) return null;
    return Math.max(MIN_OVERDUE_MS, this.#smoothedMs + 4 * this.#deviationMs);
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
