/**
 * Terminals that the bridge does not list and that stay in sight all the same: those of a bridge that is
 * gone, and those that it let go to connect them anew, which may fail.
 */
import type { Terminal } from '../../native-bridge/contract/terminal.ts';

export class LeftTerminals {
  #left: readonly Terminal[] = [];
  /** Disconnected as the technician asked: these are not kept. */
  readonly #dismissed = new Set<string>();
  /** Simulated by a bridge that is gone: the next list is without them. */
  readonly #gone = new Set<string>();

  has(id: string): boolean {
    return this.#left.some((left) => left.id === id);
  }

  keep(terminals: readonly Terminal[]): void {
    const kept = terminals.filter(({ id }) => !this.#dismissed.has(id) && !this.#gone.has(id));
    this.#gone.clear();
    const others = this.#left.filter(({ id }) => !kept.some((one) => one.id === id));
    this.#left = [...others, ...kept];
  }

  goWithBridge(simulated: readonly Terminal[]): void {
    for (const { id } of simulated) this.#gone.add(id);
  }

  /** These are connected, or were listed; on the port of one that was left another may stand now. */
  found(terminals: readonly Terminal[]): void {
    this.#left = this.#left.filter(
      (left) => !terminals.some(({ id, portUrl }) => id === left.id || portUrl === left.portUrl),
    );
  }

  /** False where it is none of these. */
  drop(id: string): boolean {
    const had = this.has(id);
    this.#left = this.#left.filter((left) => left.id !== id);
    return had;
  }

  /** To be called before the bridge is asked: the list may come before its answer. */
  dismiss(id: string): void {
    this.#dismissed.add(id);
  }

  /** It stays, or is here again. */
  takeBack(id: string): void {
    this.#dismissed.delete(id);
  }

  /** With those that are listed `now`; who was listed before keeps its place, what is new follows. */
  among(before: readonly Terminal[], now: readonly Terminal[]): Terminal[] {
    const place = (terminal: Terminal): number => {
      const at = before.findIndex(({ id }) => id === terminal.id);
      return at < 0 ? before.length : at;
    };
    return [...now, ...this.#left].toSorted((a, b) => place(a) - place(b));
  }
}
