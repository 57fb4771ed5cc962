/** A trend of a routine visit in words: was → is, how long ago, and what it means. */
import type { Locale } from '../contract/common.ts';
import type { Routine, Trend, TrendName } from '../contract/diagnosis.ts';
import { plain } from './catalogue.ts';
import { formatDuration, formatQuantity, formatTime } from './format.ts';
import { formatReading, readingLabel } from './readings.ts';
import { say, words } from './say.ts';

export interface TrendWords {
  readonly label: string;
  readonly was: string;
  readonly is: string;
  /** `12 d ago`. */
  readonly ago: string;
  /** `↑`, `↓`, `=`, `≠`. */
  readonly arrow: string;
  readonly verdict: string;
}

const dayMs = 24 * 60 * 60 * 1000;
const hourMs = 60 * 60 * 1000;
const minuteMs = 60 * 1000;
const arrows: Readonly<Record<Trend['direction'], string>> = {
  up: '↑',
  down: '↓',
  same: '=',
  other: '≠',
};

const trendLabel = (name: TrendName, locale: Locale): string =>
  name === 'clock.skewSeconds' ? plain('trend_clock_skew', locale) : readingLabel(name, locale);

/** `atUtc`: of the visit that tells it. */
export function trendWords(trend: Trend, atUtc: string, locale: Locale): TrendWords {
  return {
    label: trendLabel(trend.name, locale),
    was: valueOf(trend, trend.was, locale),
    is: valueOf(trend, trend.is, locale),
    ago: agoOf(Date.parse(atUtc) - Date.parse(trend.wasUtc), locale),
    arrow: arrows[trend.direction],
    verdict: plain(`trend_verdict_${trend.verdict}`, locale),
  };
}

/** `2027-02-28` where it is read. */
export const dayOf = (utc: string, timeZone?: string): string =>
  formatTime(utc, timeZone).slice(0, 10);

/** When the next visit is due, and why then. */
export function nextVisitWords(
  { nextVisitUtc, inDays, why }: Routine,
  locale: Locale,
  timeZone?: string,
): string {
  const facts = { durationMs: inDays * dayMs, day: dayOf(nextVisitUtc, timeZone) };
  return words('routine_next', { ...facts, why: say(why, locale) }, locale);
}

/** Where nothing could be compared, why; else null. */
export function nothingCompared(
  { visits, trends }: Pick<Routine, 'visits' | 'trends'>,
  locale: Locale,
): string | null {
  if (trends.length > 0) return null;
  return plain(visits === 0 ? 'routine_first_visit' : 'routine_nothing_compared', locale);
}

function valueOf({ name, unit }: Trend, value: Trend['was'], locale: Locale): string {
  if (typeof value === 'string') {
    return formatReading({ name: 'battery.health', value, unit }, locale);
  }
  if (name === 'clock.skewSeconds') {
    const sign = value < 0 ? '\u2212' : '+';
    return value === 0
      ? formatQuantity(0, 'seconds', locale)
      : `${sign}${formatDuration(Math.abs(value) * 1000, locale)}`;
  }
  return formatQuantity(value, unit, locale);
}

/** In whole days; within a day in hours, within an hour in minutes. */
function agoOf(elapsedMs: number, locale: Locale): string {
  const step = [dayMs, hourMs].find((one) => elapsedMs >= one) ?? minuteMs;
  const durationMs = Math.max(minuteMs, Math.floor(elapsedMs / step) * step);
  return words('routine_ago', { durationMs }, locale);
}
