/**
 * Android Verified Boot's vbmeta image (AOSP, external/avb/libavb: avb_vbmeta_image.h and the
 * descriptors' headers): a header of 256 bytes, a block with hash and signature, a block with
 * descriptors and the public key. Everything is big-endian. It vouches for the images of a build, and
 * names the build.
 */

/** What a partition's image must hash to: over the salt and its first bytes. */
export interface HashDescriptor {
  readonly partition: string;
  readonly imageBytes: number;
  readonly algorithm: 'sha256' | 'sha512';
  readonly salt: Uint8Array;
  readonly digest: Uint8Array;
}

export interface Vbmeta {
  /** 0: not signed. */
  readonly algorithmType: number;
  /** What is signed: the header and the block of descriptors. */
  readonly signedParts: readonly Uint8Array[];
  readonly signature: Uint8Array;
  readonly publicKey: Uint8Array;
  /** `com.android.build.system.fingerprint` and its kin. */
  readonly properties: ReadonlyMap<string, string>;
  readonly hashes: readonly HashDescriptor[];
}

const headerBytes = 256;
/** avbtool makes none larger. */
export const maxVbmetaBytes = 64 * 1024;
const tags = { property: 0n, hash: 2n } as const;
const hashFixedBytes = 116;

/** null: no such image, or one whose sizes can't be so. */
export function readVbmeta(bytes: Uint8Array): Vbmeta | null {
  if (bytes.length < headerBytes || bytes.length > maxVbmetaBytes) return null;
  if (text(bytes.subarray(0, 4)) !== 'AVB0') return null;
  const view = viewOf(bytes);
  const number = (at: number): number => sizeAt(view, at);
  const authenticationAt = headerBytes;
  const auxiliaryAt = headerBytes + number(12);
  const part = (base: number, offsetAt: number, sizeAtByte: number): Uint8Array | null =>
    slice(bytes, base + number(offsetAt), number(sizeAtByte));
  const signature = part(authenticationAt, 48, 56);
  const publicKey = part(auxiliaryAt, 64, 72);
  const descriptors = part(auxiliaryAt, 96, 104);
  const auxiliary = slice(bytes, auxiliaryAt, number(20));
  if (!signature || !publicKey || !descriptors || !auxiliary) return null;
  const read = readDescriptors(descriptors);
  return (
    read && {
      algorithmType: view.getUint32(28),
      signedParts: [bytes.subarray(0, headerBytes), auxiliary],
      signature,
      publicKey,
      ...read,
    }
  );
}

function readDescriptors(all: Uint8Array): Pick<Vbmeta, 'properties' | 'hashes'> | null {
  const properties = new Map<string, string>();
  const hashes: HashDescriptor[] = [];
  const view = viewOf(all);
  for (let at = 0; at < all.length;) {
    const body = at + 16 <= all.length ? slice(all, at + 16, sizeAt(view, at + 8)) : null;
    if (!body) return null;
    const tag = view.getBigUint64(at);
    if (tag === tags.property) {
      const pair = readProperty(body);
      if (!pair) return null;
      properties.set(...pair);
    } else if (tag === tags.hash) {
      const hash = readHash(body);
      if (!hash) return null;
      // Without a digest the terminal keeps one of its own ("persistent digest").
      if (hash.digest.length > 0) hashes.push(hash);
    }
    at += 16 + body.length;
  }
  return { properties, hashes };
}

function readProperty(body: Uint8Array): [string, string] | null {
  if (body.length < 16) return null;
  const view = viewOf(body);
  const keyBytes = sizeAt(view, 0);
  const key = slice(body, 16, keyBytes);
  const value = slice(body, 16 + keyBytes + 1, sizeAt(view, 8));
  return key && value && [text(key), text(value)];
}

function readHash(body: Uint8Array): HashDescriptor | null {
  if (body.length < hashFixedBytes) return null;
  const view = viewOf(body);
  const algorithm = text(body.subarray(8, 40)).replace(/\0.*$/s, '');
  const [nameBytes, saltBytes] = [view.getUint32(40), view.getUint32(44)];
  const partition = slice(body, hashFixedBytes, nameBytes);
  const salt = slice(body, hashFixedBytes + nameBytes, saltBytes);
  const digest = slice(body, hashFixedBytes + nameBytes + saltBytes, view.getUint32(48));
  const isKnown = algorithm === 'sha256' || algorithm === 'sha512';
  if (!partition || !salt || !digest || !isKnown) return null;
  return { partition: text(partition), imageBytes: sizeAt(view, 0), algorithm, salt, digest };
}

/** null: not all of it is there. */
function slice(bytes: Uint8Array, at: number, length: number): Uint8Array | null {
  const isInside = at >= 0 && length >= 0 && at + length <= bytes.length;
  return isInside ? bytes.subarray(at, at + length) : null;
}

/** Larger than any file: outside of it, whatever is added. */
function sizeAt(view: DataView, at: number): number {
  const value = view.getBigUint64(at);
  return value > BigInt(2 ** 48) ? 2 ** 48 : Number(value);
}

function text(bytes: Uint8Array): string {
  return new TextDecoder('latin1').decode(bytes);
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
