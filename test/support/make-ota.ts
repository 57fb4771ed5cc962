/** Builds update packages as AOSP's tools do: an A/B payload or a block update, signed as a whole. */
import { createHash } from 'node:crypto';
import { makeZip, type ZipPart } from './make-zip.ts';
import type { Signer } from './signer.ts';

export const metadataName = 'META-INF/com/android/metadata';

export const fullMetadata: Readonly<Record<string, string>> = {
  'ota-required-cache': '0',
  'ota-type': 'AB',
  'post-build': 'Acme/m1/M1:13/TQ3A.1/20260801:user/release-keys',
  'post-build-incremental': '20260801',
  'post-sdk-level': '33',
  'post-security-patch-level': '2026-08-01',
  'post-timestamp': '1785542400',
  'pre-device': 'M1',
};

export function metadataText(values: Readonly<Record<string, string>>): string {
  const lines = Object.entries(values).map(([key, value]) => `${key}=${value}\n`);
  return lines.join('');
}

/** "CrAU", version 2, a manifest, its signature, blobs (update_engine, payload_metadata.cc). */
export function makePayload(blobBytes = 4000, manifestBytes = 300, signatureBytes = 267): Buffer {
  const header = Buffer.alloc(24);
  header.write('CrAU', 0, 'latin1');
  header.writeBigUInt64BE(2n, 4);
  header.writeBigUInt64BE(BigInt(manifestBytes), 12);
  header.writeUInt32BE(signatureBytes, 20);
  const rest = Buffer.alloc(manifestBytes + signatureBytes + blobBytes, 0x5c);
  return Buffer.concat([header, rest]);
}

export function payloadProperties(payload: Buffer, manifestBytes = 300): string {
  const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('base64');
  return metadataText({
    FILE_HASH: hash(payload),
    FILE_SIZE: String(payload.length),
    METADATA_HASH: hash(payload.subarray(0, 24 + manifestBytes)),
    METADATA_SIZE: String(24 + manifestBytes),
  });
}

export interface OtaPlan {
  readonly metadata?: Readonly<Record<string, string>>;
  readonly payload?: Buffer;
  readonly properties?: string;
  readonly more?: readonly ZipPart[];
}

/** An unsigned A/B update. */
export function makeAbOta(plan: OtaPlan = {}): Buffer {
  const payload = plan.payload ?? makePayload();
  return makeZip([
    { name: metadataName, content: metadataText(plan.metadata ?? fullMetadata) },
    { name: 'payload.bin', content: payload },
    { name: 'payload_properties.txt', content: plan.properties ?? payloadProperties(payload) },
    ...(plan.more ?? []),
  ]);
}

/** An unsigned block update. */
export function makeBlockOta(
  script: string,
  metadata: Readonly<Record<string, string>> = { ...fullMetadata, 'ota-type': 'BLOCK' },
  data = Buffer.alloc(5000, 7),
) {
  return makeZip([
    { name: metadataName, content: metadataText(metadata), deflate: true },
    { name: 'META-INF/com/google/android/update-binary', content: 'ELF', deflate: true },
    { name: 'META-INF/com/google/android/updater-script', content: script, deflate: true },
    { name: 'system.new.dat', content: data, deflate: true },
  ]);
}

const message = Buffer.from('signed by SignApk\0', 'latin1');

/** As SignApk signs whole files: everything before the comment's length, the signature in the comment. */
export function signWhole(zip: Buffer, signer: Signer, more?: readonly string[]): Buffer {
  const covered = zip.subarray(0, -2);
  return withComment(covered, signer.sign(covered, more));
}

/** `covered`: a zip without comment and without its comment's length. */
export function withComment(covered: Buffer, cms: Uint8Array, before = message): Buffer {
  const footer = Buffer.alloc(6);
  const commentBytes = before.length + cms.length + footer.length;
  footer.writeUInt16LE(cms.length + footer.length, 0);
  footer.writeUInt16LE(0xffff, 2);
  footer.writeUInt16LE(commentBytes, 4);
  const length = Buffer.alloc(2);
  length.writeUInt16LE(commentBytes);
  return Buffer.concat([covered, length, before, cms, footer]);
}
