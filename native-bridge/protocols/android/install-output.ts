/**
 * What `pm install` and `pm uninstall` print at their end (AOSP, PackageManagerShellCommand): `Success`,
 * or `Failure [INSTALL_FAILED_…: why]`. The line alone proves nothing: what is installed does.
 */
import { linesOf } from './text.ts';

export interface InstallOutput {
  readonly success: boolean;
  /** Android's own word; null: it gave none. */
  readonly refusal: string | null;
  /** What it added, or the line that stands there instead; at most 200 characters. */
  readonly detail: string | null;
}

const maxDetailCharacters = 200;

/** `output`: both streams, one behind the other. */
export function parseInstallOutput(output: string): InstallOutput {
  const lines = linesOf(output)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  for (const line of lines) {
    const [, refusal, detail] =
      /^Failure \[([A-Z][A-Z0-9_]{1,80})(?:: ?(.{1,2000}))?\]?$/.exec(line) ?? [];
    if (refusal !== undefined) return { success: false, refusal, detail: cut(detail) };
  }
  if (lines.includes('Success')) return { success: true, refusal: null, detail: null };
  return { success: false, refusal: null, detail: cut(lines[0]) };
}

function cut(text: string | undefined): string | null {
  return text?.replace(/\]$/, '').slice(0, maxDetailCharacters) ?? null;
}

/**
 * Whether `pm help` offers to clear a cache and keep the data (AOSP, PackageManagerShellCommand:
 * `clear [--user USER_ID] [--cache-only] PACKAGE`, Android 13 and later). That its shell may do it is
 * not said: most builds do not give it the permission.
 */
export function offersCacheOnly(help: string): boolean {
  return linesOf(help).some((line) =>
    /^\s{0,8}clear (?:\[[^\]]{1,40}\] ){0,4}\[--cache-only\] (?:\[[^\]]{1,40}\] ){0,4}PACKAGE/.test(
      line,
    ),
  );
}
