/**
 * A vendor's public key as MCUboot images name it: by a digest of its DER form (imgtool: PKCS #1
 * for RSA, SubjectPublicKeyInfo for the others), or by that form itself.
 */
import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import { keyUnreadable } from './firmware-error.ts';

export type KeyKind = 'rsa-2048' | 'rsa-3072' | 'p256' | 'p384' | 'ed25519';

export interface VendorKey {
  readonly name: string;
  readonly kind: KeyKind;
  readonly key: KeyObject;
  readonly der: Uint8Array;
}

const publicPem = /-----BEGIN (?:RSA )?PUBLIC KEY-----/;
const privatePem = /-----BEGIN [A-Z ]*PRIVATE KEY-----/;

/**
 * Throws FirmwareError `key-unreadable`. A private key is refused although a public one could be
 * derived from it: it has no business on a technician's computer.
 */
export function readVendorKey(name: string, pem: string): VendorKey {
  if (privatePem.test(pem)) throw keyUnreadable(name, 'private');
  if (!publicPem.test(pem)) throw keyUnreadable(name, 'not-pem');
  let key: KeyObject;
  try {
    key = createPublicKey({ key: pem, format: 'pem' });
  } catch (error) {
    throw keyUnreadable(name, 'not-pem', error);
  }
  const kind = kindOf(key);
  if (kind === null) throw keyUnreadable(name, 'unsupported');
  const type = kind.startsWith('rsa') ? 'pkcs1' : 'spki';
  return { name, kind, key, der: key.export({ type, format: 'der' }) };
}

function kindOf(key: KeyObject): KeyKind | null {
  const details = key.asymmetricKeyDetails;
  switch (key.asymmetricKeyType) {
    case 'rsa':
      if (details?.modulusLength === 2048) return 'rsa-2048';
      return details?.modulusLength === 3072 ? 'rsa-3072' : null;
    case 'ec':
      if (details?.namedCurve === 'prime256v1') return 'p256';
      return details?.namedCurve === 'secp384r1' ? 'p384' : null;
    case 'ed25519':
      return 'ed25519';
    default:
      return null;
  }
}

const digests: Readonly<Record<number, string>> = { 32: 'sha256', 48: 'sha384', 64: 'sha512' };

/** True where `hash` is a digest of the key; its length says which (P-384 images use SHA-384). */
export function isHashOfKey(key: VendorKey, hash: Uint8Array): boolean {
  const algorithm = digests[hash.length];
  if (algorithm === undefined) return false;
  return createHash(algorithm).update(key.der).digest().equals(hash);
}
