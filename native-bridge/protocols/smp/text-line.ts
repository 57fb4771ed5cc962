/** Gathers a device's text into lines, whatever pieces it comes in. */
import { seamBefore } from '../masking/seam.ts';

export class TextLine {
  readonly #buffer: Uint8Array;
  #length = 0;

  /** A line longer than `maxBytes` is handed out in pieces of that size or less: none cuts a word. */
  constructor(maxBytes: number) {
    this.#buffer = new Uint8Array(maxBytes);
  }

  /** Bytes that are not handed out yet. */
  get length(): number {
    return this.#length;
  }

  /** Adds chunk[from..to), which holds a line feed at its end or none; full lines go to `emit`. */
  add(chunk: Uint8Array, from: number, to: number, emit: (line: Uint8Array) => void): void {
    for (let at = from; at < to;) {
      const count = Math.min(to - at, this.#buffer.length - this.#length);
      this.#buffer.set(chunk.subarray(at, at + count), this.#length);
      this.#length += count;
      at += count;
      if (this.#length === this.#buffer.length) this.#cut(emit);
    }
  }

  #cut(emit: (line: Uint8Array) => void): void {
    const at = seamBefore((index) => this.#buffer[index] as number, this.#length);
    emit(this.#buffer.slice(0, at));
    this.#buffer.copyWithin(0, at, this.#length);
    this.#length -= at;
  }

  /** Hands out what there is, if there is something. */
  end(emit: (line: Uint8Array) => void): void {
    if (this.#length === 0) return;
    const line = this.#buffer.slice(0, this.#length);
    this.#length = 0;
    emit(line);
  }

  reset(): void {
    this.#length = 0;
  }
}
