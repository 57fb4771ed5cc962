/**
 * How many requests of an upload may be outstanding. It grows from 1 with every answer and halves on
 * a loss. What follows depends on how far apart losses are. A device with a small line pool loses
 * again and again at the same size, soon after each step: it is given more and more answers before
 * the next. A noisy line loses now and then whatever the size, and also where only one request was
 * outstanding: there the window comes back at once, and does not go below two.
 */

const FIRST_CAUTION = 8;
const MOST_CAUTION = 256;
/** Losses closer together than this many answers are the window's own doing. */
const CLOSE_ANSWERS = 12;
/** A loss with one request outstanding speaks for noise, for so many answers. */
const NOISY_ANSWERS = 200;

export class UploadWindow {
  readonly max: number;
  #size = 1;
  /** Answers without a loss that the next step takes. */
  #caution = 1;
  #answers = 0;
  #sinceLoss = 0;
  #noisyAnswers = 0;

  constructor(max: number) {
    this.max = Math.max(1, Math.floor(max));
  }

  get size(): number {
    return this.#size;
  }

  answered(): void {
    this.#answers++;
    this.#sinceLoss++;
    if (this.#noisyAnswers > 0) this.#noisyAnswers--;
    if (this.#size >= this.max || this.#answers < this.#caution) return;
    this.#size++;
    this.#answers = 0;
  }

  lost(): void {
    if (this.#size === 1 && this.#sinceLoss > 0) this.#noisyAnswers = NOISY_ANSWERS;
    const isOwnDoing = this.#noisyAnswers === 0 && this.#sinceLoss < CLOSE_ANSWERS * this.#size;
    this.#caution = isOwnDoing
      ? Math.min(MOST_CAUTION, Math.max(FIRST_CAUTION, this.#caution * 2))
      : Math.max(1, Math.floor(this.#caution / 4));
    // On a noisy line the next piece's reply is what tells of a loss soon.
    const least = this.#noisyAnswers > 0 ? Math.min(2, this.max) : 1;
    this.#size = Math.max(least, Math.floor(this.#size / 2));
    this.#answers = 0;
    this.#sinceLoss = 0;
  }
}
