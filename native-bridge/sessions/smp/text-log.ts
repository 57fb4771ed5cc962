/**
 * The device's own text between frames, line by line, the last so many kept. It is what the device
 * wrote: whoever shows it strips terminal escapes and masks secrets.
 */

export interface TextLogLine {
  readonly atUtc: string;
  /** Without its line end. */
  readonly text: string;
}

export class TextLog {
  readonly #maxLines: number;
  readonly #listeners = new Set<(line: TextLogLine) => void>();
  readonly #decoder = new TextDecoder();
  #lines: TextLogLine[] = [];

  constructor(maxLines: number) {
    this.#maxLines = maxLines;
  }

  add(bytes: Uint8Array): void {
    const text = this.#decoder
      .decode(bytes)
      .replace(/\r*\n$/, '')
      .replace(/^\r+/, '');
    const line = { atUtc: new Date().toISOString(), text };
    this.#lines.push(line);
    // Cut now and then, not at every line.
    if (this.#lines.length >= this.#maxLines * 1.25) this.#lines = this.lines();
    for (const listener of this.#listeners) listener(line);
  }

  lines(): TextLogLine[] {
    return this.#lines.slice(-this.#maxLines);
  }

  /** Calls back for every line from now on; returns how to stop. */
  subscribe(listener: (line: TextLogLine) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
