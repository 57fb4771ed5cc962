/**
 * Which of an app's signers an Android goes by: Android 13 and later by version 3.1 where one of its
 * signers is for them, Android 9 and later by version 3, those before and apps without it by version 2
 * (AOSP, ApkSignatureSchemeV3Verifier.verify; source.android.com, "APK signature scheme v3.1").
 */
import type { SchemeVersion } from './signing-block.ts';

export interface SeenSigner {
  readonly scheme: SchemeVersion;
  /** API levels that it is for. */
  readonly minSdk: number;
  readonly maxSdk: number;
  /** SHA-256 of its certificate, hex: as `apksigner verify --print-certs` shows it. */
  readonly certificate: string;
  /** As `dumpsys package` prints an installed app's; see `shortHash` (signature.ts). */
  readonly shortHash: string;
}

const firstWith31 = 33;
const firstWith3 = 28;

/** `sdkLevel` null: not known, so the newest scheme's. Empty: none is for that Android. */
export function signersFor(
  { signers }: { readonly signers: readonly SeenSigner[] },
  sdkLevel: number | null,
): readonly SeenSigner[] {
  const of = (scheme: SchemeVersion) => signers.filter((signer) => signer.scheme === scheme);
  const [rotated, third, second] = [of(3.1), of(3), of(2)];
  const newest = [rotated, third].find((each) => each.length > 0) ?? second;
  if (sdkLevel === null) return newest;
  const forIt = ({ minSdk, maxSdk }: SeenSigner) => minSdk <= sdkLevel && sdkLevel <= maxSdk;
  const rotatedForIt = sdkLevel < firstWith31 ? [] : rotated.filter(forIt);
  if (rotatedForIt.length > 0) return rotatedForIt;
  if (sdkLevel >= firstWith3 && third.length > 0) return third.filter(forIt);
  return second.length > 0 ? second : newest;
}
