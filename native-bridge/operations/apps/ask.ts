/** Questions to a terminal's package manager, each a short command with a deadline. */
import { BridgeFault } from '../../contract/bridge-fault.ts';
import type { InstalledApp } from '../../contract/app.ts';
import { parsePackage, parseStorage, quoteCommand } from '../../protocols/android/index.ts';
import type { AdbSession } from '../../sessions/adb/adb-session.ts';

const askTimeoutMs = 15_000;
const maxOutputBytes = 4 * 1024 * 1024;

/**
 * Both streams, one behind the other. Throws `command-unsupported` where there is no such command, and
 * what the session throws.
 */
export async function ask(
  session: AdbSession,
  command: readonly string[],
  signal?: AbortSignal,
  timeoutMs = askTimeoutMs,
): Promise<string> {
  const wait = { timeoutMs, signal, maxOutputBytes };
  const { output, errorOutput, exitCode } = await session.shell(quoteCommand(command), wait);
  if (exitCode === 127) throw new BridgeFault('command-unsupported', { command: command[0] ?? '' });
  return `${output}\n${errorOutput}`;
}

/** null: it is not installed. Throws `reply-malformed` where that can't be told, and as `ask`. */
export async function readInstalled(
  session: AdbSession,
  packageName: string,
  signal?: AbortSignal,
): Promise<InstalledApp | null> {
  const told = parsePackage(await ask(session, ['dumpsys', 'package', packageName], signal));
  if (told.installed === false) return null;
  if (told.installed === null || told.versionCode === null) {
    throw new BridgeFault('reply-malformed', { command: `dumpsys package ${packageName}` });
  }
  const { versionName, versionCode, enabled, lastUpdate, signerDigest } = told;
  const signerHashes = signerDigest === null ? [] : signerDigest.split(',');
  return { packageName, versionName, versionCode, signerHashes, enabled, lastUpdate };
}

/** null: not told. Throws as `ask`. */
export async function readFreeBytes(
  session: AdbSession,
  signal?: AbortSignal,
): Promise<number | null> {
  return parseStorage(await ask(session, ['df', '-k', '/data'], signal)).dataFreeBytes;
}

/** '' where it is not set. Throws as `ask`. */
export async function readProperty(
  session: AdbSession,
  name: string,
  signal?: AbortSignal,
): Promise<string> {
  return (await ask(session, ['getprop', name], signal)).trim();
}
