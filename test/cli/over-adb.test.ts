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

it('its console is refused with the door that has one', async () => {
  const { adb } = await startTerminal();
  const options = ['--data', temporaryFolder(), '--lang', 'en'];
  const ran = await run(['console', `adb://${adb}`, ...options], { input: '' });
  expect(ran.code).toBe(4);
  expect(ran.stderr).toContain('door-unfit door=ADB needs=SMP');
});
