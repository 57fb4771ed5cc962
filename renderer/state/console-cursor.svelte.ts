/** The line of the console that the keys stand on, and the one that is opened whole. */
import { indexAfter, type KeptLine } from './line-store.ts';

export class ConsoleCursor {
  line = $state.raw<KeptLine | null>(null);
  whole = $state.raw<KeptLine | null>(null);

  /** The place of the line above or below, the newest at first; null: there is none. */
  step(shown: readonly KeptLine[], by: 1 | -1): number | null {
    const to = Math.min(Math.max(this.#next(shown, by), 0), shown.length - 1);
    const line = shown[to];
    if (line === undefined) return null;
    this.line = line;
    if (this.whole !== null) this.whole = line;
    return to;
  }

  /** Opens a line whole, or folds it. */
  toggle(line: KeptLine | null = this.line): void {
    this.line = line;
    this.whole = this.whole === line ? null : line;
  }

  #next(shown: readonly KeptLine[], by: 1 | -1): number {
    if (this.line === null) return shown.length - 1;
    const at = indexAfter(shown, this.line.id - 1);
    // Where it made way for newer ones, the one in its place is the one below.
    const isThere = shown[at]?.id === this.line.id;
    return isThere || by === -1 ? at + by : at;
  }
}
