/**
 * Runs the guests (guest/main.ts says what is tested in them), one for each part, some at a time, and
 * shows each of their tests as one of ours. A guest that did not end by itself fails, and its
 * console is shown.
 */
import { readFile, rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { unpackedAdbd } from '../support/real-adbd.ts';
import { bundleTests } from './host/bundle.ts';
import { guestKernel } from './host/guest-kernel.ts';
import { compiledFolder, runGuest, workFolder, type GuestRun } from './host/guest.ts';
import { parts, type TestResult } from './result.ts';

/** What says that it hangs; a machine with four times its share of work needs half an hour. */
const deadlineMs = 3_600_000;

/** `LAB_PARTS=usb`: only that guest, while one works on it; `LAB_WITHOUT=window`: all but that one. */
const only = process.env['LAB_PARTS']?.split(',');
const without = process.env['LAB_WITHOUT']?.split(',') ?? [];
const wanted = parts.filter((part) => (only?.includes(part) ?? true) && !without.includes(part));

const startMs = performance.now();
const kernel = await guestKernel();
const testsFolder = await bundleTests(workFolder);
const adbdFolder = await unpackedAdbd();
await rm(compiledFolder, { recursive: true, force: true });
const guests: { readonly guest: GuestRun; readonly results: readonly TestResult[] }[] = [];
const waiting = [...wanted];
// Each is one thread, which has nothing to do for almost half of the time.
const atOnce = availableParallelism() * 2;
await Promise.all(Array.from({ length: atOnce }, runWaiting));

for (const { guest, results } of guests) {
  describe(`the guest for ${guest.part}`, () => {
    for (const { name, durationMs, error } of results) {
      test(`${name} (${(durationMs / 1000).toFixed(1)} s in the guest)`, () => {
        expect(error ?? 'passed').toBe('passed');
      });
    }
    test('ran all of it and switched itself off', () => {
      if (!guest.ended) console.error(guest.console);
      expect(guest.ended ? 'switched off' : guest.why).toBe('switched off');
    });
  });
}

test('something was run', () => {
  const all = guests.flatMap(({ results }) => results);
  const passed = all.filter(({ error }) => error === null).length;
  const seconds = Math.round((performance.now() - startMs) / 1000);
  console.log(`USB lab: ${passed} passed, ${all.length - passed} failed, ${seconds} s`);
  expect(all.length).toBeGreaterThan(0);
});

async function runWaiting(): Promise<void> {
  for (;;) {
    const part = waiting.shift();
    if (part === undefined) return;
    const guest = await runGuest({ kernel, testsFolder, adbdFolder, part, deadlineMs });
    guests.push({ guest, results: await resultsOf(guest) });
  }
}

async function resultsOf(guest: GuestRun): Promise<TestResult[]> {
  const lines = await readFile(join(guest.resultsFolder, 'results.jsonl'), 'utf8').catch(() => '');
  return lines
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as TestResult);
}
