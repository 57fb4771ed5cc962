/** A terminal over ADB from the shell: what it can't do there is said. */
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { startTerminal } from '../simulators/android/terminal.ts';
import { run, temporaryFolder } from './support.ts';

it('with --record it is said that nothing is recorded', async () => {
  const { adb } = await startTerminal();
  const data = temporaryFolder();
  const folder = join(data, 'recordings');
  mkdirSync(folder);
  const ran = await run(['identify', `adb://${adb}`, '--data', data, '--record', folder]);
  expect(ran.code).toBe(0);
  expect(ran.stderr).toContain('Not recorded');
  expect(readdirSync(folder)).toEqual([]);
});

it('a command is run in Android’s own shell', async () => {
  const { adb } = await startTerminal();
  const options = ['--data', temporaryFolder(), '--lang', 'en'];
  const ran = await run([
    'console',
    `adb://${adb}`,
    '--run',
    'getprop ro.build.version.release',
    ...options,
  ]);
  expect(ran.stdout.trim()).toBe('13');
  expect(ran.code).toBe(0);
});

it('its statistics are refused with the door that has them', async () => {
  const { adb } = await startTerminal();
  const options = ['--data', temporaryFolder(), '--lang', 'en'];
  const ran = await run(['read', `adb://${adb}`, '--statistics', ...options]);
  expect(ran.code).toBe(4);
  expect(ran.stderr).toContain('door-unfit door=ADB needs=SMP');
});
