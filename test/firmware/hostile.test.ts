/** Images changed at will: refused or unharmed, never an exception, never a wait. */
import fc from 'fast-check';
import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { inspectImage, type Demands } from '../../native-bridge/firmware/mcuboot/inspect.ts';
import { buildImage, ecdsaEntry, hashEntry, keyHashEntry, publicPem } from './build-image.ts';

const folder = new URL('../fixtures/firmware/', import.meta.url);
const vendor = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
const demands: Demands = {
  keys: [{ name: 'vendor', pem: publicPem(vendor) }],
  signatureRequired: true,
  slotSizeBytes: 0x80000,
  installedVersion: null,
  allowOlder: false,
};
const small = buildImage({
  payload: new Uint8Array(96).fill(7),
  protectedEntries: [{ type: 0x50, data: Uint8Array.of(5, 0, 0, 0) }],
  plainEntries: (covered) => [
    hashEntry(covered),
    keyHashEntry(vendor),
    ecdsaEntry(vendor, covered),
  ],
});

function flipped(bytes: Uint8Array, bit: number): Uint8Array {
  const copy = bytes.slice();
  const at = Math.floor(bit / 8);
  copy[at] = (copy[at] ?? 0) ^ (1 << (bit % 8));
  return copy;
}

describe('every bit matters', () => {
  test('the small image is good as built', () => {
    expect(inspectImage(small, demands).verdict).toBe('good');
  });

  test('no bit of a whole signed image can be flipped unnoticed', () => {
    const unnoticed: number[] = [];
    for (let bit = 0; bit < small.length * 8; bit++) {
      if (inspectImage(flipped(small, bit), demands).verdict !== 'refused') unnoticed.push(bit);
    }
    expect(unnoticed).toEqual([]);
  });

  test('no bit of header, TLVs, or of some of the payload of a vendor’s image either', () => {
    const image = new Uint8Array(readFileSync(new URL('codebox-2.1.0-protected-tlvs.bin', folder)));
    const pem = readFileSync(new URL('keys/ecdsa-p256.pub.pem', folder), 'utf8');
    const keys = [{ name: 'vendor', pem }];
    const payloadEnd = 205_824;
    const header = Array.from({ length: 32 * 8 }, (_, bit) => bit);
    const tlvs = Array.from(
      { length: (image.length - payloadEnd) * 8 },
      (_, bit) => payloadEnd * 8 + bit,
    );
    const payload = Array.from({ length: 64 }, (_, i) => 32 * 8 + i * 25_717);
    const unnoticed = [...header, ...tlvs, ...payload].filter(
      (bit) => inspectImage(flipped(image, bit), { ...demands, keys }).verdict !== 'refused',
    );
    expect(unnoticed).toEqual([]);
  });

  test('no image survives being cut short, wherever it is cut', () => {
    const good: number[] = [];
    for (let length = 0; length < small.length; length++) {
      if (inspectImage(small.subarray(0, length), demands).verdict !== 'refused') good.push(length);
    }
    expect(good).toEqual([]);
  });
});

describe('mutations', () => {
  test('any bytes get a verdict', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        expect(inspectImage(bytes, demands).verdict).toBe('refused');
      }),
    );
  });

  test('any bytes behind the magic get a verdict', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 4, maxLength: 400 }), (bytes) => {
        bytes.set([0x3d, 0xb8, 0xf3, 0x96]);
        expect(inspectImage(bytes, demands).verdict).toBe('refused');
      }),
    );
  });

  test('a good image with pieces replaced, repeated or removed is never good', () => {
    const position = fc.nat(small.length - 1);
    const edit = fc.record({ at: position, remove: fc.nat(40), insert: fc.uint8Array() });
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), (edits) => {
        let bytes = Buffer.from(small);
        for (const { at, remove, insert } of edits) {
          bytes = Buffer.concat([bytes.subarray(0, at), insert, bytes.subarray(at + remove)]);
        }
        fc.pre(!bytes.equals(small) && !startsWith(bytes, small));
        expect(inspectImage(new Uint8Array(bytes), demands).verdict).toBe('refused');
      }),
      { numRuns: 500 },
    );
  });

  test('a header that claims 4 GiB costs no memory and no time', () => {
    const bytes = small.slice();
    new DataView(bytes.buffer).setUint32(12, 0xffff_ffff, true);
    const before = process.memoryUsage().arrayBuffers;
    const started = performance.now();
    expect(inspectImage(bytes, demands).faults[0]?.code).toBe('image-truncated');
    expect(performance.now() - started).toBeLessThan(2_000);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1024 * 1024);
  });
});

/** Erased flash behind an image is allowed. */
function startsWith(bytes: Uint8Array, image: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, image.length)).equals(image);
}
