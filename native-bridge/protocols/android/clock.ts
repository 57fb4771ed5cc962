/**
 * The terminal's clock: `date` in the form that this program asks for, with the offset, and the
 * zone's name on a line of its own. Of `date` as it prints by itself only zones that mean one
 * offset count: CST is China's and Chicago's.
 */
import { linesOf } from './text.ts';

export interface Clock {
  /** RFC 3339 with the terminal's own offset. */
  readonly utc: string | null;
  /** Of the IANA's data base, as the terminal is set. */
  readonly zone: string | null;
}

export const DATE_COMMAND = 'date +%Y-%m-%dT%H:%M:%S%z; getprop persist.sys.timezone';

export function parseClock(text: string): Clock {
  const lines = linesOf(text)
    .slice(0, 64)
    .map((line) => line.trim());
  return { utc: firstOf(lines, instantOf), zone: firstOf(lines, zoneOf) };
}

function firstOf(lines: readonly string[], read: (line: string) => string | null): string | null {
  for (const line of lines) {
    const value = read(line);
    if (value !== null) return value;
  }
  return null;
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function instantOf(line: string): string | null {
  const [, local, offset] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(Z|[+-]\d\d:?\d\d)$/.exec(line) ?? [];
  if (local !== undefined && offset !== undefined) return checked(local, offset);
  const [, month, day, time, zone, year] =
    /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) {1,2}(\d{1,2}) (\d\d:\d\d:\d\d) (\S{1,16}) (\d{4})$/.exec(
      line,
    ) ?? [];
  const number = months.indexOf(month ?? '') + 1;
  if (number === 0 || day === undefined || time === undefined || year === undefined) return null;
  const date = `${year}-${String(number).padStart(2, '0')}-${day.padStart(2, '0')}`;
  const known = /^(?:UTC|GMT)([+-]\d\d:\d\d)?$/.exec(zone ?? '');
  return known === null ? null : checked(`${date}T${time}`, known[1] ?? 'Z');
}

function checked(local: string, offset: string): string | null {
  const utc = `${local}${/^[+-]\d{4}$/.test(offset) ? `${offset.slice(0, 3)}:${offset.slice(3)}` : offset}`;
  return Number.isNaN(Date.parse(utc)) ? null : utc;
}

/** `Asia/Shanghai`, `America/Argentina/Salta`, `Etc/GMT-8`, `UTC`, `GMT`. */
function zoneOf(line: string): string | null {
  if (line === 'UTC' || line === 'GMT') return line;
  return /^[A-Z][A-Za-z_]{1,31}(?:\/[A-Z][A-Za-z0-9_+-]{1,31}){1,2}$/.test(line) ? line : null;
}
