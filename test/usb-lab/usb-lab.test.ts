/**
 * Runs the guest (guest/main.ts says what is tested in it) and shows each of its tests as one of
 * ours. A guest that did not end by itself fails, and its console is shown.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { guestKernel } from './host/guest-kernel.ts';
import { runGuest } from './host/guest.ts';
import type { TestResult } from './result.ts';

const deadlineMs = 1_500_000;

const guest = await runGuest(await guestKernel(), deadlineMs);
const lines = await readFile(join(guest.resultsFolder, 'results.jsonl'), 'utf8').catch(() => '');
const results = lines
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as TestResult);

for (const { name, durationMs, error } of results) {
  test(`${name} (${(durationMs / 1000).toFixed(1)} s in the guest)`, () => {
    expect(error ?? 'passed').toBe('passed');
  });
}

test('the guest ran all of it and switched itself off', () => {
  if (!guest.ended) console.error(guest.console);
  expect(guest.ended ? 'switched off' : guest.why).toBe('switched off');
  expect(results.length).toBeGreaterThan(0);
});
