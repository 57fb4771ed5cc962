/** Waits for a time or for news, whichever is first; over for good once its signal fires. */
export class Alarm {
  readonly #signal: AbortSignal;
  #rung = false;
  #wake: (() => void) | null = null;

  constructor(signal: AbortSignal) {
    this.#signal = signal;
    signal.addEventListener('abort', () => this.ring(), { once: true });
  }

  get over(): boolean {
    return this.#signal.aborted;
  }

  /** News: also where nobody waits just now. */
  ring(): void {
    this.#rung = true;
    this.#wake?.();
  }

  /** `atMs` on the clock of `performance.now()`; Infinity: only news. */
  async next(atMs: number): Promise<void> {
    if (!this.#rung && !this.over) {
      let timer: NodeJS.Timeout | undefined;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
        if (atMs !== Infinity) timer = setTimeout(resolve, Math.max(0, atMs - performance.now()));
      });
      clearTimeout(timer);
      this.#wake = null;
    }
    this.#rung = false;
  }
}
