/**
 * The host's key as Android writes it (adb/protocol.txt, libcrypto_utils' android_pubkey.c): base64
 * of {words: 64, n0inv, modulus and R² little-endian, exponent}, a space and a name. A signature is
 * PKCS #1 v1.5 over the 20-byte token taken as a SHA-1 digest.
 */
import { constants, createPublicKey, publicDecrypt, type KeyObject } from 'node:crypto';

const MODULUS_BYTES = 256;
const KEY_BYTES = 4 + 4 + MODULUS_BYTES * 2 + 4;
/** RFC 8017, section 9.2, note 1: DigestInfo of SHA-1 up to the digest. */
const sha1Prefix = Buffer.from('3021300906052b0e03021a05000414', 'hex');

/** Null: not such a key. `text` is what an AUTH message of type 3 carries. */
export function parsePublicKey(text: string): KeyObject | null {
  const encoded = text.replace(/\0+$/, '').split(/\s/)[0] ?? '';
  const bytes = Buffer.from(encoded, 'base64');
  if (bytes.length !== KEY_BYTES || bytes.readUInt32LE(0) !== MODULUS_BYTES / 4) return null;
  const modulus = Buffer.from(bytes.subarray(8, 8 + MODULUS_BYTES)).reverse();
  const exponent = Buffer.alloc(4);
  exponent.writeUInt32BE(bytes.readUInt32LE(KEY_BYTES - 4));
  try {
    return createPublicKey({
      format: 'jwk',
      key: {
        kty: 'RSA',
        n: modulus.toString('base64url'),
        e: exponent.subarray(exponent.findIndex((byte) => byte !== 0)).toString('base64url'),
      },
    });
  } catch {
    return null;
  }
}

export function signs(key: KeyObject, token: Uint8Array, signature: Uint8Array): boolean {
  try {
    const padding = constants.RSA_PKCS1_PADDING;
    const digest = publicDecrypt({ key, padding }, Buffer.from(signature));
    return digest.equals(Buffer.concat([sha1Prefix, token]));
  } catch {
    return false;
  }
}
