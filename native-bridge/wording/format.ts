/**
 * Values as people read them: number and unit together, in the language's own format.
 * A fact's name carries its unit (`timeoutMs`, `sizeBytes`, `levelPercent`, `openedUtc`), so a
 * message writes `{timeoutMs}` and never the unit beside it.
 */
import type { Facts, Locale } from '../contract/common.ts';
import type { Unit } from '../contract/reading.ts';
import { plain } from './catalogue.ts';
import { cleanText } from './clean-text.ts';

export type Fact = Facts[string];

/** Numbers that name something rather than count it: never grouped. */
const names = new Set(['pid', 'rc', 'line', 'column', 'code', 'group', 'port', 'image', 'slot']);

/** Grouped by thousands, at most one decimal unless told, with a true minus sign. */
export function formatNumber(value: number, locale: Locale, maximumFractionDigits = 1): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits })
    .format(value)
    .replace('-', '\u2212');
}

/** A whole number given as digits, of any size, grouped by thousands; what is none stays as it is. */
export function formatWhole(digits: string, locale: Locale): string {
  if (!/^-?\d{1,40}$/.test(digits)) return cleanText(digits, 40);
  return new Intl.NumberFormat(locale).format(BigInt(digits)).replace('-', '\u2212');
}

/** The unit's sign or word; empty for counts and bare values. */
export function unitWords(unit: Unit, locale: Locale): string {
  switch (unit) {
    case 'none':
    case 'count':
      return '';
    case 'dBm':
      return plain('unit_dbm', locale);
    case 'dB':
      return plain('unit_db', locale);
    default:
      return plain(`unit_${unit}`, locale);
  }
}

/** `−58 dBm`, `19 %`, `23.5 °C`; bytes and seconds in the step that reads best. */
export function formatQuantity(value: number, unit: Unit, locale: Locale): string {
  if (unit === 'bytes') return formatBytes(value, locale);
  if (unit === 'seconds') return formatDuration(value * 1000, locale);
  const words = unitWords(unit, locale);
  if (words === '') return formatNumber(value, locale);
  const space = unit === 'percent' && locale === 'zh-CN' ? '' : ' ';
  return `${formatNumber(value, locale)}${space}${words}`;
}

const secondMs = 1000;
const steps = [
  ['unit_days', 86_400],
  ['unit_hours', 3_600],
  ['unit_minutes', 60],
  ['unit_seconds', 1],
] as const;

/** `38 ms`, `4.5 s`, `1 min 20 s`, `2 h 5 min`: the two largest steps that are not zero. */
export function formatDuration(durationMs: number, locale: Locale): string {
  if (durationMs < secondMs) return `${formatNumber(durationMs, locale, 0)} ms`;
  if (durationMs < 60 * secondMs) {
    return `${formatNumber(durationMs / secondMs, locale)} ${plain('unit_seconds', locale)}`;
  }
  let restSeconds = Math.round(durationMs / secondMs);
  const parts: string[] = [];
  for (const [unit, seconds] of steps) {
    const count = Math.floor(restSeconds / seconds);
    restSeconds -= count * seconds;
    if (count > 0) parts.push(`${formatNumber(count, locale)} ${plain(unit, locale)}`);
    else if (parts.length > 0) break;
    if (parts.length === 2) break;
  }
  return parts.join(' ');
}

/** `512 B`, `12.5 KB`, `1.2 MB`, in steps of 1,024. */
export function formatBytes(bytes: number, locale: Locale): string {
  let value = bytes;
  let unit = 'B';
  for (const next of ['KB', 'MB', 'GB']) {
    if (Math.abs(value) < 1024) break;
    value /= 1024;
    unit = next;
  }
  return `${formatNumber(value, locale)} ${unit}`;
}

/** `2026-07-01 18:20:30` in the given zone (the computer's where none is named); text that is no time stays as it is. */
export function formatTime(utc: string, timeZone?: string): string {
  const time = new Date(utc);
  if (Number.isNaN(time.getTime())) return cleanText(utc, 40);
  const parts = new Intl.DateTimeFormat('en-US-u-hc-h23', {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZone,
  }).formatToParts(time);
  const part = (type: Intl.DateTimeFormatPartTypes): string =>
    parts.find((p) => p.type === type)?.value ?? '';
  const date = `${part('year')}-${part('month')}-${part('day')}`;
  return `${date} ${part('hour')}:${part('minute')}:${part('second')}`;
}

/** How a number is written, by the unit at the end of its name. */
function formatNamedNumber(name: string, value: number, locale: Locale): string {
  if (name.endsWith('Ms')) return formatDuration(value, locale);
  if (name.endsWith('Seconds')) return formatDuration(value * secondMs, locale);
  if (name.endsWith('Bytes')) return formatBytes(value, locale);
  if (name.endsWith('Percent')) return formatQuantity(value, 'percent', locale);
  if (name.endsWith('Dbm')) return formatQuantity(value, 'dBm', locale);
  if (name.endsWith('Db')) return formatQuantity(value, 'dB', locale);
  if (name.endsWith('Celsius')) return formatQuantity(value, 'celsius', locale);
  if (name.endsWith('Millivolts')) return formatQuantity(value, 'millivolts', locale);
  if (name.endsWith('BytesPerSecond')) return `${formatBytes(value, locale)}/s`;
  return names.has(name) ? String(value) : formatNumber(value, locale);
}

/** One fact as it stands in a sentence. */
export function formatFact(name: string, value: Fact, locale: Locale): string {
  if (typeof value === 'number') return formatNamedNumber(name, value, locale);
  if (typeof value === 'boolean') return plain(value ? 'value_yes' : 'value_no', locale);
  if (typeof value === 'string') {
    return name.endsWith('Utc') ? formatTime(value) : cleanText(value);
  }
  return new Intl.ListFormat(locale, { type: 'conjunction' }).format(
    value.map((v) => cleanText(v)),
  );
}
