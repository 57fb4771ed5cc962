/** Curves while the computer's clock is set: its battery was flat, and the network told it the time. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Terminal } from '../../native-bridge/contract/terminal.ts';
import { BridgeClient } from '../../renderer/state/bridge-client.ts';
import { clock } from '../../renderer/state/clock.svelte.ts';
import { Desk } from '../../renderer/state/desk.svelte.ts';
import { WindowLine } from '../support/window-line.ts';

const name = 'battery.levelPercent';
const lastVisit = { atUtc: '2026-03-01T08:00:00.000Z', value: 60 };

beforeEach(() => vi.useFakeTimers({ toFake: ['Date', 'performance', 'setInterval'] }));
afterEach(() => vi.useRealTimers());

const read = (desk: Desk, value: number): void => {
  const atUtc = new Date().toISOString();
  desk.readings.take({ name, value, atUtc, unit: 'percent' } as never);
};

test('a clock that is put right hides no earlier visit, and keeps the order of what was read', async () => {
  const client = new BridgeClient();
  const line = new WindowLine();
  client.attach(line);
  clock.start(() => Promise.resolve(performance.now()));
  // Months behind: the earlier visit lies ahead of it.
  vi.setSystemTime(Date.parse('2025-12-01T08:00:00.000Z'));
  await vi.advanceTimersByTimeAsync(5_000);
  const terminal = { id: 't', portUrl: 'serial://A', connected: false } as Terminal;
  const desk = new Desk(client, terminal);
  void desk.earlier.load();
  const visits = [{ values: [{ name, ...lastVisit }] }];
  await line.answer(line.request('readHistory'), { visits, limits: null });
  read(desk, 50);
  await vi.advanceTimersByTimeAsync(5_000);
  const rightMs = Date.parse('2026-03-11T08:00:00.000Z');
  vi.setSystemTime(rightMs);
  await vi.advanceTimersByTimeAsync(5_000);
  read(desk, 49);
  const visit = desk.trailOf(name, false);
  expect(visit.map(({ value }) => value)).toEqual([50, 49]);
  expect(visit.map(({ atMs }) => Math.round((atMs - rightMs) / 1000))).toEqual([-5, 5]);
  expect(desk.trailOf(name, true).map(({ value }) => value)).toEqual([60, 49]);
});
