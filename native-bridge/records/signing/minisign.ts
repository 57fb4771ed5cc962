/**
 * Keys and signatures in minisign's format (https://jedisct1.github.io/minisign/, "Signature format",
 * "Public key format"; the secret key without a password as `minisign -G -W` of 0.11 writes it): what
 * is signed is the file's BLAKE2b-512, and a comment that names it is signed with that.
 * BLAKE2b is of @noble/hashes: the cryptography that Electron is built with has none.
 */
import { createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import { blake2b } from '@noble/hashes/blake2';

const keyAlgorithm = 'Ed';
const hashedAlgorithm = 'ED';
const digestBytes = 64;
const keyIdBytes = 8;
const signatureBytes = 64;
const publicKeyBytes = 32;
/** DER of a key of Ed25519 up to its bytes (RFC 8410). */
const pkcs8Start = Buffer.from('302e020100300506032b657004220420', 'hex');
const spkiStart = Buffer.from('302a300506032b6570032100', 'hex');
/** Algorithm, no key derivation, `B2`; then salt and limits, empty without a password. */
const secretStart = Buffer.concat([
  Buffer.from(`${keyAlgorithm}\0\0B2`, 'latin1'),
  Buffer.alloc(48),
]);
const checksumBytes = 32;
const untrusted = 'untrusted comment: ';
const trusted = 'trusted comment: ';

export interface PublicKey {
  readonly keyId: Buffer;
  readonly bytes: Buffer;
}

export interface SecretKey extends PublicKey {
  readonly seed: Buffer;
}

export interface Signature {
  readonly keyId: Buffer;
  /** False: an older one, of the file itself. */
  readonly hashed: boolean;
  readonly bytes: Buffer;
  readonly trustedComment: string;
  readonly globalBytes: Buffer;
}

/** For a file that comes in parts. */
export const digestOf = (): { update(part: Uint8Array): void; digest(): Uint8Array } =>
  blake2b.create({ dkLen: digestBytes });

/** As minisign writes it: a number whose lowest byte comes first. */
export const keyIdText = (keyId: Uint8Array): string =>
  Buffer.from(keyId).reverse().toString('hex').toUpperCase();

export function publicKeyLine({ keyId, bytes }: PublicKey): string {
  return Buffer.concat([Buffer.from(keyAlgorithm), keyId, bytes]).toString('base64');
}

export function publicKeyText(key: PublicKey): string {
  return `${untrusted}minisign public key ${keyIdText(key.keyId)}\n${publicKeyLine(key)}\n`;
}

export function secretKeyText({ keyId, seed, bytes }: SecretKey): string {
  const all = [secretStart, keyId, seed, bytes, Buffer.alloc(checksumBytes)];
  return `${untrusted}minisign secret key\n${Buffer.concat(all).toString('base64')}\n`;
}

/** null: no secret key of this format, or one with a password. */
export function readSecretKey(text: string): SecretKey | null {
  const [, line = ''] = lines(text);
  const all = fromBase64(line, secretStart.length + keyIdBytes + 2 * 32 + checksumBytes);
  if (all === null || !all.subarray(0, 6).equals(secretStart.subarray(0, 6))) return null;
  const at = secretStart.length;
  const keyId = all.subarray(at, at + keyIdBytes);
  const seed = all.subarray(at + keyIdBytes, at + keyIdBytes + 32);
  const bytes = publicKeyOf(seed);
  // A key whose halves don't belong together would sign what nobody can verify.
  if (!bytes.equals(all.subarray(at + keyIdBytes + 32, at + keyIdBytes + 64))) return null;
  return { keyId, seed, bytes };
}

/** minisign's file, or its last line alone; null: neither. */
export function readPublicKey(text: string): PublicKey | null {
  const all = fromBase64(lines(text).at(-1) ?? '', 2 + keyIdBytes + publicKeyBytes);
  if (all?.toString('latin1', 0, 2) !== keyAlgorithm) return null;
  return { keyId: all.subarray(2, 2 + keyIdBytes), bytes: all.subarray(2 + keyIdBytes) };
}

/** null: no signature of this format. */
export function readSignature(text: string): Signature | null {
  const [first = '', line = '', comment = '', globalLine = ''] = lines(text);
  const all = fromBase64(line, 2 + keyIdBytes + signatureBytes);
  const globalBytes = fromBase64(globalLine, signatureBytes);
  if (!first.startsWith(untrusted) || !comment.startsWith(trusted)) return null;
  if (all === null || globalBytes === null) return null;
  const algorithm = all.toString('latin1', 0, 2);
  if (algorithm !== keyAlgorithm && algorithm !== hashedAlgorithm) return null;
  return {
    keyId: all.subarray(2, 2 + keyIdBytes),
    hashed: algorithm === hashedAlgorithm,
    bytes: all.subarray(2 + keyIdBytes),
    trustedComment: comment.slice(trusted.length),
    globalBytes,
  };
}

/** `trustedComment` of one line. */
export function signatureText(content: Uint8Array, key: SecretKey, trustedComment: string): string {
  const secret = secretKeyObject(key.seed);
  const bytes = sign(null, blake2b(content, { dkLen: digestBytes }), secret);
  const globalBytes = sign(null, Buffer.concat([bytes, Buffer.from(trustedComment)]), secret);
  const head = Buffer.concat([Buffer.from(hashedAlgorithm), key.keyId, bytes]);
  return [
    `${untrusted}signature from key ${keyIdText(key.keyId)}`,
    head.toString('base64'),
    `${trusted}${trustedComment}`,
    globalBytes.toString('base64'),
    '',
  ].join('\n');
}

/** `content`: the file's digest, or the file where the signature is not `hashed`. */
export function isSound(signature: Signature, key: PublicKey, content: Uint8Array): boolean {
  const { bytes, globalBytes, trustedComment } = signature;
  const publicKey = publicKeyObject(key.bytes);
  const comment = Buffer.concat([bytes, Buffer.from(trustedComment)]);
  return verify(null, content, publicKey, bytes) && verify(null, comment, publicKey, globalBytes);
}

export function publicKeyOf(seed: Uint8Array): Buffer {
  const der = createPublicKey(secretKeyObject(seed)).export({ type: 'spki', format: 'der' });
  return der.subarray(spkiStart.length);
}

const secretKeyObject = (seed: Uint8Array): KeyObject =>
  createPrivateKey({ key: Buffer.concat([pkcs8Start, seed]), format: 'der', type: 'pkcs8' });

const publicKeyObject = (bytes: Uint8Array): KeyObject =>
  createPublicKey({ key: Buffer.concat([spkiStart, bytes]), format: 'der', type: 'spki' });

const lines = (text: string): string[] => text.trimEnd().split(/\r?\n/);

/** null: not base64, or of another length. */
function fromBase64(line: string, lengthBytes: number): Buffer | null {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(line)) return null;
  const bytes = Buffer.from(line, 'base64');
  return bytes.length === lengthBytes ? bytes : null;
}
