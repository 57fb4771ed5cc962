/**
 * Is this app as its signers made it? By every scheme that it is signed with, v3.1, v3 and v2 (AOSP,
 * apksig, ApkSignatureSchemeV2Verifier and V3Verifier), whichever of them a terminal goes by
 * (seen-signers.ts): every signer's strongest signature over its signed data, the key of its
 * certificate, and the digest of the app's content. JAR signatures (v1) alone are only named:
 * they leave parts of the file unsigned, and no system since Android 7 needs them.
 */
import { constants, createHash, createPublicKey, verify, X509Certificate } from 'node:crypto';
import type { RandomAccess } from '../random-access.ts';
import type { FileProgress } from '../streaming.ts';
import type { ZipArchive } from '../zip/zip-archive.ts';
import { contentDigests, type ApkSections, type ContentHash } from './content-digest.ts';
import type { SeenSigner } from './seen-signers.ts';
import {
  readSigningBlock,
  type ApkSigner,
  type SchemeVersion,
  type SigningBlock,
} from './signing-block.ts';

export type ApkSignatureProblem =
  | 'no-signer'
  /** None of its signatures is of a kind that is known here. */
  | 'algorithm'
  | 'signature'
  /** The key that signed is not the certificate's. */
  | 'certificate'
  /** One says that there is one of a newer version, and there is none such: it was taken out. */
  | 'newer-missing'
  /** The content is not what was signed. */
  | 'altered';

export interface ApkSignature {
  readonly state: 'valid' | 'wrong' | 'v1-only' | 'unsigned';
  /** The newest. */
  readonly scheme: 1 | SchemeVersion | null;
  /** SHA-256 of the newest scheme's signers' certificates, hex. */
  readonly certificates: readonly string[];
  /** Of every scheme; which of them count is the Android's to say: `signersFor`. */
  readonly signers: readonly SeenSigner[];
  readonly problem: ApkSignatureProblem | null;
}

interface Algorithm {
  readonly hash: ContentHash;
  readonly padding?: number;
  readonly saltLength?: number;
}

const pss = constants.RSA_PKCS1_PSS_PADDING;
const pkcs1 = constants.RSA_PKCS1_PADDING;

/** Strongest first. DSA and the fs-verity kinds are left out: no store or vendor tool makes them alone. */
const algorithms: ReadonlyMap<number, Algorithm> = new Map<number, Algorithm>([
  [0x0102, { hash: 'sha512', padding: pss, saltLength: 64 }],
  [0x0104, { hash: 'sha512', padding: pkcs1 }],
  [0x0202, { hash: 'sha512' }],
  [0x0101, { hash: 'sha256', padding: pss, saltLength: 32 }],
  [0x0103, { hash: 'sha256', padding: pkcs1 }],
  [0x0201, { hash: 'sha256' }],
]);

const newestFirst: readonly SchemeVersion[] = [3.1, 3, 2];

/** Throws FirmwareError `package-malformed`, and as the file's `read`. */
export async function* checkApkSignature(
  file: RandomAccess,
  zip: ZipArchive,
): AsyncGenerator<FileProgress, ApkSignature, void> {
  const block = await readSigningBlock(file, zip.directoryOffset);
  const schemes = newestFirst.filter((version) => block?.signers.has(version));
  const [scheme] = schemes;
  if (block === null || scheme === undefined) return withoutBlock(zip);
  const of = (version: SchemeVersion) => block.signers.get(version) ?? [];
  const seen = schemes.flatMap((version) => of(version).map((signer) => seenOf(signer, version)));
  const certificates = seen.filter((one) => one.scheme === scheme).map((one) => one.certificate);
  const result = (problem: ApkSignatureProblem | null): ApkSignature => {
    const state = problem === null ? 'valid' : 'wrong';
    return { state, scheme, certificates, signers: seen, problem };
  };
  if (schemes.some((version) => of(version).length === 0)) return result('no-signer');
  const signers = schemes.flatMap(of);
  const chosen = signers.map((signer) => ({ signer, id: strongest(signer) }));
  const problem = chosen.map(({ signer, id }) => problemOf(signer, id)).find((one) => one !== null);
  if (problem !== undefined) return result(problem);
  if (isNewerMissing(block)) return result('newer-missing');
  const { directoryOffset, endOffset } = zip;
  const sections = { blockOffset: block.offset, directoryOffset, endOffset };
  return result((yield* isWhole(file, sections, chosen)) ? null : 'altered');
}

function seenOf(
  { certificates: [first], minSdk, maxSdk }: ApkSigner,
  scheme: SchemeVersion,
): SeenSigner {
  return { scheme, minSdk, maxSdk, certificate: sha256(first), shortHash: shortHash(first) };
}

/** Version 2 may say that there is version 3, and version 3 from which Android on there is 3.1. */
function isNewerMissing({ signers }: SigningBlock): boolean {
  const hasThird = signers.has(3) || signers.has(3.1);
  if (!hasThird) return (signers.get(2) ?? []).some(({ namesThird }) => namesThird);
  const rotations = (signers.get(3) ?? []).flatMap(({ rotatesFromSdk }) => rotatesFromSdk ?? []);
  const rotated = signers.get(3.1) ?? [];
  return rotations.some((sdk) => !rotated.some(({ minSdk }) => minSdk <= sdk));
}

interface Chosen {
  readonly signer: ApkSigner;
  /** Of the algorithm that counts. */
  readonly id: number | null;
}

/** Whether the content has every digest that was signed. */
async function* isWhole(
  file: RandomAccess,
  sections: ApkSections,
  chosen: readonly Chosen[],
): AsyncGenerator<FileProgress, boolean, void> {
  const hashes = new Set(chosen.flatMap(({ id }) => algorithms.get(id ?? 0)?.hash ?? []));
  const found = yield* contentDigests(file, sections, [...hashes]);
  return chosen.every(({ signer, id }) => {
    const expected = signer.digests.find(({ algorithm }) => algorithm === id)?.digest;
    const digest = found.get(algorithms.get(id ?? 0)?.hash ?? 'sha256');
    return expected !== undefined && digest?.equals(expected) === true;
  });
}

function withoutBlock({ entries }: ZipArchive): ApkSignature {
  const isJar = [...entries.keys()].some((name) => /^META-INF\/[^/]+\.(?:RSA|DSA|EC)$/i.test(name));
  const state = isJar ? 'v1-only' : 'unsigned';
  return { state, scheme: isJar ? 1 : null, certificates: [], signers: [], problem: null };
}

function strongest({ signatures }: ApkSigner): number | null {
  const offered = new Set(signatures.map(({ algorithm }) => algorithm));
  return [...algorithms.keys()].find((id) => offered.has(id)) ?? null;
}

function problemOf(signer: ApkSigner, id: number | null): ApkSignatureProblem | null {
  const algorithm = algorithms.get(id ?? 0);
  const signature = signer.signatures.find((one) => one.algorithm === id)?.signature;
  if (!algorithm || !signature) return 'algorithm';
  try {
    const key = createPublicKey({
      key: Buffer.from(signer.publicKey),
      format: 'der',
      type: 'spki',
    });
    const { hash, ...options } = algorithm;
    const isRsa = key.asymmetricKeyType === 'rsa';
    if (isRsa !== (options.padding !== undefined)) return 'algorithm';
    if (!verify(hash, signer.signedData, { key, ...options }, signature)) return 'signature';
    const certificate = new X509Certificate(signer.certificates[0] ?? new Uint8Array());
    const isItsKey = certificate.publicKey.equals(key);
    const told = signer.digests.map((one) => one.algorithm).join();
    const isSame = told === signer.signatures.map((one) => one.algorithm).join();
    return isItsKey && isSame ? null : 'certificate';
  } catch {
    return 'certificate';
  }
}

function sha256(bytes: Uint8Array = new Uint8Array()): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/**
 * What Android shows of a certificate: Java's `Arrays.hashCode` of its bytes in hex (AOSP,
 * PackageSignatures.toString and android.content.pm.Signature.hashCode). Two that differ are of two
 * signers; two that are the same are not proven to be of one.
 */
function shortHash(bytes: Uint8Array = new Uint8Array()): string {
  let hash = 1;
  for (const byte of bytes) hash = (Math.imul(31, hash) + ((byte << 24) >> 24)) | 0;
  return (hash >>> 0).toString(16);
}
