/**
 * Where the reads of a terminal come from, as its profile says: a command that is asked, its own
 * lines, or Android's log.
 */
import type { Sentence } from '../../contract/common.ts';
import type { Connection } from '../../connections/connection.ts';
import { shellExecute } from '../../protocols/smp/shell/index.ts';
import type { ScannerReads } from '../../terminals/profile.ts';
import type { Read } from './course.ts';
import { LogReads } from './log-reads.ts';
import { Polling, type PollWait } from './polling.ts';
import { asRead, newLines, readLines } from './read-lines.ts';

export interface ReadSource {
  /** What was read since the last time, in order. Throws what the line throws. */
  next(detail: Sentence, signal: AbortSignal): Promise<Read[]>;
  close(): void;
}

/** What was read before now does not count. */
export async function openReads(
  connection: Connection,
  how: ScannerReads,
  detail: Sentence,
  signal: AbortSignal,
): Promise<ReadSource> {
  if (how.from === 'console') return new ConsoleReads(connection, how);
  const source =
    how.from === 'android-log' ? new LogReads(connection, how) : new ShellReads(connection, how);
  await source.next(detail, signal);
  return source;
}

class ShellReads implements ReadSource {
  readonly #connection: Connection;
  readonly #polling: Polling;
  readonly #how: Extract<ScannerReads, { from: 'smp-shell' }>;
  #seen: readonly string[] = [];

  constructor(connection: Connection, how: Extract<ScannerReads, { from: 'smp-shell' }>) {
    this.#connection = connection;
    this.#polling = new Polling(connection);
    this.#how = how;
  }

  async next(detail: Sentence, signal: AbortSignal): Promise<Read[]> {
    const { argv, pattern } = this.#how;
    const run = (wait: PollWait) =>
      this.#connection.smp.request(shellExecute, { argv: [...argv] }, wait);
    const reply = await this.#polling.ask(argv, run, detail, signal);
    if (reply === null) return [];
    const lines = readLines(reply, pattern);
    const fresh = newLines(this.#seen, lines);
    this.#seen = lines;
    return fresh.flatMap((line) => asRead(line, pattern) ?? []);
  }

  close(): void {
    // Nothing is open between two questions.
  }
}

const linesKept = 500;

class ConsoleReads implements ReadSource {
  readonly #connection: Connection;
  readonly #how: Extract<ScannerReads, { from: 'console' }>;
  #lines: string[] = [];
  #listening: { readonly session: unknown; readonly stop: () => void } | null = null;

  constructor(connection: Connection, how: Extract<ScannerReads, { from: 'console' }>) {
    this.#connection = connection;
    this.#how = how;
    this.#listen();
  }

  next(detail: Sentence): Promise<Read[]> {
    this.#listen();
    this.#connection.report('waiting', detail, null);
    const lines = this.#lines;
    this.#lines = [];
    return Promise.resolve(lines.flatMap((line) => asRead(line, this.#how.pattern) ?? []));
  }

  close(): void {
    this.#listening?.stop();
    this.#listening = null;
  }

  /** After a cable was pulled and plugged it is another session. */
  #listen(): void {
    const session = this.#connection.smp;
    if (this.#listening?.session === session) return;
    this.#listening?.stop();
    const stop = session.onText(({ text }) => {
      this.#lines.push(text);
      if (this.#lines.length > linesKept) this.#lines.shift();
    });
    this.#listening = { session, stop };
  }
}
