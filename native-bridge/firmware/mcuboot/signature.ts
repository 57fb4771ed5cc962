/**
 * Signatures of an image. Each stands behind the TLV that names its key; several may follow each
 * other (key rotation). One whose key we do not know proves nothing and harms nothing; one whose
 * key we know must be right (MCUboot, bootutil/src/image_validate.c).
 *
 * Signed is the image's digest; ECDSA and RSA take it as their own hash of the covered bytes,
 * Ed25519 signs it as a message, or the covered bytes themselves where the image says "pure".
 */
import { constants, createHash, verify } from 'node:crypto';
import type { ImageInspection, mcubootAlgorithms } from '../../contract/image.ts';
import { malformed } from '../firmware-error.ts';
import { isHashOfKey, type KeyKind, type VendorKey } from '../vendor-key.ts';
import { tlvTypes } from './tlv-types.ts';
import type { Tlv } from './tlvs.ts';

export type HashAlgorithm = 'sha256' | 'sha384' | 'sha512';
type Signature = ImageInspection['signature'];
type SignatureAlgorithm = (typeof mcubootAlgorithms)[number];

export interface SignedImage {
  readonly tlvs: readonly Tlv[];
  /** Header, payload and protected TLVs. */
  readonly covered: Uint8Array;
  readonly digest: Uint8Array;
  readonly hashAlgorithm: HashAlgorithm;
}

interface NamedSignature {
  readonly algorithm: SignatureAlgorithm;
  readonly named: Tlv | null;
  readonly signature: Tlv;
}

const signers: Readonly<Record<SignatureAlgorithm, KeyKind>> = {
  'rsa-2048-pss': 'rsa-2048',
  'rsa-3072-pss': 'rsa-3072',
  'ecdsa-p256': 'p256',
  'ecdsa-p384': 'p384',
  ed25519: 'ed25519',
};

/** The hash each algorithm goes with (imgtool, `ALLOWED_KEY_SHA`); the boot loader knows no other. */
const hashesOf: Readonly<Record<SignatureAlgorithm, readonly HashAlgorithm[]>> = {
  'rsa-2048-pss': ['sha256'],
  'rsa-3072-pss': ['sha256'],
  'ecdsa-p256': ['sha256'],
  'ecdsa-p384': ['sha384'],
  ed25519: ['sha256', 'sha512'],
};

/**
 * Looks at every signature. `keys` empty: state `not-checked`.
 * Throws FirmwareError `image-malformed` where hash and signature do not go together.
 */
export function checkSignatures(image: SignedImage, keys: readonly VendorKey[]): Signature {
  const found = findSignatures(image);
  const first = found[0];
  if (!first) return { algorithm: null, state: 'unsigned', keyName: null, keyHash: null };
  const result = (entry: NamedSignature, state: Signature['state'], key: VendorKey | null) => ({
    algorithm: entry.algorithm,
    state,
    keyName: key?.name ?? null,
    keyHash: entry.named && keyHashOf(entry.named),
  });
  if (keys.length === 0) return result(first, 'not-checked', null);

  let valid: Signature | null = null;
  for (const entry of found) {
    const key = keys.find((candidate) => isNamed(candidate, entry.named));
    if (!key) continue;
    if (!isRight(entry, image, key)) return result(entry, 'wrong', key);
    valid ??= result(entry, 'valid', key);
  }
  return valid ?? result(first, 'unknown-key', null);
}

/** What the image says of its signature, without looking at it. */
export function describeSignature(tlvs: readonly Tlv[], hashAlgorithm: HashAlgorithm): Signature {
  const [first] = listSignatures(tlvs, hashAlgorithm);
  return {
    algorithm: first?.algorithm ?? null,
    state: first ? 'not-checked' : 'unsigned',
    keyName: null,
    keyHash: first?.named ? keyHashOf(first.named) : null,
  };
}

function findSignatures(image: SignedImage): NamedSignature[] {
  const found = listSignatures(image.tlvs, image.hashAlgorithm);
  for (const { algorithm, signature } of found) {
    if (!hashesOf[algorithm].includes(image.hashAlgorithm)) {
      throw malformed('hash-for-signature', signature.offsetBytes);
    }
  }
  return found;
}

function listSignatures(tlvs: readonly Tlv[], hashAlgorithm: HashAlgorithm): NamedSignature[] {
  const found: NamedSignature[] = [];
  let named: Tlv | null = null;
  for (const tlv of tlvs) {
    if (tlv.protected) continue;
    if (tlv.type === tlvTypes.keyHash || tlv.type === tlvTypes.publicKey) named = tlv;
    const algorithm = algorithmOf(tlv.type, hashAlgorithm);
    if (algorithm === null) continue;
    found.push({ algorithm, named, signature: tlv });
    named = null;
  }
  return found;
}

/** One TLV type serves both curves; the hash tells them apart. */
function algorithmOf(type: number, hashAlgorithm: HashAlgorithm): SignatureAlgorithm | null {
  switch (type) {
    case tlvTypes.rsa2048:
      return 'rsa-2048-pss';
    case tlvTypes.rsa3072:
      return 'rsa-3072-pss';
    case tlvTypes.ecdsa:
      return hashAlgorithm === 'sha384' ? 'ecdsa-p384' : 'ecdsa-p256';
    case tlvTypes.ed25519:
      return 'ed25519';
    default:
      return null;
  }
}

function isNamed(key: VendorKey, named: Tlv | null): boolean {
  if (named === null) return false;
  if (named.type === tlvTypes.keyHash) return isHashOfKey(key, named.data);
  return Buffer.from(key.der).equals(named.data);
}

function keyHashOf(named: Tlv): string {
  const isHash = named.type === tlvTypes.keyHash;
  const hash = isHash ? Buffer.from(named.data) : createHash('sha256').update(named.data).digest();
  return hash.toString('hex');
}

function isRight(entry: NamedSignature, image: SignedImage, { key, kind }: VendorKey): boolean {
  if (signers[entry.algorithm] !== kind) return false;
  const signature = entry.signature.data;
  try {
    if (entry.algorithm === 'ed25519') {
      return verify(null, isPure(image.tlvs) ? image.covered : image.digest, key, signature);
    }
    if (kind === 'p256' || kind === 'p384') {
      const der = withoutPadding(signature, longestDerBytes[kind]);
      return verify(image.hashAlgorithm, image.covered, { key, dsaEncoding: 'der' }, der);
    }
    const padding = constants.RSA_PKCS1_PSS_PADDING;
    const options = { key, padding, saltLength: 32 };
    return verify(image.hashAlgorithm, image.covered, options, signature);
  } catch {
    // A signature that is not even one (broken DER) is a wrong one.
    return false;
  }
}

/** A sequence of two integers of the curve's size, each with a leading zero. */
const longestDerBytes = { p256: 72, p384: 104 } as const;

/**
 * Boot loaders before MCUboot 1.5 took signatures of one length only, so imgtool can fill them up
 * with zeros (`--pad-sig`); the boot loader reads what the DER says and no further.
 */
function withoutPadding(signature: Uint8Array, longestBytes: number): Uint8Array {
  const derBytes = 2 + (signature[1] ?? 0);
  if (signature.length > longestBytes || derBytes >= signature.length) return signature;
  const padding = signature.subarray(derBytes);
  return padding.every((byte) => byte === 0) ? signature.subarray(0, derBytes) : signature;
}

function isPure(tlvs: readonly Tlv[]): boolean {
  const tlv = tlvs.find(({ type }) => type === tlvTypes.pure);
  return tlv?.data.length === 1 && tlv.data[0] === 1;
}
