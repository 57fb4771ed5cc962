import { appendFileSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { DiskFile, partOf, piecesOf } from '../../native-bridge/firmware/random-access.ts';

const folder = mkdtempSync(join(tmpdir(), 'pos-bench-random-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function opened(name: string, content: Uint8Array | string): Promise<DiskFile> {
  const path = join(folder, name);
  writeFileSync(path, content);
  const file = await DiskFile.open(path);
  onTestFinished(() => file.close());
  return file;
}

describe('a file on disk', () => {
  test('is read anywhere and in pieces', async () => {
    const content = Buffer.alloc(700_000, 'abcdefg');
    const file = await opened('a', content);
    expect(await file.read(699_990, 10)).toEqual(Uint8Array.from(content.subarray(699_990)));
    expect((await buffer(piecesOf(file, 5, 600_000))).equals(content.subarray(5, 600_000))).toBe(
      true,
    );
  });

  test('and a part of it, which ends where it ends', async () => {
    const part = partOf(await opened('p', '0123456789'), 2, 5);
    expect((await buffer(piecesOf(part))).toString()).toBe('23456');
    await expect(part.read(4, 2)).rejects.toThrow(RangeError);
  });

  test('that became shorter, or was written to, has changed', async () => {
    const shorter = await opened('s', 'content');
    truncateSync(shorter.path, 3);
    await expect(shorter.read(0, 7)).rejects.toMatchObject({ code: 'file-changed' });
    const longer = await opened('l', 'content');
    await longer.assertUnchanged();
    appendFileSync(longer.path, '!');
    await expect(longer.assertUnchanged()).rejects.toMatchObject({ code: 'file-changed' });
  });

  test('that is missing, a folder or a device is said to be', async () => {
    const missing = DiskFile.open(join(folder, 'none'));
    await expect(missing).rejects.toMatchObject({ code: 'file-missing' });
    await expect(DiskFile.open(folder)).rejects.toMatchObject({ code: 'file-unreadable' });
  });
});
