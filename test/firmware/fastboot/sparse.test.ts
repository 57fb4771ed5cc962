/** Sparse images: Debian's img2simg makes them, its simg2img puts ours together again. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { FirmwareError } from '../../../native-bridge/firmware/firmware-error.ts';
import { readImage } from '../../../native-bridge/firmware/fastboot/image.ts';
import { splitImage } from '../../../native-bridge/firmware/fastboot/split.ts';
import { inMemory } from '../../support/in-memory.ts';
import { chunkTypes, makeSparse, type SparsePlan } from '../../support/make-sparse.ts';

const folder = mkdtempSync(join(tmpdir(), 'pos-bench-sparse-'));
afterAll(() => rmSync(folder, { recursive: true }));
const path = (name: string) => join(folder, name);
const because = (reason: string) => ({
  code: 'package-malformed',
  facts: expect.objectContaining({ reason }) as unknown,
});

/** Blocks of noise, of zeros and of one word, as a file system has them. */
function makeRaw(blocks: number, tailBytes = 0): Buffer {
  const parts = Array.from({ length: blocks }, (_, n) => {
    if (n % 7 < 2) return Buffer.alloc(4096);
    if (n % 7 === 2) return Buffer.alloc(4096, 'word');
    const noise = createHash('sha512').update(String(n)).digest();
    return Buffer.alloc(4096, noise);
  });
  return Buffer.concat([...parts, Buffer.alloc(tailBytes, 9)]);
}

function asSparse(raw: Buffer): Buffer {
  writeFileSync(path('raw'), raw);
  execFileSync('img2simg', [path('raw'), path('sparse')]);
  return readFileSync(path('sparse'));
}

/** What other people's tool makes of pieces that are flashed one after the other. */
function joined(pieces: readonly Buffer[]): Buffer {
  const names = pieces.map((piece, n) => {
    writeFileSync(path(`piece${n}`), piece);
    return path(`piece${n}`);
  });
  rmSync(path('joined'), { force: true });
  execFileSync('simg2img', [...names, path('joined')]);
  return readFileSync(path('joined'));
}

async function split(bytes: Buffer, limitBytes: number): Promise<Buffer[]> {
  const pieces = splitImage(await readImage(inMemory(bytes)), limitBytes);
  return await Promise.all(
    pieces.map(async (piece) => {
      const content = await buffer(piece.pieces());
      expect(content).toHaveLength(piece.sizeBytes);
      expect(content.length).toBeLessThanOrEqual(limitBytes);
      return content;
    }),
  );
}

describe('an image', () => {
  test('of another tool is read as what it writes', async () => {
    const raw = makeRaw(70);
    const image = await readImage(inMemory(asSparse(raw)));
    expect(image).toMatchObject({ sparse: true, blocks: 70, partitionBytes: raw.length });
  });

  test('that fits goes as it is, raw or sparse', async () => {
    const raw = makeRaw(10);
    const sparse = asSparse(raw);
    expect(await split(raw, raw.length)).toEqual([raw]);
    expect(await split(sparse, sparse.length)).toEqual([sparse]);
  });

  test.each([16_500, 40_000, 100_001])(
    'is cut into pieces of at most %i bytes, which another tool puts together again',
    async (limitBytes) => {
      const raw = makeRaw(70);
      for (const bytes of [raw, asSparse(raw)]) {
        const pieces = await split(bytes, limitBytes);
        expect(pieces.length).toBeGreaterThan(1);
        expect(joined(pieces).equals(raw)).toBe(true);
      }
    },
  );

  test('whose last block is not full is filled up with zeros', async () => {
    const raw = makeRaw(9, 100);
    const whole = joined(await split(raw, 16_500));
    expect(whole.subarray(0, raw.length).equals(raw)).toBe(true);
    expect(whole.subarray(raw.length).every((byte) => byte === 0)).toBe(true);
  });

  test('keeps what it skips, and its checksums are left out', async () => {
    const data = Buffer.alloc(8192, 1);
    const sparse = makeSparse({
      chunks: [
        { type: chunkTypes.skip, blocks: 3 },
        { type: chunkTypes.raw, blocks: 2, data },
        { type: chunkTypes.crc, blocks: 0, data: Buffer.alloc(4) },
        { type: chunkTypes.skip, blocks: 5 },
        { type: chunkTypes.fill, blocks: 4, data: Buffer.from('abcd') },
      ],
    });
    const pieces = await split(sparse, 4096 + 28 + 3 * 12);
    expect(pieces).toHaveLength(3);
    const whole = joined(pieces);
    expect(whole.subarray(3 * 4096, 5 * 4096).equals(data)).toBe(true);
    expect(whole.subarray(10 * 4096, 14 * 4096).equals(Buffer.alloc(4 * 4096, 'abcd'))).toBe(true);
    expect(whole).toHaveLength(14 * 4096);
  });

  test('is read piece by piece, whatever its size', async () => {
    const file = inMemory(makeRaw(2000));
    const pieces = splitImage(await readImage(file), 3_000_000);
    for (const piece of pieces)
      for await (const part of piece.pieces()) expect(part.length).toBeLessThanOrEqual(262_144);
    expect(file.largestReadBytes).toBeLessThanOrEqual(262_144);
  });

  test('for which not even one block fits is refused', async () => {
    await expect(split(makeRaw(10), 4096)).rejects.toMatchObject({ code: 'image-too-large' });
  });
});

test('pieces of any image within any limit make the image again', async () => {
  const chunk = fc.oneof(
    fc
      .integer({ min: 1, max: 6 })
      .map((blocks) => ({ type: chunkTypes.raw, blocks, data: Buffer.alloc(blocks * 8, blocks) })),
    fc.integer({ min: 0, max: 9 }).map((blocks) => ({ type: chunkTypes.skip, blocks })),
    fc
      .integer({ min: 1, max: 9 })
      .map((blocks) => ({ type: chunkTypes.fill, blocks, data: Buffer.alloc(4, blocks) })),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(chunk, { maxLength: 12 }),
      fc.integer({ min: 72, max: 200 }),
      async (chunks, limitBytes) => {
        const sparse = makeSparse({ chunks, blockBytes: 8 });
        const whole = expand([sparse]);
        expect(expand(await split(sparse, limitBytes)).equals(whole)).toBe(true);
      },
    ),
  );
});

/** Writes sparse images over each other, by the format's description. */
function expand(images: readonly Buffer[]): Buffer {
  const blocks = images[0]?.readUInt32LE(16) ?? 0;
  const whole = Buffer.alloc(blocks * 8, 0xee);
  for (const image of images) {
    let [at, block] = [28, 0];
    for (let n = 0; n < image.readUInt32LE(20); n++) {
      const type = image.readUInt16LE(at);
      const size = image.readUInt32LE(at + 4);
      const data = image.subarray(at + 12, at + image.readUInt32LE(at + 8));
      if (type === chunkTypes.raw) whole.set(data, block * 8);
      if (type === chunkTypes.fill) whole.fill(data, block * 8, (block + size) * 8);
      at += image.readUInt32LE(at + 8);
      block += size;
    }
    expect(block).toBe(blocks);
    expect(at).toBe(image.length);
  }
  return whole;
}

describe('a sparse image is refused', () => {
  const raw = { type: chunkTypes.raw, blocks: 1, data: Buffer.alloc(4096) };
  test.each<[string, string, SparsePlan]>([
    ['of an unknown version', 'sparse-header', { chunks: [raw], major: 2 }],
    ['with a header too short', 'sparse-header', { chunks: [raw], headerBytes: 20 }],
    ['with chunks’ headers too short', 'sparse-header', { chunks: [raw], chunkHeaderBytes: 8 }],
    ['with blocks of no size', 'sparse-header', { chunks: [], blockBytes: 0 }],
    ['with odd blocks', 'sparse-header', { chunks: [], blockBytes: 4095 }],
    ['with huge blocks', 'sparse-header', { chunks: [], blockBytes: 2 ** 31 }],
    ['of petabytes', 'sparse-header', { chunks: [], blockBytes: 2 ** 20, blocks: 2 ** 31 }],
    ['with chunks without end', 'sparse-header', { chunks: [], chunkCount: 2 ** 31 }],
    ['with an unknown chunk', 'sparse-chunk', { chunks: [{ type: 0xcac5, blocks: 0 }] }],
    [
      'whose chunk brings less than its blocks',
      'sparse-chunk',
      { chunks: [{ ...raw, blocks: 2 }] },
    ],
    ['whose chunk has a negative size', 'sparse-chunk', { chunks: [{ ...raw, totalBytes: 3 }] }],
    [
      'whose fill is longer',
      'sparse-chunk',
      { chunks: [{ type: chunkTypes.fill, blocks: 1, data: Buffer.alloc(8) }] },
    ],
    [
      'whose skip brings data',
      'sparse-chunk',
      { chunks: [{ type: chunkTypes.skip, blocks: 1, data: Buffer.alloc(4) }] },
    ],
    ['with fewer blocks than it says', 'sparse-totals', { chunks: [raw], blocks: 2 }],
    ['with more blocks than it says', 'sparse-totals', { chunks: [raw, raw], blocks: 1 }],
    ['with fewer chunks than it says', 'sparse-totals', { chunks: [raw], chunkCount: 2 }],
    ['with bytes behind its end', 'sparse-totals', { chunks: [raw], tail: Buffer.alloc(1) }],
    [
      'that was cut short',
      'sparse-totals',
      {
        chunks: [{ type: chunkTypes.raw, blocks: 2, data: Buffer.alloc(10), totalBytes: 8204 }],
      },
    ],
  ])('%s', async (_what, reason, plan) => {
    await expect(readImage(inMemory(makeSparse(plan)))).rejects.toMatchObject(because(reason));
  });

  test('changed at will: refused or read, never another error', async () => {
    const whole = makeSparse({ chunks: [raw, { type: chunkTypes.skip, blocks: 2 }] });
    await fc.assert(
      fc.asyncProperty(fc.nat(60), fc.nat(255), async (at, value) => {
        const bytes = Buffer.from(whole);
        bytes[at] = value;
        try {
          splitImage(await readImage(inMemory(bytes)), 8000);
        } catch (error) {
          expect(error).toBeInstanceOf(FirmwareError);
        }
      }),
    );
  });
});
