/**
 * An MCUboot image as the boot loader sees it (MCUboot design, "Image format"): header, payload,
 * protected and plain TLV areas; the hash over all but the plain TLVs, and the signature over that.
 */
import { createHash, verify, constants, type KeyObject } from 'node:crypto';

const HEADER_MAGIC = 0x96f3b83d;
const TLV_MAGIC = 0x6907;
const PROTECTED_TLV_MAGIC = 0x6908;
const FLAGS_ENCRYPTED = 0x0c;
const HEADER_FIELDS_BYTES = 28;
const hashAlgorithms = new Map([
  [0x10, 'sha256'],
  [0x11, 'sha384'],
  [0x12, 'sha512'],
]);
const SIGNATURE_TYPES = new Set([0x20, 0x22, 0x23, 0x24]);

export interface Version {
  readonly major: number;
  readonly minor: number;
  readonly revision: number;
  readonly build: number;
}

interface Tlv {
  readonly type: number;
  readonly value: Uint8Array;
}

export interface ImageInfo {
  readonly version: Version;
  readonly hash: Uint8Array;
  readonly hashAlgorithm: string;
  readonly encrypted: boolean;
  readonly bootable: boolean;
  /** What the hash and the signature cover. */
  readonly signedBytes: number;
  /** With all TLVs: what has to be moved. */
  readonly totalBytes: number;
  readonly tlvs: readonly Tlv[];
}

export function hashText(image: ImageInfo): string {
  return Buffer.from(image.hash).toString('hex');
}

/** As Zephyr prints it: `1.2.3`, and `1.2.3.4` with a build number. */
export function versionText(version: Version): string {
  const base = `${version.major}.${version.minor}.${version.revision}`;
  return version.build === 0 ? base : `${base}.${version.build}`;
}

/** By major, minor and revision; the build number does not count (Zephyr's default). */
export function compareVersions(a: Version, b: Version): number {
  return a.major - b.major || a.minor - b.minor || a.revision - b.revision;
}

/** Magic and version of what begins like an image; null for anything else. */
export function readVersion(content: Uint8Array): Version | null {
  if (content.length < HEADER_FIELDS_BYTES) return null;
  const view = viewOf(content);
  if (view.getUint32(0, true) !== HEADER_MAGIC) return null;
  return {
    major: view.getUint8(20),
    minor: view.getUint8(21),
    revision: view.getUint16(22, true),
    build: view.getUint32(24, true),
  };
}

/** Header and TLVs without checking the hash, as the application reads a slot. */
export function readImage(content: Uint8Array): ImageInfo | null {
  const version = readVersion(content);
  if (version === null) return null;
  const view = viewOf(content);
  const protectedBytes = view.getUint16(10, true);
  const flags = view.getUint32(16, true);
  const payloadEnd = view.getUint16(8, true) + view.getUint32(12, true);
  const signedBytes = payloadEnd + protectedBytes;
  const plain = readTlvArea(content, signedBytes, TLV_MAGIC);
  const guarded = protectedBytes === 0 ? [] : readTlvArea(content, payloadEnd, PROTECTED_TLV_MAGIC);
  if (plain === null || guarded === null) return null;
  const hash = plain.find((tlv) => hashAlgorithms.has(tlv.type));
  if (hash === undefined) return null;
  return {
    version,
    hash: hash.value,
    hashAlgorithm: hashAlgorithms.get(hash.type) ?? '',
    encrypted: (flags & FLAGS_ENCRYPTED) !== 0,
    bootable: (flags & 0x10) === 0,
    signedBytes,
    totalBytes: signedBytes + viewOf(content).getUint16(signedBytes + 2, true),
    tlvs: [...guarded, ...plain],
  };
}

/** Whom the boot loader trusts: it is built with this, and nothing of it is in the slots. */
export interface Trust {
  /** An image needs a signature by one of them; with none, its hash is enough. */
  readonly keys: readonly KeyObject[];
  /** Hashes, in hex, of the images that the factory puts in, signed or not. */
  readonly factoryHashes: ReadonlySet<string>;
}

export function hasTrueHash(content: Uint8Array, image: ImageInfo): boolean {
  const signed = content.subarray(0, image.signedBytes);
  return createHash(image.hashAlgorithm).update(signed).digest().equals(image.hash);
}

/** What the boot loader asks before it runs an image. */
export function isValidImage(content: Uint8Array, trust: Trust): boolean {
  const image = readImage(content);
  if (image === null || image.encrypted || !image.bootable) return false;
  if (!hasTrueHash(content, image)) return false;
  return isTrusted(content, image, trust);
}

function isTrusted(content: Uint8Array, image: ImageInfo, { keys, factoryHashes }: Trust): boolean {
  if (keys.length === 0 || factoryHashes.has(hashText(image))) return true;
  const signed = content.subarray(0, image.signedBytes);
  const digest = Buffer.from(image.hash);
  const signatures = image.tlvs.filter((tlv) => SIGNATURE_TYPES.has(tlv.type));
  return signatures.some(({ value }) =>
    keys.some((key) => isSignedBy(key, image.hashAlgorithm, signed, digest, value)),
  );
}

function isSignedBy(
  key: KeyObject,
  algorithm: string,
  signed: Uint8Array,
  digest: Uint8Array,
  signature: Uint8Array,
): boolean {
  try {
    if (key.asymmetricKeyType === 'ed25519') return verify(null, digest, key, signature);
    if (key.asymmetricKeyType === 'ec') return verify(algorithm, signed, key, signature);
    const pss = { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 };
    return verify(algorithm, signed, pss, signature);
  } catch {
    return false;
  }
}

function readTlvArea(content: Uint8Array, offset: number, magic: number): Tlv[] | null {
  if (offset + 4 > content.length) return null;
  const view = viewOf(content);
  if (view.getUint16(offset, true) !== magic) return null;
  const end = offset + view.getUint16(offset + 2, true);
  if (end > content.length) return null;
  const tlvs: Tlv[] = [];
  for (let at = offset + 4; at < end;) {
    if (at + 4 > end) return null;
    const length = view.getUint16(at + 2, true);
    if (at + 4 + length > end) return null;
    tlvs.push({ type: view.getUint16(at, true), value: content.slice(at + 4, at + 4 + length) });
    at += 4 + length;
  }
  return tlvs;
}

function viewOf(content: Uint8Array): DataView {
  return new DataView(content.buffer, content.byteOffset, content.byteLength);
}
