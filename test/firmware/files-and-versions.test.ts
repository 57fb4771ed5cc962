import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { maxImageBytes, readImageFile, readKeyFile } from '../../native-bridge/firmware/files.ts';
import {
  compareVersions,
  formatVersion,
  parseVersion,
} from '../../native-bridge/firmware/mcuboot/version.ts';

const folder = mkdtempSync(join(tmpdir(), 'pos-bench-firmware-'));
afterAll(() => rmSync(folder, { recursive: true }));
const code = (value: string) => expect.objectContaining({ code: value }) as unknown;

describe('files', () => {
  test('a file comes whole', async () => {
    const file = join(folder, 'image.bin');
    writeFileSync(file, Buffer.alloc(100_000, 3));
    expect(await readImageFile(file)).toEqual(new Uint8Array(100_000).fill(3));
  });

  test('a missing file is missing', async () => {
    await expect(readImageFile(join(folder, 'none.bin'))).rejects.toEqual(code('file-missing'));
  });

  test('a folder is unreadable', async () => {
    await expect(readImageFile(folder)).rejects.toEqual(code('file-unreadable'));
  });

  test.skipIf(process.platform === 'win32')('a device file is unreadable', async () => {
    await expect(readImageFile('/dev/zero')).rejects.toEqual(code('file-unreadable'));
  });

  test.skipIf(process.platform === 'win32')(
    'a pipe nobody writes to is not waited for',
    async () => {
      const pipe = join(folder, 'pipe');
      execFileSync('mkfifo', [pipe]);
      await expect(readImageFile(pipe)).rejects.toEqual(code('file-unreadable'));
    },
  );

  test('a file beyond the limit is refused unread', async () => {
    const file = join(folder, 'huge.bin');
    writeFileSync(file, '');
    truncateSync(file, maxImageBytes + 1);
    await expect(readImageFile(file)).rejects.toMatchObject({
      code: 'file-too-large',
      facts: { file, sizeBytes: maxImageBytes + 1, maxBytes: maxImageBytes },
    });
  });

  test('a key file is read and named by its file', async () => {
    const key = new URL('../fixtures/firmware/keys/ed25519.pub.pem', import.meta.url).pathname;
    expect((await readKeyFile(key)).name).toBe('ed25519.pub.pem');
  });

  test('a file that is no key is unreadable as a key', async () => {
    const file = join(folder, 'no-key.pem');
    writeFileSync(file, 'hello');
    await expect(readKeyFile(file)).rejects.toEqual(code('key-unreadable'));
  });
});

describe('versions', () => {
  test('numbers count, not text', () => {
    expect(compareVersions('2.10.0', '2.9.0')).toBeGreaterThan(0);
  });

  test('the build number counts last', () => {
    expect(compareVersions('1.1.0+7', '1.1.0+8')).toBeLessThan(0);
  });

  test('Zephyr’s spelling of a build is imgtool’s', () => {
    expect(compareVersions('1.1.0.5', '1.1.0+5')).toBe(0);
  });

  test('a missing build is 0', () => {
    expect(compareVersions('1.1.0', '1.1.0+0')).toBe(0);
    expect(formatVersion({ major: 1, minor: 1, revision: 0, build: 0 })).toBe('1.1.0');
  });

  test.each(['', '1.2', 'v1.2.3', '1.2.3-rc1', '256.0.0', '1.1.70000', '1.1.1+4294967296'])(
    '"%s" is no version, and compares with nothing',
    (text) => {
      expect(parseVersion(text)).toBeNull();
      expect(compareVersions(text, '1.0.0')).toBeNaN();
    },
  );
});
