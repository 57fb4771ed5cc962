/** The window's clock while the computer's is set, and while the computer sleeps. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Clock, sleptMs } from '../../renderer/state/clock.svelte.ts';

const dayMs = 86_400_000;
const startMs = Date.UTC(2026, 2, 11, 1, 14, 2);

beforeEach(() => vi.useFakeTimers({ toFake: ['Date', 'performance', 'setInterval'] }));
afterEach(() => vi.useRealTimers());

function started(uptime: () => number = () => performance.now()): Clock {
  vi.setSystemTime(startMs);
  const clock = new Clock();
  clock.start(() => Promise.resolve(uptime()));
  return clock;
}

test.each([
  ['forward by a day', dayMs],
  ['back by an hour', -3_600_000],
])('a clock that is set %s makes nothing older or younger', async (_, byMs) => {
  const clock = started();
  const moment = new Date().toISOString();
  const ageMs = () => Math.round(clock.now() - clock.at(moment));
  expect(ageMs()).toBe(0);
  await vi.advanceTimersByTimeAsync(60_000);
  vi.setSystemTime(Date.now() + byMs);
  await vi.advanceTimersByTimeAsync(120_000);
  expect(ageMs()).toBe(180_000);
});

test('a moment that is met after the clock was set is told by that clock', async () => {
  const clock = started();
  vi.setSystemTime(Date.now() + dayMs);
  await vi.advanceTimersByTimeAsync(2_000);
  const moment = new Date(Date.now() - 5_000).toISOString();
  expect(Math.round(clock.now() - clock.at(moment))).toBe(5_000);
});

test('the time that a computer slept counts, though the page’s timer stood still', async () => {
  let asleepMs = 0;
  const clock = started(() => performance.now() + asleepMs);
  const moment = new Date().toISOString();
  clock.at(moment);
  await vi.advanceTimersByTimeAsync(10_000);
  asleepMs = 3_600_000;
  vi.setSystemTime(Date.now() + asleepMs);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(Math.round(clock.now() - clock.at(moment))).toBe(3_612_000);
});

test('what two clocks differ by under load is no sleep', () => {
  expect(sleptMs({ uptimeMs: 0, timerMs: 0 }, { uptimeMs: 61_000, timerMs: 60_000 })).toBe(0);
  expect(sleptMs({ uptimeMs: 0, timerMs: 0 }, { uptimeMs: 60_000, timerMs: 61_000 })).toBe(0);
});

test('what was read before the clock was set is told at the time that it was by the clock as it is now', async () => {
  const clock = started();
  const readMs = clock.at(new Date().toISOString());
  await vi.advanceTimersByTimeAsync(60_000);
  vi.setSystemTime(Date.now() + dayMs);
  await vi.advanceTimersByTimeAsync(3_000);
  expect(clock.timeOfDay(readMs)).toBe(startMs + dayMs);
});

test('the computer’s sleep moves no time of day', async () => {
  let asleepMs = 0;
  const clock = started(() => performance.now() + asleepMs);
  await vi.advanceTimersByTimeAsync(10_000);
  const readMs = clock.at(new Date().toISOString());
  asleepMs = 3_600_000;
  vi.setSystemTime(Date.now() + asleepMs);
  await vi.advanceTimersByTimeAsync(3_000);
  expect(clock.timeOfDay(readMs)).toBe(startMs + 10_000);
});
