/** A data folder on a stick: its file system has one mode for all files, whatever they were made with. */
import type * as files from 'node:fs/promises';
import { mkdtemp, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { adbKeysIn } from '../../native-bridge/operations/adb-keys.ts';

vi.mock('node:fs/promises', async (load) => {
  const real = await load<typeof files>();
  const stat = async (path: string) => {
    const found = await real.stat(path);
    return Object.assign(found, { mode: found.mode | 0o755 });
  };
  return { ...real, stat };
});

async function adbFolder(): Promise<{ readonly data: string; readonly folder: string }> {
  const data = await mkdtemp(join(tmpdir(), 'adb-keys-'));
  onTestFinished(() => rm(data, { recursive: true, force: true }));
  const folder = join(data, 'adb');
  await mkdir(folder);
  return { data, folder };
}

it.skipIf(process.platform === 'win32')('no key is made there, and why is told', async () => {
  const { data, folder } = await adbFolder();
  await expect(adbKeysIn(data).privateKey()).rejects.toMatchObject({
    fault: { code: 'adb-key-unguarded', facts: { folder } },
  });
  expect(await readdir(folder)).toEqual([]);
});

it.skipIf(process.platform === 'win32')('one that was copied there is not used', async () => {
  const { data, folder } = await adbFolder();
  await writeFile(join(folder, 'adbkey'), 'a key', { mode: 0o600 });
  await expect(adbKeysIn(data).privateKey()).rejects.toMatchObject({
    fault: { code: 'adb-key-unguarded', facts: { folder } },
  });
  expect(await readdir(folder)).toEqual(['adbkey']);
});
