/**
 * Progress on its way to a reader that acknowledges each batch. At most two batches are ahead of
 * the reader; what comes meanwhile waits, so a slow reader gets fewer and larger batches, or, where
 * each item says everything, only the newest.
 */
const mostAhead = 2;
/** Items that wait for a reader which has stopped reading; then the oldest go. */
const mostWaiting = 4096;

export class ProgressBatches {
  readonly #keep: 'all' | 'newest';
  readonly #send: (batch: unknown[]) => void;
  #waiting: unknown[] = [];
  #ahead = 0;

  constructor(keep: 'all' | 'newest', send: (batch: unknown[]) => void) {
    this.#keep = keep;
    this.#send = send;
  }

  push(item: unknown): void {
    if (this.#keep === 'newest') this.#waiting = [];
    this.#waiting.push(item);
    if (this.#waiting.length > mostWaiting) this.#waiting.shift();
    if (this.#ahead < mostAhead) this.flush();
  }

  /** The reader took a batch. */
  acknowledge(): void {
    this.#ahead = Math.max(0, this.#ahead - 1);
    if (this.#ahead < mostAhead) this.flush();
  }

  /** Sends what waits, however far behind the reader is: before the result. */
  flush(): void {
    if (this.#waiting.length === 0) return;
    const batch = this.#waiting;
    this.#waiting = [];
    this.#ahead += 1;
    this.#send(batch);
  }
}
