/**
 * The device's own text between frames, line by line, the last so many kept. It is what the device
 * wrote: whoever shows it strips terminal escapes and masks secrets.
 */

import { maskSecrets } from '../../protocols/masking.ts';

export interface TextLogLine {
  readonly atUtc: string;
  /** Without its line end. */
  readonly text: string;
  /**
   * Where it goes on with a line that was told before its end (too long, or a prompt): the end of
   * that, without which nobody knows that a password follows.
   */
  readonly before?: string;
}

const LINE_FEED = 0x0a;
/** Characters: as far back as a name and its secret are looked for. */
const longestBefore = 512;

/** The name stays before a secret that is longer than this. */
function endOf(line: string): string {
  return line.length <= longestBefore ? line : maskSecrets(line).slice(-longestBefore);
}

export class TextLog {
  readonly #maxLines: number;
  readonly #listeners = new Set<(line: TextLogLine) => void>();
  readonly #decoder = new TextDecoder();
  #lines: TextLogLine[] = [];
  /** Of the line that goes on; empty: a new one begins. */
  #before = '';

  constructor(maxLines: number) {
    this.#maxLines = maxLines;
  }

  add(bytes: Uint8Array): void {
    const text = this.#decoder
      .decode(bytes)
      .replace(/\r*\n$/, '')
      .replace(/^\r+/, '');
    const before = this.#before;
    const line = { atUtc: new Date().toISOString(), text, ...(before !== '' && { before }) };
    this.#before = bytes.at(-1) === LINE_FEED ? '' : endOf(before + text);
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
