/**
 * The APK Signing Block (source.android.com, "APK signature scheme v2", "v3", "v3.1"): it stands right
 * before the zip's directory, with its size at both ends and "APK Sig Block 42" behind. Its pairs
 * hold the schemes' blocks: signers with signed data, signatures over it, and a public key.
 */
import type { RandomAccess } from '../random-access.ts';
import { packageMalformed } from '../firmware-error.ts';
import { ByteReader } from './byte-reader.ts';

export type SchemeVersion = 2 | 3 | 3.1;

export interface ApkSigner {
  /** What the signatures are over. */
  readonly signedData: Uint8Array;
  readonly digests: readonly { readonly algorithm: number; readonly digest: Uint8Array }[];
  /** DER; the first is the signer's. */
  readonly certificates: readonly Uint8Array[];
  /** Signed with it: that the app is signed by version 3 as well. */
  readonly namesThird: boolean;
  /** Of version 3: the first and the last Android that it is for, as API levels. */
  readonly minSdk: number;
  readonly maxSdk: number;
  /** Of version 3: from there on one of version 3.1 counts. null: it says of none. */
  readonly rotatesFromSdk: number | null;
  readonly signatures: readonly { readonly algorithm: number; readonly signature: Uint8Array }[];
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKey: Uint8Array;
}

export interface SigningBlock {
  /** Where the apps's own entries end. */
  readonly offset: number;
  /** Absent: not signed so. */
  readonly signers: ReadonlyMap<SchemeVersion, readonly ApkSigner[]>;
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
/** AOSP, ApkSignatureSchemeV3Verifier: ROTATION_MIN_SDK_VERSION_ATTR_ID. */
const rotationAttribute = 0x559f8b02;
const schemes: Readonly<Record<number, SchemeVersion>> = {
  0x7109871a: 2,
  0xf05368c0: 3,
  0x1b93ad61: 3.1,
};
const anySdk: Sdks = { minSdk: 0, maxSdk: 0x7fffffff };

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

function readPairs(block: ByteReader): Map<SchemeVersion, ApkSigner[]> {
  const signers = new Map<SchemeVersion, ApkSigner[]>();
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

function readSigner(bytes: Uint8Array, scheme: SchemeVersion): ApkSigner {
  const signer = new ByteReader(bytes);
  const signedData = signer.prefixed();
  const sdks = scheme === 2 ? anySdk : readSdks(signer);
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
  const signed = scheme === 2 ? anySdk : readSdks(data);
  if (signed.minSdk !== sdks.minSdk || signed.maxSdk !== sdks.maxSdk) {
    throw new RangeError('other Androids');
  }
  const attributes = data.leftBytes > 0 ? data.sequence(maxAttributes) : [];
  const valueOf = (id: number): number | null => attributeOf(attributes, id);
  const namesThird = scheme === 2 && valueOf(newerSchemeAttribute) === 3;
  const rotatesFromSdk = scheme === 3 ? valueOf(rotationAttribute) : null;
  const names = { namesThird, rotatesFromSdk };
  return { signedData, digests, certificates, ...sdks, ...names, signatures, publicKey };
}

interface Sdks {
  readonly minSdk: number;
  readonly maxSdk: number;
}

/** They stand in the signed data too. */
function readSdks(reader: ByteReader): Sdks {
  return { minSdk: reader.u32(), maxSdk: reader.u32() };
}

/** The number that an attribute holds; null: there is none of that id. */
function attributeOf(attributes: readonly Uint8Array[], id: number): number | null {
  for (const piece of attributes) {
    const attribute = new ByteReader(piece);
    if (attribute.u32() === id) return attribute.u32();
  }
  return null;
}
