/** Zip files that lie, climb, overlap or explode. */
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ZipFile } from 'yazl';
import { FirmwareError } from '../../../native-bridge/firmware/firmware-error.ts';
import { ZipArchive } from '../../../native-bridge/firmware/zip/zip-archive.ts';
import { inMemory } from '../../support/in-memory.ts';
import { makeZip, type ZipFields, type ZipPart, type ZipShape } from '../../support/make-zip.ts';

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const because = (reason: string) => ({
  code: 'package-malformed',
  facts: expect.objectContaining({ reason }) as unknown,
});

function open(parts: readonly ZipPart[], shape?: ZipShape): Promise<ZipArchive> {
  return ZipArchive.open(inMemory(makeZip(parts, shape)));
}

const one: ZipPart = { name: 'a.txt', content: 'text '.repeat(50), deflate: true };

describe('a sound archive', () => {
  test('gives its entries, stored and deflated', async () => {
    const zip = await open([one, { name: 'b/c.bin', content: 'raw' }]);
    expect([...zip.entries.keys()]).toEqual(['a.txt', 'b/c.bin']);
    expect(text(await zip.read('a.txt', 1000))).toBe('text '.repeat(50));
    expect(text(await zip.read('b/c.bin', 1000))).toBe('raw');
  });

  test.each([false, true])(
    'of another tool reads the same, zip64: %s',
    async (forceZip64Format) => {
      const writer = new ZipFile();
      writer.addBuffer(Buffer.from('line\n'.repeat(100_000)), 'big.txt', { forceZip64Format });
      writer.addReadStream(Readable.from([Buffer.from('streamed')]), 'sizes-behind.txt');
      writer.end({ forceZip64Format, comment: '' });
      const zip = await ZipArchive.open(inMemory(await buffer(writer.outputStream)));
      expect(text(await zip.read('big.txt', 1e6))).toBe('line\n'.repeat(100_000));
      expect(text(await zip.read('sizes-behind.txt', 1e6))).toBe('streamed');
    },
  );

  test('lets a stored entry be read anywhere', async () => {
    const zip = await open([one, { name: 'image', content: '0123456789', padding: 13 }]);
    const image = await zip.storedFile('image');
    expect(text(await image.read(3, 4))).toBe('3456');
    await expect(image.read(8, 4)).rejects.toThrow(RangeError);
  });
});

describe('an archive is refused', () => {
  test.each(['../etc/passwd', '/etc/passwd', 'a/../../b', 'C:/x', 'a\\b', 'a\nb', 'a\0b', ''])(
    'for the name %j',
    async (name) => {
      await expect(open([{ ...one, name }])).rejects.toMatchObject(because('bad-name'));
    },
  );

  test('for a name that stands twice', async () => {
    await expect(open([one, one])).rejects.toMatchObject(because('entry-twice'));
  });

  test('for more content than deflate could pack', async () => {
    const bomb = { ...one, listed: { sizeBytes: 2 ** 31 } };
    await expect(open([bomb])).rejects.toMatchObject(because('absurd-size'));
  });

  test('for gigabytes packed into a few megabytes', async () => {
    const claim = { sizeBytes: 2 ** 32 - 2, compressedBytes: 4.2e6 };
    const parts = [0, 1].map((n) => ({
      name: String(n),
      content: Buffer.alloc(4.2e6),
      listed: { ...claim, method: 8 },
    }));
    await expect(open(parts)).rejects.toMatchObject(because('absurd-size'));
  });

  test('for two entries over the same bytes', async () => {
    const parts = [one, { ...one, name: 'b.txt', listed: { offsetBytes: 0 } }];
    await expect(open(parts)).rejects.toMatchObject(because('overlap'));
  });

  test('for an entry that reaches beyond the file', async () => {
    const part = { name: 'a', content: 'x', listed: { compressedBytes: 5000, sizeBytes: 5000 } };
    await expect(open([part])).rejects.toMatchObject(because('overlap'));
  });

  test('for more entries announced than there are', async () => {
    await expect(open([one], { entryCount: 7 })).rejects.toMatchObject(
      because('directory-damaged'),
    );
  });

  test('where it is none, or is cut short', async () => {
    const whole = makeZip([one]);
    for (const bytes of [Buffer.alloc(0), Buffer.alloc(5000, 1), whole.subarray(0, -3)]) {
      await expect(ZipArchive.open(inMemory(bytes))).rejects.toMatchObject(because('not-zip'));
    }
  });
});

describe('an entry is refused', () => {
  const other: [string, Partial<ZipFields>][] = [
    ['name', { name: Buffer.from('b.txt') }],
    ['size', { sizeBytes: 17 }],
    ['packed size', { compressedBytes: 3 }],
    ['checksum', { crc: 1 }],
    ['method', { method: 0 }],
    ['flags', { flags: 0x800 }],
  ];
  test.each(other)('whose own header tells another %s', async (_what, local) => {
    const zip = await open([{ ...one, local }]);
    await expect(zip.read('a.txt', 1000)).rejects.toMatchObject(because('headers-disagree'));
  });

  test('whose content is not what its checksum says', async () => {
    const crc = { crc: 0x12345678 };
    const zip = await open([{ ...one, listed: crc, local: crc }]);
    await expect(zip.read('a.txt', 1000)).rejects.toMatchObject(because('entry-damaged'));
  });

  test.each([10, 251])(
    'whose content is longer or shorter than the %i bytes it tells',
    async (sizeBytes) => {
      const size = { sizeBytes };
      const zip = await open([{ ...one, listed: size, local: size }]);
      await expect(zip.read('a.txt', 1000)).rejects.toMatchObject(because('entry-damaged'));
    },
  );

  test('that is encrypted, or packed in a way Android does not know', async () => {
    const encrypted = await open([{ ...one, listed: { flags: 1 }, local: { flags: 1 } }]);
    await expect(encrypted.read('a.txt', 1000)).rejects.toMatchObject(because('entry-encrypted'));
    const lzma = await open([{ ...one, listed: { method: 14 }, local: { method: 14 } }]);
    await expect(lzma.read('a.txt', 1000)).rejects.toMatchObject(because('entry-method'));
  });

  test('that is larger than the reader takes', async () => {
    const zip = await open([one]);
    await expect(zip.read('a.txt', 249)).rejects.toMatchObject(because('entry-too-large'));
  });
});

test('bytes changed at will end in a refusal or in the content, never in another error', async () => {
  const whole = makeZip([one, { name: 'b', content: 'raw' }]);
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }),
      async (changes) => {
        const bytes = Buffer.from(whole);
        for (const [at, value] of changes) bytes[at] = value;
        try {
          const zip = await ZipArchive.open(inMemory(bytes));
          for (const name of zip.entries.keys()) await zip.read(name, 1000);
        } catch (error) {
          expect(error).toBeInstanceOf(FirmwareError);
        }
      },
    ),
    { numRuns: 300 },
  );
});
