/** What `logcat` shows: a ring of lines, and whoever reads along. */

const MOST_LINES = 2_000;

export interface LogLine {
  readonly utcMs: number;
  readonly level: 'D' | 'I' | 'W' | 'E';
  readonly tag: string;
  readonly text: string;
}

export class Log {
  readonly #lines: LogLine[] = [];
  readonly #readers = new Set<(line: LogLine) => void>();
  readonly #nowMs: () => number;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  add(level: LogLine['level'], tag: string, text: string): void {
    const line = { utcMs: this.#nowMs(), level, tag, text };
    this.#lines.push(line);
    if (this.#lines.length > MOST_LINES) this.#lines.shift();
    for (const reader of this.#readers) reader(line);
  }

  get lines(): readonly LogLine[] {
    return this.#lines;
  }

  clear(): void {
    this.#lines.length = 0;
  }

  /** Returns how to stop. */
  follow(reader: (line: LogLine) => void): () => void {
    this.#readers.add(reader);
    return () => void this.#readers.delete(reader);
  }
}
