/**
 * `logcat -v epoch`: what apps and the system write to Android's log, a line an entry, with its time
 * since the epoch before the process, the thread, the level and the tag (AOSP, system/logging,
 * logcat's `-v`; Android 7 and later).
 */

export interface LogEntry {
  /** As it stands there, for `-T`; seconds, on the terminal's clock. */
  readonly epochSeconds: string;
  readonly tag: string;
  readonly message: string;
}

/** Of one tag, from this time on; it ends with what is there. */
export function logSince(epochSeconds: string, tag: string): string[] {
  return ['logcat', '-d', '-v', 'epoch', '-T', epochSeconds, '-s', `${tag}:V`];
}

const entry = /^ *(\d{1,12}\.\d{1,9}) +\d+ +\d+ [A-Z] (.*)$/u;

/** null: no entry (logcat says so where one of its buffers begins). */
export function parseLogLine(line: string): LogEntry | null {
  const [, epochSeconds, rest] = entry.exec(line) ?? [];
  if (epochSeconds === undefined || rest === undefined) return null;
  const at = rest.indexOf(': ');
  if (at < 0) return null;
  return { epochSeconds, tag: rest.slice(0, at).trimEnd(), message: rest.slice(at + 2) };
}
