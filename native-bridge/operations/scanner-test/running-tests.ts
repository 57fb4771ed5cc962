/** The scanner tests that run now, for what the technician says meanwhile: one a terminal. */
import { BridgeFault } from '../../contract/bridge-fault.ts';
import type { TestAnswer } from './course.ts';

/** False where it comes too late. */
type Listener = (number: number, answer: TestAnswer) => boolean;

export class RunningScannerTests {
  readonly #listeners = new Map<string, Listener>();

  /** Returns how to end it. Throws `terminal-busy`. */
  begin(terminalId: string, listener: Listener): () => void {
    if (this.#listeners.has(terminalId)) {
      throw new BridgeFault('terminal-busy', { doing: 'scanner-test' });
    }
    this.#listeners.set(terminalId, listener);
    return () => this.#listeners.delete(terminalId);
  }

  answer(terminalId: string, number: number, answer: TestAnswer): boolean {
    return this.#listeners.get(terminalId)?.(number, answer) ?? false;
  }
}
