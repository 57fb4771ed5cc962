/**
 * Who signed an APK: the SHA-256 of the certificate in the signing block (AOSP, "APK Signature Scheme
 * v2"; v3 and v3.1 have it at the same place) that this Android goes by, or of the whole v1 signature
 * file. The package manager compares
 * signers; that a signature is right is not looked at here.
 */
import { createHash } from 'node:crypto';
import type { Bytes, Zip } from '../zip/zip.ts';

const MAGIC = 'APK Sig Block 42';
const V2 = 0x7109_871a;
const V3 = 0xf053_68c0;
const V31 = 0x1b93_ad61;
const SDK_OF_V3 = 28;
const SDK_OF_V31 = 33;
const MAX_BLOCK_BYTES = 1024 * 1024;

export interface Signer {
  /** SHA-256 of the certificate, hexadecimal. */
  readonly signer: string;
  /** As `dumpsys package` prints it: `Arrays.hashCode` of the certificate (Signature.hashCode). */
  readonly signerHash: string;
}

/** For this Android's API level. Null: not signed. */
export async function signerOf(apk: Bytes, zip: Zip, sdk: number): Promise<Signer | null> {
  const block = await signingBlock(apk, zip.directoryOffset);
  const certificate = block === null ? null : certificateIn(block, sdk);
  if (certificate !== null) return signerBy(certificate);
  const name = zip.names.find((each) => /^META-INF\/[^/]+\.(RSA|DSA|EC)$/i.test(each));
  const file = name === undefined ? null : await zip.read(name);
  return file === null ? null : signerBy(file);
}

export function signerBy(certificate: Uint8Array): Signer {
  const hash = certificate.reduce(
    (sum, byte) => (Math.imul(sum, 31) + (byte < 128 ? byte : byte - 256)) | 0,
    1,
  );
  return { signer: sha256(certificate), signerHash: (hash >>> 0).toString(16) };
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

async function signingBlock(apk: Bytes, directoryOffset: number): Promise<Buffer | null> {
  if (directoryOffset < 32) return null;
  const foot = await apk.read(directoryOffset - 24, 24);
  if (foot.toString('latin1', 8) !== MAGIC) return null;
  const length = Number(foot.readBigUInt64LE(0));
  if (length > Math.min(MAX_BLOCK_BYTES, directoryOffset - 8) || length < 24) return null;
  return await apk.read(directoryOffset - length, length - 24);
}

/** Of the first signer in the newest block that this Android knows. */
function certificateIn(pairs: Buffer, sdk: number): Buffer | null {
  const blocks = new Map<number, Buffer>();
  for (let at = 0; at + 12 <= pairs.length;) {
    const length = Number(pairs.readBigUInt64LE(at));
    if (length < 4) break;
    blocks.set(pairs.readUInt32LE(at + 8), pairs.subarray(at + 12, at + 8 + length));
    at += 8 + length;
  }
  const known = [...(sdk >= SDK_OF_V31 ? [V31] : []), ...(sdk >= SDK_OF_V3 ? [V3] : []), V2];
  const newest = known.map((id) => blocks.get(id)).find((block) => block !== undefined);
  return newest === undefined ? null : firstCertificate(newest);
}

/** Everything is length-prefixed: signers, signer, signed data, digests, certificates, certificate. */
function firstCertificate(value: Buffer): Buffer | null {
  const signed = inner(inner(inner(value)));
  const digests = inner(signed);
  if (signed === null || digests === null) return null;
  return inner(inner(signed.subarray(4 + digests.length)));
}

function inner(bytes: Buffer | null): Buffer | null {
  if (bytes === null || bytes.length < 4) return null;
  const length = bytes.readUInt32LE(0);
  return 4 + length > bytes.length ? null : bytes.subarray(4, 4 + length);
}
