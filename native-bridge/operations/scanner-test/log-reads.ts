/**
 * Reads out of Android's log. Asked for what one tag wrote since the last entry that was seen; that
 * one comes again, and is told by its time and text. Times are the terminal's own: its clock may be
 * wrong, and is asked first.
 */
import { BridgeFault } from '../../contract/bridge-fault.ts';
import type { Sentence } from '../../contract/common.ts';
import type { Connection } from '../../connections/connection.ts';
import { logSince, parseLogLine, quoteCommand } from '../../protocols/android/index.ts';
import type { ScannerReads } from '../../terminals/profile.ts';
import type { Read } from './course.ts';
import { Polling } from './polling.ts';
import { asRead, lastLines, newLines } from './read-lines.ts';

type FromLog = Extract<ScannerReads, { from: 'android-log' }>;

/** An app that floods its log is no reason to take it all. */
const maxOutputBytes = 1024 * 1024;
const clock = ['date', '+%s'];

export class LogReads {
  readonly #connection: Connection;
  readonly #polling: Polling;
  readonly #how: FromLog;
  #since: string | null = null;
  #seen: readonly string[] = [];

  constructor(connection: Connection, how: FromLog) {
    this.#connection = connection;
    this.#polling = new Polling(connection);
    this.#how = how;
  }

  async next(detail: Sentence, signal: AbortSignal): Promise<Read[]> {
    this.#since ??= await this.#now(detail, signal);
    if (this.#since === null) return [];
    const { tag, pattern } = this.#how;
    const reply = await this.#ask(logSince(this.#since, tag), detail, signal);
    if (reply === null) return [];
    const lines = lastLines(reply).filter((line) => parseLogLine(line)?.tag === tag);
    const fresh = newLines(this.#seen, lines);
    this.#seen = lines;
    this.#since = parseLogLine(lines.at(-1) ?? '')?.epochSeconds ?? this.#since;
    return fresh.flatMap((line) => asRead(parseLogLine(line)?.message ?? '', pattern) ?? []);
  }

  close(): void {
    // Nothing is open between two questions.
  }

  /** Of the terminal's clock; null: no answer, this time. */
  async #now(detail: Sentence, signal: AbortSignal): Promise<string | null> {
    const reply = await this.#ask(clock, detail, signal);
    if (reply === null) return null;
    const seconds = /^\d{1,12}(?=\s*$)/u.exec(reply)?.[0];
    if (seconds === undefined) {
      throw new BridgeFault('reply-malformed', { command: clock.join(' ') });
    }
    return `${seconds}.000`;
  }

  #ask(command: readonly string[], detail: Sentence, signal: AbortSignal): Promise<string | null> {
    return this.#polling.ask(
      command,
      (wait) => this.#connection.adb.shell(quoteCommand(command), { ...wait, maxOutputBytes }),
      detail,
      signal,
    );
  }
}
