/** What was written beside a file can't be removed: a scanner of viruses has it open (Windows). */
import type * as files from 'node:fs/promises';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { writeFirstFile, writeWholeFile } from '../../native-bridge/records/whole-file.ts';

vi.mock('node:fs/promises', async (load) => {
  const real = await load<typeof files>();
  const held: typeof real.rm = (path, options) =>
    String(path).endsWith('.new')
      ? Promise.reject(Object.assign(new Error('held'), { code: 'EBUSY' }))
      : real.rm(path, options);
  return { ...real, rm: held };
});

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'pos-bench-held-'));
  onTestFinished(() => rm(path, { recursive: true }));
  return path;
}

it('a file that was written is there all the same', async () => {
  const file = join(await folder(), 'key');
  await writeFirstFile(file, 'first', 0o600);
  expect(await readFile(file, 'utf8')).toBe('first');
});

it.each([
  ['first', (file: string) => writeFirstFile(file, 'x', 0o600)],
  ['whole', (file: string) => writeWholeFile(file, 'x')],
])('why one could not be written %s is told', async (_, write) => {
  const file = join(await folder(), 'no', 'key');
  await expect(write(file)).rejects.toMatchObject({ code: 'ENOENT' });
});
