/**
 * `getprop` without a name: `[key]: [value]`, one a line (toybox getprop.c). Values may run over
 * several lines, may be cut within them (a property held 91 bytes until Android 8), and a terminal's
 * window may have padded the lines with blanks or broken them at its width.
 */
import { linesOf } from './text.ts';

const MAX_PROPERTIES = 16_384;
const MAX_VALUE_CHARACTERS = 8_192;
const MAX_PIECES = 128;
const entryStart = /^\[([^\]\s]{1,256})\]: \[/;

/** Every property that stands there whole, the first of a name; lines that belong to none are left out. */
export function parseGetprop(text: string): ReadonlyMap<string, string> {
  const properties = new Map<string, string>();
  const lines = unbroken(linesOf(text)).map((line) => line.trimEnd());
  for (let at = 0; at < lines.length && properties.size < MAX_PROPERTIES;) {
    const key = keyOf(lines[at]);
    const end = nextEntry(lines, at + 1);
    const value = key === null ? null : valueOf(lines.slice(at, end), key);
    if (key !== null && value !== null && !properties.has(key)) properties.set(key, value);
    at = end;
  }
  return properties;
}

/** A window's width shows in several open lines of one length, with none of another nor longer ones. */
const LEAST_BROKEN_LINES = 4;

function unbroken(lines: readonly string[]): readonly string[] {
  const isOpen = (line: string) => keyOf(line) !== null && !line.trimEnd().endsWith(']');
  const open = lines.filter(isOpen);
  const width = open[0]?.length ?? 0;
  const isPadded = lines.filter((line) => line.endsWith(' ')).length * 2 > lines.length;
  const isWindow =
    !isPadded &&
    open.length >= LEAST_BROKEN_LINES &&
    open.every((line) => line.length === width) &&
    lines.every((line) => line.length <= width);
  if (!isWindow) return lines;
  const joined: string[] = [];
  let pieces: string[] = [];
  for (const line of lines) {
    pieces.push(line);
    if (line.length === width && !line.endsWith(']') && pieces.length < MAX_PIECES) continue;
    joined.push(pieces.join(''));
    pieces = [];
  }
  return [...joined, pieces.join('')];
}

function keyOf(line: string | undefined): string | null {
  return line === undefined ? null : (entryStart.exec(line)?.[1] ?? null);
}

function nextEntry(lines: readonly string[], from: number): number {
  let at = from;
  while (at < lines.length && keyOf(lines[at]) === null) at++;
  return at;
}

/** null: it was never closed. What stands behind the closing bracket belongs to nobody. */
function valueOf(lines: readonly string[], key: string): string | null {
  const start = key.length + 5;
  const closesAt = (line: string, from: number) => line.length > from && line.endsWith(']');
  const [first = ''] = lines;
  if (closesAt(first, start)) return limited(first.slice(start, -1));
  const last = lines.findLastIndex((line, at) => at > 0 && closesAt(line, 0));
  if (last < 0) return null;
  return limited([first.slice(start), ...lines.slice(1, last + 1)].join('\n').slice(0, -1));
}

function limited(value: string): string | null {
  return value.length > MAX_VALUE_CHARACTERS ? null : value;
}
