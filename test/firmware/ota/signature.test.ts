/** Whole-file signatures, by recovery's rules. OpenSSL signs. */
import { describe, expect, test } from 'vitest';
import { inspectOta } from '../../../native-bridge/firmware/ota/inspect-ota.ts';
import { readVendorCertificate } from '../../../native-bridge/firmware/vendor-certificate.ts';
import { inMemory, resultOf } from '../../support/in-memory.ts';
import { makeAbOta, signWhole, withComment } from '../../support/make-ota.ts';
import { makeSigner, type Signer } from '../../support/signer.ts';

const vendor = makeSigner('p256');
const stranger = makeSigner('p256', 'sha256', 'stranger');
const zip = makeAbOta();

const as = (signer: Signer, name = 'vendor.pem') =>
  readVendorCertificate(name, signer.certificatePem);

async function signatureOf(bytes: Uint8Array, ...signers: Signer[]) {
  const certificates = signers.map((signer) => as(signer));
  return (await resultOf(inspectOta(inMemory(bytes), certificates))).signature;
}

describe('a signature is valid', () => {
  test.each([
    ['rsa', 'sha1', 'rsa-2048'],
    ['rsa', 'sha256', 'rsa-2048'],
    ['p256', 'sha256', 'p256'],
  ] as const)('by %s with %s', async (kind, digest, found) => {
    const signer = makeSigner(kind, digest);
    const signature = await signatureOf(signWhole(zip, signer), signer);
    expect(signature).toMatchObject({ state: 'valid', kind: found, digest });
  });

  test('where the update carries no certificate', async () => {
    const bytes = signWhole(zip, vendor, ['-noattr', '-nocerts']);
    expect(await signatureOf(bytes, vendor)).toMatchObject({ state: 'valid', signer: null });
  });

  test('by the second of two vendor certificates, and names it', async () => {
    const certificates = [as(stranger, 'old.pem'), as(vendor, 'new.pem')];
    const file = inMemory(signWhole(zip, vendor));
    const { signature } = await resultOf(inspectOta(file, certificates));
    expect(signature).toMatchObject({ state: 'valid', keyName: 'new.pem' });
  });
});

describe('somebody else’s signature', () => {
  test('is told from a broken one by the certificate that came with it', async () => {
    const signature = await signatureOf(signWhole(zip, stranger), vendor);
    expect(signature).toMatchObject({ state: 'unknown-key', keyName: null });
    expect(signature.signer).toMatch(/^[0-9a-f]{64}$/);
  });

  test('without a certificate is an unknown key’s', async () => {
    const bytes = signWhole(zip, stranger, ['-noattr', '-nocerts']);
    expect(await signatureOf(bytes, vendor)).toMatchObject({ state: 'unknown-key', signer: null });
  });

  test('that carries the vendor’s certificate is wrong', async () => {
    const forged = signWhole(zip, {
      ...vendor,
      sign: (content) => {
        const cms = vendor.sign(content);
        const last = cms.length - 10;
        cms[last] = (cms[last] ?? 0) ^ 1;
        return cms;
      },
    });
    expect(await signatureOf(forged, vendor)).toMatchObject({ state: 'wrong', problem: 'altered' });
  });
});

describe('a signature is refused', () => {
  test('of attributes: recovery can’t verify it', async () => {
    const signature = await signatureOf(signWhole(zip, vendor, []), vendor);
    expect(signature).toMatchObject({ state: 'wrong', problem: 'signed-attributes' });
  });

  test('where a second directory hides in the comment', async () => {
    const covered = zip.subarray(0, -2);
    const bytes = withComment(covered, vendor.sign(covered), Buffer.from('PK\x05\x06', 'latin1'));
    expect(await signatureOf(bytes, vendor)).toMatchObject({ problem: 'second-directory' });
  });

  test.each([
    ['begins within its footer', -6, 6],
    ['begins before the comment', -6, 9000],
    ['has a comment of another size', -2, 77],
    ['has a comment longer than the file', -2, 65535],
  ])('that %s', async (_what, at, value) => {
    const bytes = signWhole(zip, vendor);
    bytes.writeUInt16LE(value, bytes.length + at);
    expect(await signatureOf(bytes, vendor)).toMatchObject({
      state: 'wrong',
      problem: 'footer-sizes',
    });
  });

  test('that is no CMS', async () => {
    for (const noise of [Buffer.alloc(900, 0x30), Buffer.alloc(900), Buffer.from('hello')]) {
      const bytes = withComment(zip.subarray(0, -2), noise);
      expect(await signatureOf(bytes, vendor)).toMatchObject({ state: 'wrong', problem: 'no-cms' });
    }
  });

  test('with any bit of a small signed package flipped', async () => {
    const bytes = signWhole(zip, vendor, ['-noattr', '-nocerts']);
    const unnoticed: number[] = [];
    for (let bit = 0; bit < bytes.length * 8; bit += 97) {
      const at = Math.floor(bit / 8);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << (bit % 8));
      const { state } = await signatureOf(bytes, vendor);
      // The words before the signature, and its CMS wrapping, are not signed: as in recovery.
      if (state === 'valid' && at < zip.length) unnoticed.push(at);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << (bit % 8));
    }
    expect(unnoticed).toEqual([]);
  });
});

test('a package without a signature is unsigned', async () => {
  expect((await signatureOf(zip, vendor)).state).toBe('unsigned');
  const commented = Buffer.concat([zip.subarray(0, -2), Buffer.from('\x05\0hello', 'latin1')]);
  expect((await signatureOf(commented, vendor)).state).toBe('unsigned');
});

describe('a certificate file is refused', () => {
  test.each([
    ['a private key', vendor.privateKeyPem, 'private'],
    ['no certificate', 'hello', 'no-certificate'],
    [
      'a damaged one',
      vendor.certificatePem.replace(/\n[A-Za-z0-9]{20}/, '\nAAAA'),
      'no-certificate',
    ],
    ['a curve that recovery has not', makeSigner('p384').certificatePem, 'certificate-unsupported'],
    ['a key too short', makeSigner('rsa-1024').certificatePem, 'certificate-unsupported'],
  ])('with %s', (_what, pem, reason) => {
    expect(() => readVendorCertificate('v.pem', pem)).toThrow(
      expect.objectContaining({
        code: 'key-unreadable',
        facts: expect.objectContaining({ reason }) as unknown,
      }) as Error,
    );
  });
});
