/** The rules of the format, each on an image built for it. */
import { generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { inspectImage, type Demands } from '../../native-bridge/firmware/mcuboot/inspect.ts';
import {
  buildImage,
  ecdsaEntry,
  ed25519Entry,
  hashEntry,
  keyHashEntry,
  publicDer,
  publicPem,
  type Entry,
} from './build-image.ts';

const vendor = generateKeyPairSync('ed25519').privateKey;
const stranger = generateKeyPairSync('ed25519').privateKey;
const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey;
const demands: Demands = {
  keys: [
    { name: 'vendor', pem: publicPem(vendor) },
    { name: 'p256', pem: publicPem(p256) },
    { name: 'p384', pem: publicPem(p384) },
  ],
  signatureRequired: true,
  slotSizeBytes: null,
  installedVersion: null,
  allowOlder: false,
};
const inspect = (bytes: Uint8Array) => inspectImage(bytes, demands);
const faultsOf = (bytes: Uint8Array) =>
  inspect(bytes).faults.map(({ code, facts }) =>
    code === 'image-malformed' ? `${code} ${String(facts['reason'])}` : code,
  );
const signedBy = (covered: Uint8Array): Entry[] => [
  hashEntry(covered),
  keyHashEntry(vendor),
  ed25519Entry(vendor, covered),
];
const plain = buildImage({ plainEntries: signedBy });

describe('signatures', () => {
  test('an Ed25519 image over SHA-512 is good', () => {
    const bytes = buildImage({
      plainEntries: (covered) => [
        hashEntry(covered, 'sha512'),
        keyHashEntry(vendor),
        ed25519Entry(vendor, covered, 'sha512'),
      ],
    });
    expect(inspect(bytes)).toMatchObject({ verdict: 'good', hashAlgorithm: 'sha512' });
  });

  test('a "pure" Ed25519 signature covers the bytes themselves', () => {
    const bytes = buildImage({
      plainEntries: (covered) => [
        hashEntry(covered),
        { type: 0x25, data: Uint8Array.of(1) },
        keyHashEntry(vendor),
        { type: 0x24, data: sign(null, covered, vendor) },
      ],
    });
    expect(inspect(bytes).verdict).toBe('good');
  });

  test('a signature over the digest does not pass as a pure one', () => {
    const bytes = buildImage({
      plainEntries: (covered) => [
        hashEntry(covered),
        { type: 0x25, data: Uint8Array.of(1) },
        keyHashEntry(vendor),
        ed25519Entry(vendor, covered),
      ],
    });
    expect(faultsOf(bytes)).toEqual(['image-signature-wrong']);
  });

  test('a full key in the image counts where it is the vendor’s', () => {
    const bytes = buildImage({
      plainEntries: (covered) => [
        hashEntry(covered),
        { type: 0x02, data: publicDer(vendor) },
        ed25519Entry(vendor, covered),
      ],
    });
    expect(inspect(bytes).signature).toMatchObject({ state: 'valid', keyName: 'vendor' });
  });

  test('a full key in the image proves nothing where it is a stranger’s', () => {
    const bytes = buildImage({
      plainEntries: (covered) => [
        hashEntry(covered),
        { type: 0x02, data: publicDer(stranger) },
        ed25519Entry(stranger, covered),
      ],
    });
    expect(faultsOf(bytes)).toEqual(['image-key-unknown']);
  });

  test('a stranger’s signature under the vendor’s key hash is wrong', () => {
    const bytes = buildImage({
      plainEntries: (covered) => [
        hashEntry(covered),
        keyHashEntry(vendor),
        ed25519Entry(stranger, covered),
      ],
    });
    expect(faultsOf(bytes)).toEqual(['image-signature-wrong']);
  });

  test('a second signature by a stranger does no harm', () => {
    const bytes = buildImage({
      plainEntries: (covered) => [
        hashEntry(covered),
        keyHashEntry(stranger),
        ed25519Entry(stranger, covered),
        keyHashEntry(vendor),
        ed25519Entry(vendor, covered),
      ],
    });
    expect(inspect(bytes)).toMatchObject({ verdict: 'good', signature: { keyName: 'vendor' } });
  });

  test('a second signature by a vendor’s key must be right too', () => {
    const bytes = buildImage({
      plainEntries: (covered) => [
        ...signedBy(covered),
        keyHashEntry(p256),
        ecdsaEntry(p256, Uint8Array.of(1)),
      ],
    });
    expect(faultsOf(bytes)).toEqual(['image-signature-wrong']);
  });

  test('a signature that names no key is not tried with every key', () => {
    const bytes = buildImage({
      plainEntries: (covered) => [hashEntry(covered), ed25519Entry(vendor, covered)],
    });
    expect(faultsOf(bytes)).toEqual(['image-key-unknown']);
  });

  test('a signature of another kind than its key is wrong', () => {
    const bytes = buildImage({
      plainEntries: (covered) => [
        hashEntry(covered),
        keyHashEntry(p256),
        { type: 0x20, data: new Uint8Array(256) },
      ],
    });
    expect(faultsOf(bytes)).toEqual(['image-signature-wrong']);
  });

  test('P-384 with SHA-256 is refused, as the boot loader would', () => {
    const bytes = buildImage({
      plainEntries: (covered) => [
        hashEntry(covered),
        keyHashEntry(p384),
        ecdsaEntry(p384, covered),
      ],
    });
    expect(faultsOf(bytes)).toEqual(['image-signature-wrong']);
  });

  test('RSA with SHA-512 is refused: hash and signature do not go together', () => {
    const bytes = buildImage({
      plainEntries: (covered) => [
        hashEntry(covered, 'sha512'),
        { type: 0x20, data: new Uint8Array(256) },
      ],
    });
    expect(faultsOf(bytes)).toEqual(['image-malformed hash-for-signature']);
  });

  test('bytes that are no DER at all are a wrong signature, not an error', () => {
    const bytes = buildImage({
      plainEntries: (covered) => [
        hashEntry(covered),
        keyHashEntry(p256),
        { type: 0x22, data: Uint8Array.of(0x30, 0xff, 0xff) },
      ],
    });
    expect(faultsOf(bytes)).toEqual(['image-signature-wrong']);
  });
});

describe('keys', () => {
  test('a private key is refused by name', () => {
    const pem = vendor.export({ type: 'pkcs8', format: 'pem' }).toString();
    expect(() => inspectImage(plain, { ...demands, keys: [{ name: 'oops', pem }] })).toThrow(
      expect.objectContaining({
        code: 'key-unreadable',
        facts: expect.objectContaining({ file: 'oops', reason: 'private' }) as unknown,
      }),
    );
  });

  test('a key of a kind MCUboot does not know is refused', () => {
    const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey;
    const keys = [{ name: 'small', pem: publicPem(rsa) }];
    expect(() => inspectImage(plain, { ...demands, keys })).toThrow(
      expect.objectContaining({
        facts: expect.objectContaining({ file: 'small', reason: 'unsupported' }) as unknown,
      }),
    );
  });

  test('text that is no key is refused', () => {
    const keys = [{ name: 'k', pem: '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----' }];
    expect(() => inspectImage(plain, { ...demands, keys })).toThrow(
      expect.objectContaining({ code: 'key-unreadable' }),
    );
  });
});

describe('encrypted images', () => {
  const encrypted = (entries: readonly Entry[]) =>
    buildImage({
      flags: 0x04,
      plainEntries: () => [
        hashEntry(Uint8Array.of(9)),
        keyHashEntry(vendor),
        ed25519Entry(vendor, Uint8Array.of(9)),
        ...entries,
      ],
    });

  test('they cannot be verified, whoever signed them', () => {
    const inspection = inspect(encrypted([{ type: 0x33, data: new Uint8Array(80) }]));
    expect(inspection.verdict).toBe('cannot-verify');
    expect(inspection.faults.map(({ code }) => code)).toEqual(['image-encrypted']);
    expect(inspection.signature.state).toBe('not-checked');
    expect(inspection.flags).toEqual(['encrypted-aes128']);
  });

  test('they are refused outright where they are also too large', () => {
    const bytes = encrypted([{ type: 0x33, data: new Uint8Array(80) }]);
    expect(inspectImage(bytes, { ...demands, slotSizeBytes: 64 }).verdict).toBe('refused');
  });

  test('one that carries no key to decrypt it is malformed', () => {
    expect(faultsOf(encrypted([]))).toEqual(['image-malformed no-encryption-key']);
  });
});

describe('shape', () => {
  test('the built image is good, so that every refusal below is the rule’s', () => {
    expect(inspect(plain)).toMatchObject({ verdict: 'good', version: '1.2.3+4' });
  });

  test('erased flash behind the image is harmless', () => {
    const bytes = buildImage({ plainEntries: signedBy, tail: new Uint8Array(64).fill(0xff) });
    expect(inspect(bytes).verdict).toBe('good');
  });

  test('anything else behind the image is refused', () => {
    const tail = new Uint8Array(64).fill(0xff);
    tail[63] = 0x80;
    expect(faultsOf(buildImage({ plainEntries: signedBy, tail }))).toEqual([
      'image-malformed data-after-end',
    ]);
  });

  test.each([0x50, 0x40, 0xa0, 0x60, 0x7777])(
    'TLV 0x%s outside the protected area is refused',
    (type) => {
      const bytes = buildImage({
        plainEntries: (covered) => [...signedBy(covered), { type, data: new Uint8Array(4) }],
      });
      expect(faultsOf(bytes)).toEqual(['image-malformed tlv-not-allowed']);
    },
  );

  test('two hashes are refused', () => {
    const bytes = buildImage({
      plainEntries: (covered) => [hashEntry(covered, 'sha512'), ...signedBy(covered)],
    });
    expect(faultsOf(bytes)).toEqual(['image-malformed tlv-twice']);
  });

  test('a hash inside the area it would have to cover does not count', () => {
    const bytes = buildImage({
      protectedEntries: [hashEntry(Uint8Array.of(1))],
      plainEntries: () => [keyHashEntry(vendor)],
    });
    expect(faultsOf(bytes)).toEqual(['image-malformed no-hash']);
  });

  test('two security counters are refused', () => {
    const counter = { type: 0x50, data: Uint8Array.of(1, 0, 0, 0) };
    const bytes = buildImage({ protectedEntries: [counter, counter], plainEntries: signedBy });
    expect(faultsOf(bytes)).toEqual(['image-malformed tlv-twice']);
  });

  test('a security counter of another length is refused', () => {
    const bytes = buildImage({
      protectedEntries: [{ type: 0x50, data: Uint8Array.of(1) }],
      plainEntries: signedBy,
    });
    expect(faultsOf(bytes)).toEqual(['image-malformed tlv-length']);
  });

  test('thousands of empty TLVs are refused', () => {
    const empty = Array.from({ length: 5000 }, () => ({ type: 0x01, data: new Uint8Array() }));
    expect(faultsOf(buildImage({ plainEntries: () => empty }))).toEqual([
      'image-malformed too-many-tlvs',
    ]);
  });

  test.each([
    ['an ELF file', [0x7f, 0x45, 0x4c, 0x46, 2, 1, 1], 'elf'],
    ['a zip', [0x50, 0x4b, 3, 4, 20], 'zip'],
    ['an Intel HEX file', [...Buffer.from(':10010000214601')], 'intel-hex'],
    ['an image of the first MCUboot format', [0x3c, 0xb8, 0xf3, 0x96], 'old-mcuboot'],
    ['nothing', [], 'empty'],
    ['noise', [1, 2, 3], 'other'],
  ])('%s is named as what it is', (_what, bytes, found) => {
    const { faults } = inspect(Uint8Array.from(bytes));
    expect(faults).toMatchObject([{ code: 'image-not-mcuboot', facts: { found } }]);
  });
});
