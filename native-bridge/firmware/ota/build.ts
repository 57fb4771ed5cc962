/**
 * A build of Android by its fingerprint, `brand/product/device:RELEASE/id/incremental:type/tags`
 * (Android CDD, 3.2.2): the one name that package and terminal both have for it.
 */

/** What people read of it: `TQ3A.1/20260801`; null: no such fingerprint. */
export function buildName(fingerprint: string): string | null {
  const [, name] = /^[^/:]*\/[^/:]*\/[^/:]*:[^/:]*\/([^/:]+\/[^/:]+):/.exec(fingerprint) ?? [];
  return name ?? null;
}

/** Of a package for several models the build of this one; null: it names none. */
export function buildFor(
  fingerprints: readonly string[],
  devices: readonly string[],
): string | null {
  const own = fingerprints.find((one) => devices.includes(deviceOf(one)));
  return own ?? fingerprints[0] ?? null;
}

function deviceOf(fingerprint: string): string {
  return /^[^/]*\/[^/]*\/([^/:]*):/.exec(fingerprint)?.[1] ?? '';
}
