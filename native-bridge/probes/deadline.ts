/**
 * Time limits that hold over whatever is being waited for: one signal for the caller's cancelling
 * and for the limit, and a wait that ends with it even where the work itself can't be stopped (a
 * name look-up in the system's resolver).
 */
import type { ProbeError } from './probe-error.ts';

export class Deadline {
  /** Fires when the time is up or the caller cancelled. */
  readonly signal: AbortSignal;
  readonly limitMs: number;
  readonly #caller: AbortSignal;
  readonly #controller = new AbortController();
  readonly #timer: NodeJS.Timeout;
  readonly #cancel = () => this.#controller.abort();

  constructor(limitMs: number, caller: AbortSignal) {
    this.limitMs = limitMs;
    this.#caller = caller;
    this.signal = this.#controller.signal;
    this.#timer = setTimeout(this.#cancel, limitMs);
    if (caller.aborted) this.#cancel();
    else caller.addEventListener('abort', this.#cancel, { once: true });
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#caller.removeEventListener('abort', this.#cancel);
  }

  /**
   * The work's result, or `silence` when the time is up first. Throws the caller's reason when it
   * cancelled, whatever the work says to that.
   */
  async over<T>(work: Promise<T>, silence: () => ProbeError): Promise<T> {
    const { promise, stop } = this.#fired();
    try {
      return await Promise.race([work, promise]);
    } catch (error) {
      this.#caller.throwIfAborted();
      throw this.signal.aborted ? silence() : error;
    } finally {
      stop();
      // It may fail later, and nobody waits for it then.
      work.catch(() => undefined);
    }
  }

  #fired(): { promise: Promise<never>; stop: () => void } {
    let fire: (error: Error) => void = () => undefined;
    const promise = new Promise<never>((_resolve, reject) => (fire = reject));
    const fired = () => fire(new Error('the time is up'));
    if (this.signal.aborted) fired();
    else this.signal.addEventListener('abort', fired, { once: true });
    return { promise, stop: () => this.signal.removeEventListener('abort', fired) };
  }
}

/** Runs the work under a limit of its own. */
export async function within<T>(
  limitMs: number,
  caller: AbortSignal,
  work: (deadline: Deadline) => Promise<T>,
): Promise<T> {
  const deadline = new Deadline(limitMs, caller);
  try {
    return await work(deadline);
  } finally {
    deadline.end();
  }
}
