/** Questions that only the technician can answer while an operation waits: one per terminal. */
export class Questions {
  readonly #waiting = new Map<string, (answer: boolean | null) => void>();

  /**
   * null: nobody answered in time, or the signal fired. A newer question about the same terminal ends
   * this one.
   */
  ask(terminalId: string, timeoutMs: number, signal?: AbortSignal): Promise<boolean | null> {
    if (signal?.aborted === true) return Promise.resolve(null);
    this.#waiting.get(terminalId)?.(null);
    return new Promise((resolve) => {
      const settle = (answer: boolean | null) => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', leave);
        if (this.#waiting.get(terminalId) === settle) this.#waiting.delete(terminalId);
        resolve(answer);
      };
      const leave = () => settle(null);
      const timer = setTimeout(() => settle(null), timeoutMs);
      signal?.addEventListener('abort', leave, { once: true });
      this.#waiting.set(terminalId, settle);
    });
  }

  /** False: nothing is asked about this terminal. */
  answer(terminalId: string, answer: boolean | null): boolean {
    const waiting = this.#waiting.get(terminalId);
    waiting?.(answer);
    return waiting !== undefined;
  }

  /** Nobody is there any more. */
  giveUp(): void {
    for (const settle of [...this.#waiting.values()]) settle(null);
  }
}
