/** Where the boot loader says more, or takes more, than the format's plain description. */
import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { inspectImage, type Demands } from '../../native-bridge/firmware/mcuboot/inspect.ts';
import {
  buildImage,
  ecdsaEntry,
  hashEntry,
  keyHashEntry,
  publicPem,
  type Entry,
} from './build-image.ts';

const vendor = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
const demands: Demands = {
  keys: [{ name: 'vendor', pem: publicPem(vendor) }],
  signatureRequired: true,
  slotSizeBytes: null,
  installedVersion: null,
  allowOlder: false,
};

/** ECDSA's DER is of 70 to 72 bytes; imgtool's `--pad-sig` makes them all 72. */
function paddedTo(sizeBytes: number, fill: number) {
  const image = buildImage({
    plainEntries: (covered) => {
      const { type, data } = ecdsaEntry(vendor, covered);
      const padded = new Uint8Array(sizeBytes).fill(fill);
      padded.set(data.subarray(0, sizeBytes));
      return [hashEntry(covered), keyHashEntry(vendor), { type, data: padded }];
    },
  });
  return inspectImage(image, demands);
}

describe('an ECDSA signature', () => {
  it('padded with zeros to its greatest length is the signature it is', () => {
    for (let attempt = 0; attempt < 8; attempt++) {
      expect(paddedTo(72, 0).signature.state).toBe('valid');
    }
  });

  it('with more behind it is wrong', () => {
    expect(paddedTo(73, 0).signature.state).toBe('wrong');
    expect(paddedTo(80, 0x5a).signature.state).toBe('wrong');
  });
});

describe('a hash in the area that the hash covers', () => {
  const guarded = (type: number) => {
    const inside: Entry = { type, data: new Uint8Array(32).fill(1) };
    const image = buildImage({
      protectedEntries: [inside],
      plainEntries: (covered) => [
        hashEntry(covered),
        keyHashEntry(vendor),
        ecdsaEntry(vendor, covered),
      ],
    });
    return inspectImage(image, demands);
  };

  it('is refused: the boot loader holds every hash of its kind against the image', () => {
    expect(guarded(0x10)).toMatchObject({
      verdict: 'refused',
      faults: [{ code: 'image-malformed', facts: { reason: 'tlv-twice' } }],
    });
  });

  it('of another kind is nobody’s business', () => {
    expect(guarded(0x11).verdict).toBe('good');
  });
});
