/**
 * `dumpsys package NAME` (PackageManagerService's settings dump). The block under `Packages:` is the
 * installed app; a block under `Hidden system packages:` is the version it replaced. Times stand in
 * the terminal's zone without saying so.
 */
import { linesOf } from './text.ts';
import { integerOf, wordOf } from './values.ts';

export interface AndroidPackage {
  /** For the first user. */
  readonly installed: boolean | null;
  /** It can be opened. */
  readonly enabled: boolean | null;
  readonly versionName: string | null;
  readonly versionCode: number | null;
  /** `2025-09-12T04:32:22`, in the terminal's zone. */
  readonly firstInstall: string | null;
  readonly lastUpdate: string | null;
  /**
   * The short hashes of the certificates that this command prints, separated by commas. They tell
   * a change, not a signer: 32 bits are no digest.
   */
  readonly signerDigest: string | null;
}

export function parsePackage(text: string): AndroidPackage {
  const lines = linesOf(text);
  if (lines.some((line) => /^\s{0,4}Unable to find package: \S/.test(line))) {
    return { ...unknown, installed: false };
  }
  const block = blockOf(lines);
  if (block === null) return unknown;
  const user = block.find((line) => /^\s{2,8}User 0:/.test(line)) ?? '';
  const isInstalled = flagIn(user, /\binstalled=(true|false)\b/);
  const version = block.find((line) => /^\s{2,8}versionCode=/.test(line)) ?? '';
  return {
    installed: isInstalled,
    enabled: isInstalled === false ? false : enabledOf(user),
    versionName: wordOf(valueOf(block, 'versionName')),
    versionCode: integerOf(/versionCode=(\d{1,15})\b/.exec(version)?.[1]),
    firstInstall: timeOf(valueOf(block, 'firstInstallTime')),
    lastUpdate: timeOf(valueOf(block, 'lastUpdateTime')),
    signerDigest: signersOf(valueOf(block, 'signatures')),
  };
}

const unknown: AndroidPackage = {
  installed: null,
  enabled: null,
  versionName: null,
  versionCode: null,
  firstInstall: null,
  lastUpdate: null,
  signerDigest: null,
};

/** The lines of the first `Package […]` under `Packages:`; they are indented deeper than it is. */
function blockOf(lines: readonly string[]): readonly string[] | null {
  const from = lines.findIndex((line) => /^Packages:/.test(line));
  if (from < 0 || !/^\s{1,4}Package \[\S{1,256}\] \(/.test(lines[from + 1] ?? '')) return null;
  const rest = lines.slice(from + 2);
  const end = rest.findIndex((line) => !/^\s{3}/.test(line));
  return end < 0 ? rest : rest.slice(0, end);
}

function valueOf(block: readonly string[], key: string): string | undefined {
  const line = block.find((each) => each.trimStart().startsWith(`${key}=`));
  return line?.slice(line.indexOf('=') + 1).trim();
}

function flagIn(line: string, pattern: RegExp): boolean | null {
  const word = pattern.exec(line)?.[1];
  return word === undefined ? null : word === 'true';
}

/**
 * PackageManager.COMPONENT_ENABLED_STATE_*: 0 as the app is made, which is enabled; 2 to 4 not. What
 * a management app has hidden or suspended can't be opened either.
 */
function enabledOf(user: string): boolean | null {
  if (/\b(?:hidden|suspended)=true\b/.test(user)) return false;
  const state = /\benabled=(\d)\b/.exec(user)?.[1];
  return state === undefined ? null : state === '0' || state === '1';
}

function timeOf(text: string | undefined): string | null {
  const [, date, time] = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)\b/.exec(text ?? '') ?? [];
  return date === undefined || time === undefined ? null : `${date}T${time}`;
}

/** `PackageSignatures{6ec696 version:3, signatures:[b4addb29], past…}`; Android 7 has the list alone. */
function signersOf(text: string | undefined): string | null {
  const list =
    /^PackageSignatures\{[0-9a-f]{1,16}(?: version:\d{1,4})?,? (?:signatures:)?\[([0-9a-f, ]{1,512})\]/.exec(
      text ?? '',
    )?.[1];
  return (
    list
      ?.split(',')
      .map((each) => each.trim())
      .join(',') ?? null
  );
}
