/** Was → is over the visits: what is noise, what is better, what leads out of its band. */
import { describe, expect, it } from 'vitest';
import type { TrendName } from '../../../native-bridge/contract/diagnosis.ts';
import type { Reading, ReadingName } from '../../../native-bridge/contract/reading.ts';
import { nextVisit } from '../../../native-bridge/diagnosis/routine/next-visit.ts';
import { trendsOf, type VisitReadings } from '../../../native-bridge/diagnosis/routine/trends.ts';
import { defaultThresholds } from '../../../native-bridge/terminals/profile-file/thresholds.ts';

const days = { everyDays: 90, soonerDays: 30 };
const today = '2026-11-30T08:00:00.000Z';
const before = (count: number): string =>
  new Date(Date.parse(today) - count * 86_400_000).toISOString();

function visit(
  atUtc: string,
  values: Partial<Record<ReadingName, Reading['value']>>,
  computerAheadMs: number | null = 0,
): VisitReadings {
  const readings = Object.entries(values).map(([name, value]): Reading => {
    const unit = name.endsWith('Dbm') ? 'dBm' : 'none';
    const meta = { source: 'test', raw: String(value), failure: null, caveat: null };
    return { name: name as ReadingName, value, unit, atUtc, ...meta };
  });
  return { readings, computerAheadMs };
}

const trend = (name: TrendName, now: VisitReadings, ...earlier: VisitReadings[]) =>
  trendsOf(now, earlier, { limits: defaultThresholds, everyDays: days.everyDays }).find(
    (one) => one.name === name,
  );

describe('a trend', () => {
  it.each([
    [-58, -60, 'same', 'steady'],
    [-66, -58, 'up', 'better'],
    [-50, -57, 'down', 'worse'],
    // 10 dB in 60 days: 15 more in the next 90 is −75, weaker than −70.
    [-50, -60, 'down', 'watch'],
    [-60, -72, 'down', 'watch'],
  ])('of a signal from %i to %i dBm goes %s and is %s', (was, is, direction, verdict) => {
    const now = visit(today, { 'wifi.rssiDbm': is });
    const then = visit(before(60), { 'wifi.rssiDbm': was });
    expect(trend('wifi.rssiDbm', now, then)).toMatchObject({ was, is, direction, verdict });
  });

  it('is no rate over less than a week', () => {
    const now = visit(today, { 'wifi.rssiDbm': -60 });
    expect(trend('wifi.rssiDbm', now, visit(before(2), { 'wifi.rssiDbm': -50 }))).toMatchObject({
      verdict: 'worse',
    });
  });

  it('takes the last visit that has the reading, and keeps the others oldest first', () => {
    const now = visit(today, { 'network.lossPercent': 0 });
    const earlier = [
      visit(before(30), {}),
      visit(before(60), { 'network.lossPercent': 4 }),
      visit(before(90), { 'network.lossPercent': 1 }),
    ];
    expect(trend('network.lossPercent', now, ...earlier)).toMatchObject({
      was: 4,
      wasUtc: before(60),
      is: 0,
      verdict: 'better',
      earlier: [{ value: 1 }, { value: 4 }],
    });
  });

  it('of the clock is told only where the network’s time is known both times', () => {
    const at = (utc: string, seconds: number): VisitReadings['readings'] =>
      visit(utc, { 'clock.utc': new Date(Date.parse(utc) + seconds * 1000).toISOString() })
        .readings;
    // This computer is 60 s ahead: a terminal that agrees with it is ahead, too.
    const now: VisitReadings = { readings: at(today, 0), computerAheadMs: 60_000 };
    const then: VisitReadings = { readings: at(before(30), 3), computerAheadMs: 0 };
    expect(trend('clock.skewSeconds', now, then)).toMatchObject({ was: 3, is: 60 });
    const unsure = { ...then, computerAheadMs: null };
    expect(trend('clock.skewSeconds', now, unsure)).toBeUndefined();
  });

  it('of the battery’s health goes by words', () => {
    const now = visit(today, { 'battery.health': 'worn' });
    const then = visit(before(30), { 'battery.health': 'good' });
    expect(trend('battery.health', now, then)).toMatchObject({
      direction: 'other',
      verdict: 'watch',
    });
  });

  it('is none of what was not read, or never before', () => {
    const now = visit(today, { 'wifi.rssiDbm': null, 'network.lossPercent': 1 });
    const then = visit(before(30), { 'wifi.rssiDbm': -50 });
    expect(trendsOf(now, [then], { limits: defaultThresholds, everyDays: 90 })).toEqual([]);
  });
});

describe('the next visit', () => {
  const facts = { findings: [], trends: [], atUtc: today, days };

  it('is due when the profile says, where all is well', () => {
    expect(nextVisit(facts)).toMatchObject({
      inDays: 90,
      nextVisitUtc: before(-90),
      why: { key: 'routine_why_well' },
    });
  });

  it('is due sooner where a trend leads out of its band', () => {
    const now = visit(today, { 'wifi.rssiDbm': -75 });
    const earlier = [visit(before(30), { 'wifi.rssiDbm': -50 })];
    const trends = trendsOf(now, earlier, { limits: defaultThresholds, everyDays: 90 });
    expect(nextVisit({ ...facts, trends })).toMatchObject({
      inDays: 30,
      why: { key: 'routine_why_trends', facts: { count: 1 } },
    });
  });
});
