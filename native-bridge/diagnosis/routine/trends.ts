/**
 * Where a terminal goes from visit to visit: a reading now beside what it was at the last visit that
 * read it. A difference within what the same terminal shows from one hour to the next is none. Pure.
 */
import type { Trend, TrendName } from '../../contract/diagnosis.ts';
import type { Reading, ReadingName } from '../../contract/reading.ts';
import { measureOf, readingsOfTrends, trendOrder, type Measure } from './measures.ts';
import type { Limits } from '../input.ts';

/** What one visit read; `computerAheadMs`: the computer's clock less the network's, null: unknown. */
export interface VisitReadings {
  readonly readings: readonly Reading[];
  readonly computerAheadMs: number | null;
}

export { readingsOfTrends };

type Value = Trend['was'];
interface Point {
  readonly value: Value;
  readonly atUtc: string;
  readonly unit: Trend['unit'];
}

const dayMs = 24 * 60 * 60 * 1000;
/** Between visits closer than this a rate says nothing. */
const leastDays = 7;

/** Only what was read now and before. `earlier`: newest first. */
export function trendsOf(
  now: VisitReadings,
  earlier: readonly VisitReadings[],
  { limits, everyDays }: { readonly limits: Limits; readonly everyDays: number },
): Trend[] {
  return trendOrder.flatMap((name) => {
    const is = pointOf(name, now);
    const before = earlier.flatMap((visit) => pointOf(name, visit) ?? []);
    const was = before[0];
    if (is === null || was === undefined) return [];
    const measure = measureOf(name, limits);
    const trend: Trend = {
      name,
      unit: is.unit,
      was: was.value,
      wasUtc: was.atUtc,
      is: is.value,
      direction: directionOf(was.value, is.value, measure),
      verdict: verdictOf(was, is, measure, everyDays),
      earlier: before.reverse().map(({ atUtc, value }) => ({ atUtc, value })),
    };
    return [trend];
  });
}

function pointOf(name: TrendName, { readings, computerAheadMs }: VisitReadings): Point | null {
  const from: ReadingName = name === 'clock.skewSeconds' ? 'clock.utc' : name;
  const reading = readings.find((one) => one.name === from);
  if (reading === undefined || reading.value === null) return null;
  const { value, atUtc, unit } = reading;
  if (name === 'clock.skewSeconds') {
    const skewMs = Date.parse(String(value)) - Date.parse(atUtc) + (computerAheadMs ?? Number.NaN);
    // Without the network's time nobody knows whose clock is off.
    if (!Number.isFinite(skewMs)) return null;
    return { value: Math.round(skewMs / 1000), atUtc, unit: 'seconds' };
  }
  if (name === 'battery.health') return typeof value === 'string' ? { value, atUtc, unit } : null;
  return typeof value === 'number' && Number.isFinite(value) ? { value, atUtc, unit } : null;
}

/** How bad it is: larger is worse. Words have no size. */
function badness(value: Value, { good }: Measure): number | null {
  if (typeof value === 'string') return null;
  switch (good) {
    case 'up':
      return -value;
    case 'near-zero':
      return Math.abs(value);
    case 'down':
    case 'none':
      return value;
  }
}

function directionOf(was: Value, is: Value, measure: Measure): Trend['direction'] {
  if (typeof was === 'string' || typeof is === 'string') return was === is ? 'same' : 'other';
  if (Math.abs(is - was) < marginOf(was, measure)) return 'same';
  return is > was ? 'up' : 'down';
}

const marginOf = (was: number, { margin, marginShare = 0 }: Measure): number =>
  Math.max(margin, Math.abs(was) * marginShare);

function verdictOf(was: Point, is: Point, measure: Measure, everyDays: number): Trend['verdict'] {
  if (typeof was.value === 'string' || typeof is.value === 'string') {
    return wordsVerdict(String(was.value), String(is.value), measure);
  }
  if (measure.good === 'none') return 'steady';
  const before = badness(was.value, measure) ?? 0;
  const now = badness(is.value, measure) ?? 0;
  const band = measure.band === null ? null : badness(measure.band, measure);
  if (band !== null && now > band) return 'watch';
  if (Math.abs(now - before) < marginOf(was.value, measure)) return 'steady';
  if (now < before) return 'better';
  const days = (Date.parse(is.atUtc) - Date.parse(was.atUtc)) / dayMs;
  const isRate = measure.isRate && band !== null && days >= leastDays;
  const next = now + ((now - before) / days) * everyDays;
  return isRate && next > band ? 'watch' : 'worse';
}

function wordsVerdict(was: string, is: string, { well = [] }: Measure): Trend['verdict'] {
  if (!well.includes(is)) return well.includes(was) ? 'watch' : 'steady';
  return well.includes(was) ? 'steady' : 'better';
}
