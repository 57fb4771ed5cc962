/**
 * Signs an APK by scheme v2 (AOSP, "APK Signature Scheme v2"): the digest of everything but the signing
 * block, as if that were not there, signed with ECDSA over P-256 and SHA-256. Android from 7.0 checks it.
 */
import { createHash, sign } from 'node:crypto';
import type { SigningKey } from './training-keys.ts';
import { zipSections, type ZipPart } from './write-zip.ts';

const ECDSA_SHA256 = 0x0201;
const V2 = 0x7109_871a;
const MAGIC = 'APK Sig Block 42';
const CHUNK_BYTES = 1024 * 1024;

export function makeSignedApk(parts: readonly ZipPart[], key: SigningKey): Buffer {
  const { entries, directory, end } = zipSections(parts);
  const block = signingBlock(contentDigest([entries, directory, end]), key);
  const moved = Buffer.from(end);
  moved.writeUInt32LE(entries.length + block.length, 16);
  return Buffer.concat([entries, block, directory, moved]);
}

/** Of the digests of all chunks of 1 MiB, in order; no chunk reaches from one section into another. */
function contentDigest(sections: readonly Buffer[]): Buffer {
  const chunks = sections.flatMap((section) =>
    Array.from({ length: Math.ceil(section.length / CHUNK_BYTES) }, (_, index) =>
      section.subarray(index * CHUNK_BYTES, (index + 1) * CHUNK_BYTES),
    ),
  );
  const digests = chunks.map((chunk) => sha256(Buffer.of(0xa5), u32(chunk.length), chunk));
  return sha256(Buffer.of(0x5a), u32(chunks.length), ...digests);
}

function signingBlock(digest: Buffer, { privateKey, certificate }: SigningKey): Buffer {
  const signedData = Buffer.concat([
    list(Buffer.concat([u32(ECDSA_SHA256), withLength(digest)])),
    list(certificate.raw),
    list(),
  ]);
  const signature = sign('sha256', signedData, privateKey);
  const publicKey = certificate.publicKey.export({ type: 'spki', format: 'der' });
  const signer = Buffer.concat([
    withLength(signedData),
    list(Buffer.concat([u32(ECDSA_SHA256), withLength(signature)])),
    withLength(publicKey),
  ]);
  const value = Buffer.concat([u32(V2), list(signer)]);
  const pair = Buffer.concat([u64(value.length), value]);
  const size = u64(pair.length + 8 + MAGIC.length);
  return Buffer.concat([size, pair, size, Buffer.from(MAGIC)]);
}

const list = (...items: readonly Uint8Array[]): Buffer =>
  withLength(Buffer.concat(items.map(withLength)));

function withLength(bytes: Uint8Array): Buffer {
  return Buffer.concat([u32(bytes.length), bytes]);
}

function sha256(...parts: readonly Uint8Array[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function u64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}
