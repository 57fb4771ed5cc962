/** Planning, flashing and going on with a flash from a shell that is no terminal window. */
import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { documentOf, run, sampleFirmware, simulate, temporaryFolder } from './support.ts';

vi.setConfig({ testTimeout: 120_000 });

const update = sampleFirmware('codebox-2.0.0.bin');
const older = sampleFirmware('codebox-1.9.9-older.bin');

describe('a plan in the shell', () => {
  it('shows steps, way back and everything against it at once, and touches nothing', async () => {
    const { url, data } = await simulate(['battery-low', 'unsettled-transactions']);
    const { code, stdout } = await run(['firmware', 'plan', url, update, '--data', data]);
    expect(code).toBe(4);
    expect(stdout).toMatch(/Send the image\s*│\s*\d+ %/);
    expect(stdout).toContain('Way back');
    expect(stdout).toContain('Battery at 12 %');
    expect(stdout).toContain('(--allow unsettled)');
    expect(stdout).toContain('(--allow unsent)');
    const { stdout: after } = await run(['read', url, 'firmware', '--json', '--data', data]);
    expect(after).not.toContain('2.0.0');
  });
});

describe('--allow', () => {
  it('takes only names that there are, and lists them', async () => {
    const { code, stderr } = await run(['firmware', 'flash', 'COM7', update, '--allow', 'all']);
    expect(code).toBe(2);
    expect(stderr).toContain('no-way-back');
    expect(stderr).toContain('unsettled');
  });

  it('is needed for each thing that speaks against it', async () => {
    const { url, data } = await simulate(['unsettled-transactions']);
    const flash = ['firmware', 'flash', url, update, '--yes', '--data', data];
    const { code, stdout } = await run([...flash, '--allow', 'unsettled']);
    expect(code).toBe(4);
    expect(stdout).toContain('Not flashed; reasons against it: 1');
  });
});

describe('a flash of a terminal without a serial number', () => {
  it('is not confirmed where nobody can be asked, and goes on from the kept image', async () => {
    const { url, data } = await simulate();
    const file = join(temporaryFolder(), 'update.bin');
    copyFileSync(update, file);
    const told = ['--profile', 'zephyr-generic', '--data', data, '--json', '--yes'];
    const first = await run(['firmware', 'flash', url, file, ...told]);
    expect(documentOf(first)).toMatchObject({
      exitCode: 5,
      result: {
        flash: {
          verdict: 'unknown',
          confirmed: false,
          runningVersion: '2.0.0',
          next: { key: 'flash_next_confirm_identity' },
        },
      },
    });
    rmSync(file);
    const second = await run(['firmware', 'resume', url, ...told, '--allow', 'identity-assumed']);
    expect(documentOf(second)).toMatchObject({
      exitCode: 0,
      result: { flash: { verdict: 'done', confirmed: true, allowed: ['identity-assumed'] } },
    });
    const third = await run(['firmware', 'resume', url, ...told]);
    expect(documentOf(third)).toMatchObject({
      exitCode: 0,
      result: { plan: null, flash: { verdict: 'done' } },
    });
  });
});

describe('going on with a flash', () => {
  it('of which nothing is known says so', async () => {
    const { url, data } = await simulate();
    const { code, stdout } = await run(['firmware', 'resume', url, '--yes', '--data', data]);
    expect(code).toBe(4);
    expect(stdout).toContain('No flash of this terminal is known');
  });

  it('that failed before anything changed sends the same image again', async () => {
    const { url, data } = await simulate(['reset-mid-upload', 'wrong-offset-storm']);
    const flags = ['--yes', '--data', data, '--json'];
    const first = documentOf(await run(['firmware', 'flash', url, update, ...flags]));
    expect(first).toMatchObject({ result: { flash: { verdict: 'nothing-changed' } } });
    const again = documentOf(await run(['firmware', 'resume', url, ...flags]));
    expect(again).toMatchObject({
      exitCode: 5,
      result: { plan: { toVersion: '2.0.0' }, flash: { failedPhase: 'upload' } },
    });
  });
});

it('an older image is flashed where each of its risks is allowed', async () => {
  const { url, data } = await simulate();
  const allow = ['--allow', 'image-older', '--allow', 'not-admitted'];
  await run(['firmware', 'flash', url, update, '--yes', '--data', data]);
  const { code, stdout } = await run([
    ...['firmware', 'flash', url, older, '--yes', '--data', data],
    ...allow,
  ]);
  expect(stdout).toContain('Allowed by name: the image is older than what runs (image-older)');
  expect(stdout).toContain('settings compared, all as before');
  expect(code).toBe(0);
});
