/** What a simulator says: a JSON object a line. */
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { createInterface } from 'node:readline';

/** One JSON line at a time from a child's stdout, each with a deadline. */
export class LineReader {
  errors = '';
  readonly #queue: string[] = [];
  #ended = false;
  #wake: (() => void) | null = null;

  constructor(child: ChildProcessWithoutNullStreams) {
    createInterface({ input: child.stdout }).on('line', (line) => this.#take(line));
    child.stderr.on(
      'data',
      (text: Buffer) => (this.errors = (this.errors + String(text)).slice(-2000)),
    );
    const end = () => ((this.#ended = true), this.#wake?.());
    // Not its exit: what it said last may still be on its way then.
    child.once('error', end).once('close', end);
    // A child that went while it is written to is seen by its end.
    child.stdin.on('error', () => undefined);
  }

  /** The next line parsed; undefined where it ended, was no JSON, or did not come in time. */
  async next(timeoutMs: number): Promise<unknown> {
    if (this.#queue.length === 0 && !this.#ended) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, timeoutMs);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    const line = this.#queue.shift();
    try {
      return line === undefined ? undefined : (JSON.parse(line) as unknown);
    } catch {
      return undefined;
    }
  }

  #take(line: string): void {
    // Said without being asked (a terminal that moved to another port): no answer to anything.
    if (line.startsWith('{"event"')) return;
    if (this.#queue.length < 1000) this.#queue.push(line);
    this.#wake?.();
  }
}
