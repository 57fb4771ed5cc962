/** What speaks against this app on this terminal, before a byte of it is sent. */
import type { AppInspection, AppObjection, AppRole, InstalledApp } from '../../contract/app.ts';
import type { Facts } from '../../contract/common.ts';
import { digestsOf, judgeApk, type ApkInspection } from '../../firmware/apk/inspect-apk.ts';
import { signersFor } from '../../firmware/apk/seen-signers.ts';

/** The terminal as far as an app cares; null, none: not told. */
export interface AppTarget {
  readonly profile: string;
  readonly role: AppRole;
  readonly installed: InstalledApp | null;
  readonly freeBytes: number | null;
  readonly sdkLevel: number | null;
  readonly abis: readonly string[];
  /** SHA-256 of the certificates that the profile takes this app from; none: any. */
  readonly trustedSigners: readonly string[];
}

type Judged = Pick<AppInspection, 'blockers' | 'warnings'>;

/** Twice the file, where it waits and where it is installed, and some for what Android makes of it. */
const beyondFileBytes = 16 * 1024 * 1024;

/** `target` null: of the file alone. */
export function judgeApp(inspection: ApkInspection, target: AppTarget | null): Judged {
  const objections = judgeApk(inspection, {
    packageName: inspection.manifest?.packageName ?? '',
    certificates: target === null || isByTrusted(inspection, target) ? [] : target.trustedSigners,
    installedVersionCode: target?.installed?.versionCode ?? null,
    sdkLevel: target?.sdkLevel ?? null,
  });
  const blockers = objections.map(({ code, facts, allowable }) =>
    objection('blocker', code === 'image-refused' ? 'app-refused' : code, facts, allowable),
  );
  const { manifest } = inspection;
  if (target === null || manifest === null) return { blockers, warnings: [] };
  const { packageName } = manifest;
  const signer = signerObjection(inspection, target, packageName);
  if (signer !== null) blockers.push(signer);
  const neededBytes = 2 * inspection.sizeBytes + beyondFileBytes;
  const { freeBytes } = target;
  if (freeBytes !== null && freeBytes < neededBytes) {
    blockers.push(objection('blocker', 'app-no-room', { freeBytes, neededBytes }));
  }
  const { abis: found } = inspection;
  if (
    target.abis.length > 0 &&
    found.length > 0 &&
    !found.some((abi) => target.abis.includes(abi))
  ) {
    blockers.push(
      objection('blocker', 'app-wrong-abi', { found: [...found], expected: [...target.abis] }),
    );
  }
  return { blockers, warnings: warningsOf(inspection, target, packageName) };
}

/**
 * What is installed is a trusted signer's, who signed this file as well: where it has a newer key too,
 * Android asks for the proof that one follows the other.
 */
function isByTrusted(
  { signature }: ApkInspection,
  { installed, trustedSigners }: AppTarget,
): boolean {
  const trusted = digestsOf(trustedSigners);
  const theirs = (signature?.signers ?? []).filter(({ certificate }) => trusted.has(certificate));
  const shown = installed?.signerHashes ?? [];
  return (
    shown.length > 0 && shown.every((hash) => theirs.some(({ shortHash }) => shortHash === hash))
  );
}

/** Android compares whole certificates; what it shows of them tells that they differ. */
function signerObjection(
  { signature }: ApkInspection,
  { installed, sdkLevel }: AppTarget,
  packageName: string,
): AppObjection | null {
  if (signature?.state !== 'valid' || installed === null) return null;
  const seen = signersFor(signature, sdkLevel);
  const { signerHashes } = installed;
  const isSame =
    signerHashes.length === seen.length &&
    signerHashes.every((hash) => seen.some(({ shortHash }) => shortHash === hash));
  if (signerHashes.length === 0 || seen.length === 0 || isSame) return null;
  // Scheme v3 can carry the proof that a key follows another one.
  return seen.some(({ scheme }) => scheme >= 3)
    ? objection('blocker', 'app-signer-changed', { package: packageName }, true)
    : objection('blocker', 'app-other-signer', { package: packageName });
}

function warningsOf(
  { manifest }: ApkInspection,
  { installed, freeBytes, profile, role }: AppTarget,
  packageName: string,
): AppObjection[] {
  const warnings: AppObjection[] = [];
  const warn = (code: string, facts: Facts = {}): void => {
    warnings.push(objection('warning', code, facts));
  };
  if (role === null) warn('app-not-named', { package: packageName, profile });
  if (installed !== null && installed.versionCode === manifest?.versionCode) {
    warn('app-same-version', { version: installed.versionName ?? String(installed.versionCode) });
  }
  if (installed?.signerHashes.length === 0) warn('app-signer-unknown');
  if (freeBytes === null) warn('app-room-unknown');
  return warnings;
}

function objection(
  kind: 'blocker' | 'warning',
  code: string,
  facts: Facts,
  allowable = false,
): AppObjection {
  return { code, text: { key: `${kind}_${code.replaceAll('-', '_')}`, facts }, allowable };
}
