/** A script, read from the left. */
import type { List } from './syntax.ts';

export class ShellSyntaxError extends Error {}

/** It ends in the middle of something: more may come. */
export class UnfinishedScript extends Error {}

/** Up to (not past) the closing mark; null: the end. */
export type ReadScript = (source: Source, end: ')' | '}' | null) => List;

export class Source {
  readonly #text: string;
  #at = 0;

  /** How a script within a word is read: words and scripts hold each other. */
  readonly readScript: ReadScript;

  constructor(text: string, readScript: ReadScript) {
    this.#text = text;
    this.readScript = readScript;
  }

  get done(): boolean {
    return this.#at >= this.#text.length;
  }

  /** Empty at the end. */
  get peek(): string {
    return this.#text[this.#at] ?? '';
  }

  /** @throws {UnfinishedScript} */
  peekOrFail(): string {
    if (this.done) throw new UnfinishedScript();
    return this.peek;
  }

  /** @throws {UnfinishedScript} */
  next(): string {
    const char = this.peekOrFail();
    this.#at += 1;
    return char;
  }

  skip(count: number): void {
    this.#at += count;
  }

  startsWith(prefix: string): boolean {
    return this.#text.startsWith(prefix, this.#at);
  }

  /** What stands between two of the same; it stands at the first. */
  between(quote: string): string {
    this.next();
    return this.until(quote);
  }

  /** Up to the mark, and past it. @throws {UnfinishedScript} */
  until(mark: string): string {
    const end = this.#text.indexOf(mark, this.#at);
    if (end < 0) throw new UnfinishedScript();
    const inner = this.#text.slice(this.#at, end);
    this.#at = end + mark.length;
    return inner;
  }

  /** The pattern begins with `^`. Null: not here. */
  match(pattern: RegExp): string | null {
    const found = pattern.exec(this.#text.slice(this.#at, this.#at + 256));
    if (found === null) return null;
    this.#at += found[0].length;
    return found[0];
  }

  looksAt(pattern: RegExp): boolean {
    return pattern.test(this.#text.slice(this.#at, this.#at + 256));
  }

  /** Blanks, continued lines and comments; not line ends. */
  skipBlanks(): void {
    for (;;) {
      if (this.startsWith('\\\n')) this.skip(2);
      else if (/[ \t\r]/.test(this.peek)) this.skip(1);
      else break;
    }
    if (this.peek === '#') {
      const end = this.#text.indexOf('\n', this.#at);
      this.#at = end < 0 ? this.#text.length : end;
    }
  }

  skipLines(): void {
    do this.skipBlanks();
    while (this.match(/^[\n;]/) !== null);
  }

  within(inner: string): Source {
    return new Source(inner, this.readScript);
  }
}
