/** A file is there whole or not at all, however many write it at once. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { writeWholeFile } from '../../native-bridge/records/whole-file.ts';

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'pos-bench-whole-'));
  onTestFinished(() => rm(path, { recursive: true }));
  return path;
}

it('one file that is written several times at once is one of them, and nothing else is left', async () => {
  const here = await folder();
  const contents = ['a', 'b', 'c', 'd'].map((letter) => letter.repeat(100_000));
  await Promise.all(contents.map((content) => writeWholeFile(join(here, 'image.bin'), content)));
  expect(await readdir(here)).toEqual(['image.bin']);
  expect(contents).toContain(await readFile(join(here, 'image.bin'), 'utf8'));
});
