/**
 * Says everything about an app's file without a terminal: which app and version, who signed it,
 * whether it is whole. What speaks against it on one terminal is `judgeApk`'s.
 */
import { createHash } from 'node:crypto';
import type { Facts } from '../../contract/common.ts';
import type { Fault } from '../../contract/fault.ts';
import { faultWords } from '../../wording/index.ts';
import { FirmwareError } from '../firmware-error.ts';
import type { RandomAccess } from '../random-access.ts';
import { feed, type FileProgress } from '../streaming.ts';
import { ZipArchive } from '../zip/zip-archive.ts';
import { readManifest, type ApkManifest } from './manifest.ts';
import { signersFor } from './seen-signers.ts';
import { checkApkSignature, type ApkSignature } from './signature.ts';

export interface ApkInspection {
  readonly format: 'apk';
  /** `cannot-verify`: signed the old way only, which is not verified here. */
  readonly verdict: 'good' | 'refused' | 'cannot-verify';
  readonly faults: readonly Fault[];
  readonly sizeBytes: number;
  /** SHA-256 of the whole file, hex. */
  readonly fileSha256: string;
  readonly manifest: ApkManifest | null;
  readonly signature: ApkSignature | null;
  /** Processors that its native code is for, as `ro.product.cpu.abilist` names them; none: any. */
  readonly abis: readonly string[];
}

const manifestName = 'AndroidManifest.xml';
const maxManifestBytes = 4 * 1024 * 1024;

/**
 * Progress while it reads, the inspection at the end. Throws FirmwareError `file-changed`,
 * `file-unreadable`; what is wrong with the app is in the result.
 */
export async function* inspectApk(
  file: RandomAccess,
): AsyncGenerator<FileProgress, ApkInspection, void> {
  const faults: Fault[] = [];
  let manifest: ApkManifest | null = null;
  let signature: ApkSignature | null = null;
  let abis: string[] = [];
  const whole = createHash('sha256');
  // Hashed first, verified then: twice the bytes, and the bar says so.
  const totalBytes = 2 * file.sizeBytes;
  const reading = feed(file, [{ startBytes: 0, endBytes: file.sizeBytes, sink: whole }]);
  for await (const { doneBytes } of reading) yield { doneBytes, totalBytes };
  try {
    const zip = await ZipArchive.open(file);
    abis = abisOf(zip);
    manifest = readManifest(await zip.read(manifestName, maxManifestBytes));
    const checking = checkApkSignature(file, zip);
    let step = await checking.next();
    for (; step.done !== true; step = await checking.next()) {
      yield { doneBytes: file.sizeBytes + step.value.doneBytes, totalBytes };
    }
    signature = step.value;
    faults.push(...signatureFaults(signature));
  } catch (error) {
    const isOurs = error instanceof FirmwareError && error.code === 'package-malformed';
    if (!isOurs) throw error;
    faults.push(error.fault);
  }
  const sound = signature?.state === 'v1-only' ? 'cannot-verify' : 'good';
  return {
    format: 'apk',
    verdict: faults.length > 0 ? 'refused' : sound,
    faults,
    sizeBytes: file.sizeBytes,
    fileSha256: whole.digest('hex'),
    manifest,
    signature,
    abis,
  };
}

function abisOf({ entries }: ZipArchive): string[] {
  const names = [...entries.keys()].flatMap(
    (name) => /^lib\/([\w-]{1,32})\/[^/]+\.so$/.exec(name)?.[1] ?? [],
  );
  return [...new Set(names)];
}

function signatureFaults({ state, problem }: ApkSignature): Fault[] {
  if (state === 'unsigned') return [new FirmwareError('image-unsigned').fault];
  if (state !== 'wrong') return [];
  return [new FirmwareError('image-signature-wrong', { problem: problem ?? '' }).fault];
}

/** What the profile asks of an app, and what the terminal has; null: not asked, not known. */
export interface ApkTarget {
  readonly packageName: string;
  /** SHA-256 of certificates, hex, that may have signed it; none: any. */
  readonly certificates: readonly string[];
  readonly installedVersionCode: number | null;
  readonly sdkLevel: number | null;
}

export interface ApkObjection {
  readonly code: string;
  readonly facts: Facts;
  readonly allowable: boolean;
}

/** What speaks against this app on this terminal; as the flash engine's blockers. */
export function judgeApk(
  { faults, manifest, signature }: ApkInspection,
  target: ApkTarget,
): ApkObjection[] {
  const objections: ApkObjection[] = faults.map((fault) => {
    const reason = {
      'reason.zh-CN': faultWords(fault, 'zh-CN').what,
      'reason.en': faultWords(fault, 'en').what,
    };
    return { code: 'image-refused', facts: reason, allowable: false };
  });
  const object = (code: string, facts: Facts = {}): void => {
    objections.push({ code, facts, allowable: false });
  };
  if (manifest === null || signature === null) return objections;
  const { packageName, versionCode, minSdkVersion } = manifest;
  if (packageName !== target.packageName) {
    object('apk-other-app', { found: packageName, expected: target.packageName });
  }
  if (signature.state === 'v1-only') object('apk-unverified');
  else if (signature.state === 'valid' && signersFor(signature, target.sdkLevel).length === 0) {
    object('apk-signed-for-others', { found: target.sdkLevel ?? 0 });
  } else if (!isBySigner(signature, target)) object('apk-other-signer');
  const installed = target.installedVersionCode;
  if (versionCode !== null && installed !== null && versionCode < installed) {
    // As texts: a code is no quantity, and is shown as it is written.
    object('apk-older', { version: String(versionCode), installed: String(installed) });
  }
  if (minSdkVersion !== null && target.sdkLevel !== null && minSdkVersion > target.sdkLevel) {
    object('apk-needs-android', { needed: minSdkVersion, found: target.sdkLevel });
  }
  if (manifest.split !== null) object('apk-part', { part: manifest.split });
  return objections;
}

/** As `SeenSigner.certificate` writes them, from either form that a profile may use. */
export function digestsOf(certificates: readonly string[]): ReadonlySet<string> {
  return new Set(certificates.map((digest) => digest.replaceAll(':', '').toLowerCase()));
}

/** Every signer that the terminal goes by has to be one of them. */
function isBySigner(
  signature: ApkSignature,
  { certificates: known, sdkLevel }: ApkTarget,
): boolean {
  const wanted = digestsOf(known);
  const signers = signersFor(signature, sdkLevel);
  return wanted.size === 0 || signers.every(({ certificate }) => wanted.has(certificate));
}
