/** When the window is told that the bridge's process does not answer, under a clock of the test's own. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { beatMs, Heartbeat } from '../../electron/heartbeat.ts';
import { VirtualTime } from '../support/virtual-time.ts';

const time = new VirtualTime();
let uninstall: () => void;
let answers: boolean;
let told: boolean[];
let heart: Heartbeat;

beforeEach(() => {
  uninstall = time.install();
  answers = true;
  told = [];
  heart = new Heartbeat({
    ask: () => {
      if (answers) setTimeout(() => heart.heard(), 10);
    },
    onSilent: (silent) => told.push(silent),
  });
  heart.start();
});
afterEach(() => {
  heart.stop();
  uninstall();
});

const passed = (ms: number) => time.run(new Promise((resolve) => setTimeout(resolve, ms)));

test('a process that answers is never said to be silent', async () => {
  await passed(10 * 60_000);
  expect(told).toEqual([]);
});

test('one that hangs is told after some twenty seconds, and once', async () => {
  await passed(12_000);
  answers = false;
  await passed(18_000);
  expect(told).toEqual([]);
  await passed(60_000);
  expect(told).toEqual([true]);
});

test('one that answers late is told to answer again', async () => {
  await passed(12_000);
  answers = false;
  await passed(40_000);
  answers = true;
  heart.heard();
  await passed(60_000);
  expect(told).toEqual([true, false]);
});

test('one that starts has a minute', async () => {
  await passed(12_000);
  answers = false;
  heart.start();
  await passed(58_000);
  expect(told).toEqual([]);
  await passed(10_000);
  expect(told).toEqual([true]);
});

test('the sleep of the computer is no silence', async () => {
  await passed(12_000);
  answers = false;
  await passed(10_000);
  time.sleep(8 * 3_600_000);
  await passed(2 * beatMs);
  expect(told).toEqual([]);
});

test('a process that has ended is not silent', async () => {
  await passed(12_000);
  answers = false;
  await passed(60_000);
  heart.stop();
  await passed(60_000);
  expect(told).toEqual([true, false]);
});
