/** A key that vbmeta images are signed with: RSA, as Android Verified Boot knows no other. */
import { createPublicKey, type KeyObject } from 'node:crypto';
import { keyUnreadable } from '../firmware-error.ts';

/** Whoever holds the other half vouches for builds. */
export interface VbmetaKey {
  readonly name: string;
  readonly key: KeyObject;
}

const publicPem = /-----BEGIN (?:(?:RSA )?PUBLIC KEY|CERTIFICATE)-----/;

/** `pem`: the public key, or a certificate of it. Throws FirmwareError `key-unreadable`. */
export function readVbmetaKey(name: string, pem: string): VbmetaKey {
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(pem)) throw keyUnreadable(name, 'private');
  if (!publicPem.test(pem)) throw keyUnreadable(name, 'not-pem');
  let key: KeyObject;
  try {
    key = createPublicKey(pem);
  } catch (error) {
    throw keyUnreadable(name, 'not-pem', error);
  }
  if (key.asymmetricKeyType !== 'rsa') throw keyUnreadable(name, 'unsupported');
  return { name, key };
}
