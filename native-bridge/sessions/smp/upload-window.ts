/**
 * How many requests of an upload may be outstanding. It grows from 1 with every answer, halves on
 * a loss, and after a loss grows with more and more caution: a device with a small line pool loses
 * again and again at the same size.
 */

const FIRST_CAUTION = 8;
const MOST_CAUTION = 256;

export class UploadWindow {
  readonly max: number;
  #size = 1;
  /** Answers without a loss that the next step takes. */
  #caution = 1;
  #answers = 0;

  constructor(max: number) {
    this.max = Math.max(1, Math.floor(max));
  }

  get size(): number {
    return this.#size;
  }

  answered(): void {
    this.#answers++;
    if (this.#size >= this.max || this.#answers < this.#caution) return;
    this.#size++;
    this.#answers = 0;
  }

  lost(): void {
    this.#size = Math.max(1, Math.floor(this.#size / 2));
    this.#caution = Math.min(MOST_CAUTION, Math.max(FIRST_CAUTION, this.#caution * 2));
    this.#answers = 0;
  }
}
