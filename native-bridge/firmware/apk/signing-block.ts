/**
 * The APK Signing Block (source.android.com, "APK signature scheme v2", "v3"): it stands right
 * before the zip's directory, with its size at both ends and "APK Sig Block 42" behind. Its pairs
 * hold the schemes' blocks: signers with signed data, signatures over it, and a public key.
 */
import type { RandomAccess } from '../random-access.ts';
import { packageMalformed } from '../firmware-error.ts';
import { ByteReader } from './byte-reader.ts';

export interface ApkSigner {
  /** What the signatures are over. */
  readonly signedData: Uint8Array;
  readonly digests: readonly { readonly algorithm: number; readonly digest: Uint8Array }[];
  /** DER; the first is the signer's. */
  readonly certificates: readonly Uint8Array[];
  /** Signed with it: that the app is signed by version 3 as well. */
  readonly namesThird: boolean;
  readonly signatures: readonly { readonly algorithm: number; readonly signature: Uint8Array }[];
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKey: Uint8Array;
}

export interface SigningBlock {
  /** Where the apps's own entries end. */
  readonly offset: number;
  /** By scheme: 2, 3; absent: not signed so. */
  readonly signers: ReadonlyMap<2 | 3, readonly ApkSigner[]>;
}

const magic = 'APK Sig Block 42';
const footerBytes = 24;
/** Real ones have some kilobytes, padded to 4096. */
const maxBlockBytes = 16 * 1024 * 1024;
const maxPairs = 100;
const maxSigners = 10;
const maxAttributes = 100;
/** AOSP, ApkSignatureSchemeV2Verifier: STRIPPING_PROTECTION_ATTR_ID. */
const newerSchemeAttribute = 0xbeeff00d;
const schemes: Readonly<Record<number, 2 | 3>> = { 0x7109871a: 2, 0xf05368c0: 3 };

/** null: there is none. Throws FirmwareError `package-malformed`. */
export async function readSigningBlock(
  file: RandomAccess,
  directoryOffset: number,
): Promise<SigningBlock | null> {
  if (directoryOffset < footerBytes + 8) return null;
  const footer = await file.read(directoryOffset - footerBytes, footerBytes);
  if (new TextDecoder('latin1').decode(footer.subarray(8)) !== magic) return null;
  const sizeBytes = new ByteReader(footer).u64();
  const offset = directoryOffset - sizeBytes - 8;
  const isSound = sizeBytes >= footerBytes && sizeBytes <= maxBlockBytes && offset >= 0;
  if (!isSound) throw packageMalformed('signing-block');
  const block = new ByteReader(await file.read(offset, sizeBytes - footerBytes + 8));
  if (block.u64() !== sizeBytes) throw packageMalformed('signing-block');
  try {
    return { offset, signers: readPairs(block) };
  } catch (cause) {
    if (cause instanceof RangeError) throw packageMalformed('signing-block', {}, cause);
    throw cause;
  }
}

function readPairs(block: ByteReader): Map<2 | 3, ApkSigner[]> {
  const signers = new Map<2 | 3, ApkSigner[]>();
  for (let n = 0; block.leftBytes > 0; n++) {
    if (n >= maxPairs) throw packageMalformed('signing-block');
    const pair = new ByteReader(block.take(block.u64()));
    const scheme = schemes[pair.u32()];
    if (scheme === undefined) continue;
    if (signers.has(scheme)) throw packageMalformed('signing-block');
    signers.set(
      scheme,
      pair.sequence(maxSigners).map((signer) => readSigner(signer, scheme)),
    );
  }
  return signers;
}

function readSigner(bytes: Uint8Array, scheme: 2 | 3): ApkSigner {
  const signer = new ByteReader(bytes);
  const signedData = signer.prefixed();
  const androids = scheme === 3 ? androidsOf(signer) : '';
  const signatures = signer.sequence(maxSigners).map((piece) => {
    const reader = new ByteReader(piece);
    return { algorithm: reader.u32(), signature: reader.prefixed() };
  });
  const publicKey = signer.prefixed();
  const data = new ByteReader(signedData);
  const digests = data.sequence(maxSigners).map((piece) => {
    const reader = new ByteReader(piece);
    return { algorithm: reader.u32(), digest: reader.prefixed() };
  });
  const certificates = data.sequence(maxSigners);
  if (scheme === 3 && androidsOf(data) !== androids) throw new RangeError('other Androids');
  const namesThird = scheme === 2 && data.leftBytes > 0 && hasThird(data.sequence(maxAttributes));
  return { signedData, digests, certificates, namesThird, signatures, publicKey };
}

/** Of version 3: the first and the last Android that it is for; they stand in the signed data too. */
function androidsOf(reader: ByteReader): string {
  return `${reader.u32()} to ${reader.u32()}`;
}

function hasThird(attributes: readonly Uint8Array[]): boolean {
  return attributes.some((piece) => {
    const attribute = new ByteReader(piece);
    return attribute.u32() === newerSchemeAttribute && attribute.u32() === 3;
  });
}
