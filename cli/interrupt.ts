/**
 * Ctrl-C: the first one stops the work safely (its signal), the second one leaves at once, unless
 * the work must not be left: then it says what is waited for.
 */
const exitInterrupted = 5;

export class Interrupt {
  readonly #controller = new AbortController();
  readonly #handler = () => this.#pressed();
  #holding: (() => void) | null = null;
  #onFirst: (() => void) | null = null;

  constructor() {
    process.on('SIGINT', this.#handler);
    process.on('SIGTERM', this.#handler);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Called at the first Ctrl-C. */
  announce(say: () => void): void {
    this.#onFirst = say;
  }

  /** While set, another Ctrl-C does not leave: it says what the work waits for. */
  hold(explain: (() => void) | null): void {
    this.#holding = explain;
  }

  /** Gives Ctrl-C back to the system. */
  end(): void {
    process.off('SIGINT', this.#handler);
    process.off('SIGTERM', this.#handler);
  }

  #pressed(): void {
    if (!this.signal.aborted) {
      this.#onFirst?.();
      this.#controller.abort();
    } else if (this.#holding !== null) {
      this.#holding();
    } else {
      process.exit(exitInterrupted);
    }
  }
}
