/**
 * Firmware versions: `major.minor.revision` and a build number, written `+build` by imgtool and
 * `.build` by Zephyr's image group (`1.1.0.5`); a missing build is 0.
 */

export interface Version {
  readonly major: number;
  readonly minor: number;
  readonly revision: number;
  readonly build: number;
}

const pattern = /^(\d{1,3})\.(\d{1,3})\.(\d{1,5})(?:[+.](\d{1,10}))?$/;

/** null where the text is no such version, or a part is too large for MCUboot's header. */
export function parseVersion(text: string): Version | null {
  const parts = pattern.exec(text.trim());
  if (!parts) return null;
  const [major = 0, minor = 0, revision = 0, build = 0] = parts.slice(1).map((p) => Number(p || 0));
  if (major > 0xff || minor > 0xff || revision > 0xffff || build > 0xffff_ffff) return null;
  return { major, minor, revision, build };
}

/** imgtool's spelling; a build of 0 is left out. */
export function formatVersion({ major, minor, revision, build }: Version): string {
  return `${major}.${minor}.${revision}${build === 0 ? '' : `+${build}`}`;
}

/**
 * Negative where `a` is older than `b`, 0 where they are the same. NaN where one is no version, so
 * that every comparison of the result is false.
 */
export function compareVersions(a: string, b: string): number {
  const left = parseVersion(a);
  const right = parseVersion(b);
  if (!left || !right) return Number.NaN;
  return (
    left.major - right.major ||
    left.minor - right.minor ||
    left.revision - right.revision ||
    left.build - right.build
  );
}
