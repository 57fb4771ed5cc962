/**
 * From what a terminal lists to what is new in it. It lists its last reads again and again, the
 * oldest first; what was there before is told by the lines themselves.
 */
import type { ReadPattern } from '../../terminals/profile.ts';
import type { Read } from './course.ts';

/** Of a longer reply only the end is looked at: the newest reads stand there. */
const replyCharacters = 32 * 1024;
const mostLines = 500;
const longestDecodeMs = 600_000;

/** At most so many, from a reply's end. */
export function lastLines(reply: string): string[] {
  return reply
    .slice(-replyCharacters)
    .split(/\r\n|\r|\n/u)
    .slice(-mostLines);
}

/** The lines that are reads. */
export function readLines(reply: string, pattern: ReadPattern): string[] {
  return lastLines(reply).filter((line) => asRead(line, pattern) !== null);
}

/** null: the line is no read. */
export function asRead(line: string, pattern: ReadPattern): Read | null {
  const values = pattern.record(line);
  if (values?.text === undefined) return null;
  const ms = values.ms === undefined ? NaN : Number(values.ms);
  const isTime = ms >= 0 && ms <= longestDecodeMs;
  return { text: values.text, decodeMs: isTime ? Math.round(ms) : null };
}

/** What stands in the list after the longest end of the one before that it begins with. */
export function newLines(before: readonly string[], now: readonly string[]): readonly string[] {
  for (let kept = Math.min(before.length, now.length); kept > 0; kept--) {
    const end = before.slice(before.length - kept);
    if (end.every((line, at) => line === now[at])) return now.slice(kept);
  }
  return now;
}
