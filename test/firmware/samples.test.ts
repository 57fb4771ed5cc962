/** Every row of the samples' index gets what the index says. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { inspectImage, type Demands } from '../../native-bridge/firmware/mcuboot/inspect.ts';

const folder = new URL('../fixtures/firmware/', import.meta.url);
const read = (name: string) => new Uint8Array(readFileSync(new URL(name, folder)));
const key = (name: string) => ({
  name,
  pem: readFileSync(new URL(`keys/${name}.pub.pem`, folder), 'utf8'),
});
const vendorKeys = ['rsa-2048', 'rsa-3072', 'ecdsa-p256', 'ecdsa-p384', 'ed25519'].map(key);
const demands: Demands = {
  keys: vendorKeys,
  signatureRequired: true,
  slotSizeBytes: 0x80000,
  installedVersion: null,
  allowOlder: false,
};

const rows = readFileSync(new URL('INDEX.tsv', folder), 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => {
    const [file = '', size = '', sha256 = '', version = '', by = '', must = '', why = ''] =
      line.split('\t');
    const digest = /Image digest: ([0-9a-f]+)/.exec(why)?.[1] ?? null;
    return { file, size: Number(size), sha256, version, by, must, why, digest };
  });

const faultOfSample: Readonly<Record<string, string>> = {
  'codebox-2.2.0-other-key.bin': 'image-key-unknown',
  'bad-payload-bit.bin': 'image-hash-wrong',
  'bad-signature-bit.bin': 'image-signature-wrong',
  'bad-truncated.bin': 'image-truncated',
  'bad-truncated-payload.bin': 'image-truncated',
  'bad-magic.bin': 'image-not-mcuboot',
  'bad-size-field.bin': 'image-truncated',
};
const algorithms: Readonly<Record<string, string>> = {
  'rsa-2048': 'rsa-2048-pss',
  'rsa-3072': 'rsa-3072-pss',
};

describe('samples', () => {
  test('the index lists them all', () => {
    expect(rows).toHaveLength(18);
  });

  test.each(rows.filter(({ must }) => must === 'valid'))('$file is good: $why', (row) => {
    const inspection = inspectImage(read(row.file), demands);
    expect(inspection.faults).toEqual([]);
    expect(inspection.verdict).toBe('good');
    expect(inspection.sizeBytes).toBe(row.size);
    expect(inspection.fileSha256).toBe(row.sha256);
    expect(inspection.version).toBe(row.version.replace(/\+0$/, ''));
    expect(inspection.imageHash?.startsWith(row.digest ?? 'none')).toBe(true);
    expect(inspection.signature).toMatchObject({
      state: 'valid',
      keyName: row.by,
      algorithm: algorithms[row.by] ?? row.by,
    });
  });

  test.each(rows.filter(({ must }) => must === 'refused'))('$file is refused: $why', (row) => {
    const inspection = inspectImage(read(row.file), demands);
    expect(inspection.verdict).toBe('refused');
    expect(inspection.fileSha256).toBe(row.sha256);
    expect(inspection.faults.map(({ code }) => code)).toEqual([faultOfSample[row.file]]);
  });

  test('the unsigned one is refused where the profile demands a signature', () => {
    const inspection = inspectImage(read('unsigned-1.0.0.bin'), demands);
    expect(inspection.faults.map(({ code }) => code)).toEqual(['image-unsigned']);
    expect(inspection.signature.state).toBe('unsigned');
  });

  test('the unsigned one is good where no signature is demanded', () => {
    const inspection = inspectImage(read('unsigned-1.0.0.bin'), {
      ...demands,
      signatureRequired: false,
    });
    expect(inspection.verdict).toBe('good');
    expect(inspection.imageHash).toBe(rows[0]?.digest);
  });

  test('the other key’s image is good once that key is the vendor’s', () => {
    const inspection = inspectImage(read('codebox-2.2.0-other-key.bin'), {
      ...demands,
      keys: [key('other-ecdsa-p256')],
    });
    expect(inspection.signature).toMatchObject({ state: 'valid', keyName: 'other-ecdsa-p256' });
  });

  test('a signed image is not vouched for by no keys at all', () => {
    const image = read('codebox-2.0.0.bin');
    const strict = inspectImage(image, { ...demands, keys: [] });
    expect(strict.faults.map(({ code }) => code)).toEqual(['image-key-unknown']);
    const lax = inspectImage(image, { ...demands, keys: [], signatureRequired: false });
    expect(lax).toMatchObject({ verdict: 'good', signature: { state: 'not-checked' } });
  });

  test('protected values are read', () => {
    const inspection = inspectImage(read('codebox-2.1.0-protected-tlvs.bin'), demands);
    expect(inspection.securityCounter).toBe(5);
    expect(inspection.dependencies).toEqual([{ image: 1, minVersion: '1.2.3+4' }]);
    expect(inspection.tlvs.filter((tlv) => tlv.protected)).toEqual([
      { type: '0x0050', name: 'security counter', lengthBytes: 4, protected: true },
      { type: '0x0040', name: 'dependency', lengthBytes: 12, protected: true },
      { type: '0x00a0', name: 'vendor', lengthBytes: 3, protected: true },
    ]);
  });

  test('an image larger than the slot is refused', () => {
    const image = read('fills-slot-4.0.0.bin');
    const inspection = inspectImage(image, { ...demands, slotSizeBytes: 0x1a000 });
    expect(inspection.faults).toEqual([
      { code: 'image-too-large', facts: { sizeBytes: 516_758, maxBytes: 0x1a000 }, trace: [] },
    ]);
  });

  test('an older image is refused, and not where that is allowed', () => {
    const image = read('codebox-1.9.9-older.bin');
    const older = inspectImage(image, { ...demands, installedVersion: '2.0.0' });
    expect(older.faults).toEqual([
      { code: 'image-older', facts: { version: '1.9.9', installed: '2.0.0' }, trace: [] },
    ]);
    const allowed = { ...demands, installedVersion: '2.0.0', allowOlder: true };
    expect(inspectImage(image, allowed).verdict).toBe('good');
    expect(inspectImage(image, { ...demands, installedVersion: '1.9.9' }).verdict).toBe('good');
  });

  test('the slot, the version and the damage are all named at once', () => {
    const inspection = inspectImage(read('bad-payload-bit.bin'), {
      ...demands,
      slotSizeBytes: 1000,
      installedVersion: '9.0.0',
    });
    expect(inspection.faults.map(({ code }) => code)).toEqual([
      'image-hash-wrong',
      'image-too-large',
      'image-older',
    ]);
  });

  test('the images the training box ships with are the samples', () => {
    const shipped = new URL('../../native-bridge/simulators/codebox/firmware/', import.meta.url);
    for (const name of ['codebox-1.9.9-older.bin', 'codebox-2.0.0.bin']) {
      const sha256 = createHash('sha256')
        .update(readFileSync(new URL(name, shipped)))
        .digest('hex');
      expect(sha256).toBe(rows.find(({ file }) => file === name)?.sha256);
    }
  });
});
