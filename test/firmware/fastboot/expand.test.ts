/** Sparse images unfolded in passing, held to Debian's img2simg. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { Expander } from '../../../native-bridge/firmware/fastboot/expand.ts';

const folder = mkdtempSync(join(tmpdir(), 'pos-bench-expand-'));
afterAll(() => rmSync(folder, { recursive: true }));

const raw = Buffer.concat([
  randomBytes(3 * 4096),
  Buffer.alloc(5 * 4096),
  Buffer.alloc(2 * 4096, 'word'),
  randomBytes(4096),
  Buffer.alloc(4 * 4096),
]);

function asSparse(image: Buffer): Buffer {
  writeFileSync(join(folder, 'raw'), image);
  execFileSync('img2simg', [join(folder, 'raw'), join(folder, 'sparse')]);
  return readFileSync(join(folder, 'sparse'));
}

function expanded(image: Uint8Array, pieceBytes: number): Buffer {
  const parts: Uint8Array[] = [];
  const expander = new Expander({
    update: (piece) => parts.push(Uint8Array.from(piece)),
    *repeat(word, lengthBytes) {
      yield;
      parts.push(Buffer.alloc(lengthBytes, word));
    },
  });
  for (let at = 0; at < image.length; at += pieceBytes) {
    Array.from(expander.update(image.subarray(at, at + pieceBytes)));
  }
  expander.end();
  return Buffer.concat(parts);
}

test('a sparse image is what it was made of, wherever it is cut', () => {
  const sparse = asSparse(raw);
  expect(sparse.length).toBeLessThan(raw.length);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: sparse.length }), (pieceBytes) => {
      expect(expanded(sparse, pieceBytes).equals(raw)).toBe(true);
    }),
    { numRuns: 40 },
  );
});

test.each([1, 3, 100_000])(
  'one that is not sparse stays as it is, in pieces of %i',
  (pieceBytes) => {
    expect(expanded(raw, pieceBytes).equals(raw)).toBe(true);
  },
);

test('one of less than a word stays as it is', () => {
  expect(expanded(Buffer.from('ab'), 1).toString()).toBe('ab');
});

test.each([
  ['ends in the middle of a block', (image: Buffer) => image.subarray(0, 5000)],
  ['ends in the middle of a chunk’s header', (image: Buffer) => image.subarray(0, 33)],
  ['has more behind its end', (image: Buffer) => Buffer.concat([image, Buffer.alloc(12)])],
  ['has fewer blocks than it says', (image: Buffer) => withNumber(image, 16, 99)],
  ['has more blocks than it says', (image: Buffer) => withNumber(image, 16, 3)],
])('a sparse image that %s is refused', (_, change) => {
  expect(() => expanded(change(asSparse(raw)), 4096)).toThrow(/package-malformed/);
});

function withNumber(image: Buffer, at: number, value: number): Buffer {
  const changed = Buffer.from(image);
  changed.writeUInt32LE(value, at);
  return changed;
}
