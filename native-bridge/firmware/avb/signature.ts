/**
 * Who signed a vbmeta image. Its RSA key is in it, in a form of its own (avb_crypto.h: bits and
 * n0inv, then modulus and rr, big-endian; the exponent is always 65537); whose key that is only a key
 * that is known tells.
 */
import { createHash, createPublicKey, verify, type KeyObject } from 'node:crypto';
import type { ImageInspection } from '../../contract/image.ts';
import type { VbmetaKey } from './key.ts';
import type { Vbmeta } from './vbmeta.ts';

type Signature = ImageInspection['signature'];

const algorithms = new Map([
  [1, 'rsa-2048-sha256'],
  [2, 'rsa-4096-sha256'],
  [3, 'rsa-8192-sha256'],
  [4, 'rsa-2048-sha512'],
  [5, 'rsa-4096-sha512'],
  [6, 'rsa-8192-sha512'],
] as const);

const keyHeaderBytes = 8;
const largestKeyBits = 8192;

/** `vbmeta` null: the package has none, so nobody vouches for it. */
export function checkVbmeta(vbmeta: Vbmeta | null, known: readonly VbmetaKey[]): Signature {
  const nobody = { algorithm: null, keyName: null, keyHash: null };
  if (vbmeta === null || vbmeta.algorithmType === 0) return { ...nobody, state: 'unsigned' };
  const algorithm = algorithms.get(vbmeta.algorithmType as 1) ?? null;
  const key = algorithm === null ? null : publicKeyOf(vbmeta.publicKey);
  if (algorithm === null || key === null) return { ...nobody, state: 'wrong' };
  const digest = algorithm.endsWith('sha512') ? 'sha512' : 'sha256';
  const keyHash = createHash('sha256').update(vbmeta.publicKey).digest('hex');
  const isSound = verify(digest, Buffer.concat(vbmeta.signedParts), key, vbmeta.signature);
  if (!isSound) return { algorithm, state: 'wrong', keyName: null, keyHash };
  const keyName = known.find((each) => each.key.equals(key))?.name ?? null;
  return { algorithm, state: keyName === null ? 'unknown-key' : 'valid', keyName, keyHash };
}

/** Whether it is signed, with the very key that another vbmeta names (in the form that it has there). */
export function isSignedWith(vbmeta: Vbmeta, publicKey: Uint8Array): boolean {
  const isThatKey = Buffer.from(publicKey).equals(vbmeta.publicKey);
  return isThatKey && checkVbmeta(vbmeta, []).state === 'unknown-key';
}

function publicKeyOf(bytes: Uint8Array): KeyObject | null {
  if (bytes.length < keyHeaderBytes) return null;
  const bits = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(0);
  const modulusBytes = bits / 8;
  const isSound = bits % 8 === 0 && bits <= largestKeyBits;
  if (!isSound || bytes.length < keyHeaderBytes + modulusBytes) return null;
  const modulus = Buffer.from(bytes.subarray(keyHeaderBytes, keyHeaderBytes + modulusBytes));
  try {
    const jwk = { kty: 'RSA', n: modulus.toString('base64url'), e: 'AQAB' };
    return createPublicKey({ key: jwk, format: 'jwk' });
  } catch {
    return null;
  }
}
