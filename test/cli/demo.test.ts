import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { run, temporaryFolder } from './support.ts';

vi.setConfig({ testTimeout: 180_000 });

it('the demonstration does the whole job at 115,200 baud in under a minute', async () => {
  const cwd = temporaryFolder();
  const startedMs = performance.now();
  const { code, stdout, stderr } = await run(['demo'], { cwd });
  const tookMs = performance.now() - startedMs;
  const places = [
    '✕ Cause: Merchant number 898310048160999',
    '1 Network',
    '老李水果店',
    '✓ Written, and read back the same',
    '1.9.9 → 2.0.0',
    '✓ Flashed',
    '✓ No fault found',
    'report.html',
    'report.json',
  ].map((text) => stdout.indexOf(text));
  expect(places).not.toContain(-1);
  expect(places).toEqual([...places].sort((a, b) => a - b));
  expect(stderr).toContain('4/10 Send the image');
  expect(code).toBe(0);
  expect(readFileSync(join(cwd, 'report.html'), 'utf8')).toMatch(/^<!doctype html>/i);
  const record = JSON.parse(readFileSync(join(cwd, 'report.json'), 'utf8')) as unknown;
  expect(record).toMatchObject({ case: { profile: 'training-codebox' } });
  expect(tookMs).toBeLessThan(60_000);
});
