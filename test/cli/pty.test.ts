import { expect, it, vi } from 'vitest';
import { run, simulate } from './support.ts';

vi.setConfig({ testTimeout: 120_000 });

const hasPty = process.platform === 'linux';
if (!hasPty) console.log('not run: a simulated serial line (Linux only)');

it.runIf(hasPty)('a simulated terminal is found over a real serial device', async () => {
  const { url, data } = await simulate([], ['--pty', '--baud', '115200']);
  expect(url).toMatch(/^serial:\/\/\/dev\//);
  const { code, stdout } = await run(['identify', url, '--data', data]);
  expect(stdout).toContain('training-codebox');
  expect(code).toBe(0);
});
