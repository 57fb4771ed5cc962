/** Questions that only the technician can answer while an operation waits: one per terminal. */
export class Questions {
  readonly #waiting = new Map<string, (answer: boolean | null) => void>();

  /** null: nobody answered in time. A newer question about the same terminal ends this one. */
  ask(terminalId: string, timeoutMs: number): Promise<boolean | null> {
    this.#waiting.get(terminalId)?.(null);
    return new Promise((resolve) => {
      const settle = (answer: boolean | null) => {
        clearTimeout(timer);
        if (this.#waiting.get(terminalId) === settle) this.#waiting.delete(terminalId);
        resolve(answer);
      };
      const timer = setTimeout(() => settle(null), timeoutMs);
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
