/** Battery and signal as the card and the header say them. */
import { expect, test } from 'vitest';
import type { Reading } from '../../native-bridge/contract/reading.ts';
import { BridgeClient } from '../../renderer/state/bridge-client.ts';
import { vitalsOf } from '../../renderer/state/glance.ts';
import { Readings } from '../../renderer/state/readings.svelte.ts';

function read(...values: [name: string, value: unknown, minute: number][]): Readings {
  const readings = new Readings(new BridgeClient(), 't');
  for (const [name, value, minute] of values) {
    const atUtc = `2026-01-01T00:0${minute}:00.000Z`;
    readings.take({ name, value, atUtc, failure: null } as unknown as Reading);
  }
  return readings;
}

test('they are as old as the oldest of those that are shown', () => {
  const readings = read(
    ['battery.levelPercent', 80, 5],
    ['wifi.rssiDbm', -58, 3],
    ['cellular.rsrpDbm', -100, 1],
  );
  expect(vitalsOf(readings, 1).atUtc).toBe('2026-01-01T00:03:00.000Z');
  expect(vitalsOf(readings, 2).atUtc).toBe('2026-01-01T00:01:00.000Z');
});

test('of a terminal that told neither there is nothing to show', () => {
  expect(vitalsOf(read(['battery.levelPercent', null, 1]), 2)).toMatchObject({
    ...{ percent: null, signals: [], atUtc: null },
  });
});
