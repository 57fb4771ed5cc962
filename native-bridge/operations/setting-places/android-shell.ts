/** One command in Android's shell, and whether it was refused: many end well although they were. */
import { BridgeFault } from '../../contract/bridge-fault.ts';
import { quoteCommand, ShellArgumentError } from '../../protocols/android/index.ts';
import type { AdbSession, ShellResult } from '../../sessions/adb/adb-session.ts';
import { plainText } from '../plain-text.ts';

const requestTimeoutMs = 8_000;
const maxOutputBytes = 64 * 1024;

export interface How {
  readonly signal?: AbortSignal | undefined;
  /** It prints nothing when all went well: whatever it prints is its refusal. */
  readonly isQuiet?: boolean;
  readonly maxOutputBytes?: number;
}

/**
 * What it printed. Throws `command-refused` where the shell may not, `command-unsupported`,
 * `setting-value-invalid` for what can't stand in a command, and what the session throws.
 */
export async function runCommand(
  session: AdbSession,
  command: readonly string[],
  how: How = {},
): Promise<string> {
  const name = command.slice(0, 4).join(' ');
  const script = scriptOf(command, name);
  const wait = { timeoutMs: requestTimeoutMs, maxOutputBytes, ...how };
  const result = await session.shell(script, wait);
  if (isMissing(result)) throw new BridgeFault('command-unsupported', { command: name });
  if (isRefusal(result, how.isQuiet === true)) {
    const said = saidBy(result, how.isQuiet === true);
    const meaning = plainText(said.split('\n')[0]?.slice(0, 200) ?? '');
    throw new BridgeFault('command-refused', { command: name, rc: result.exitCode ?? -1, meaning });
  }
  return result.output;
}

/** Both end well although they were refused: then the words tell. */
const refusal =
  /Permission denial|Security ?Exception|Error while accessing|Failed|\[ERROR\]|^Error: /im;
/** In the one stream of a shell before Android 7, where a value that was read may hold such words. */
const refusalAtStart =
  /^\s*(?:Permission denial|Security exception|java\.lang\.|Error while accessing|\[ERROR\])/i;
/** A service that has no commands (yet), or none of this name, says so and ends well. */
const missing = /No shell command implementation|Can't find service|^Unknown command/im;

function isMissing({ errorOutput, exitCode }: ShellResult): boolean {
  return exitCode === 127 || missing.test(errorOutput);
}

function isRefusal({ output, errorOutput, exitCode }: ShellResult, isQuiet: boolean): boolean {
  if (isQuiet && `${output}${errorOutput}`.trim() !== '') return true;
  if (exitCode === null) return refusalAtStart.test(output);
  return exitCode !== 0 || refusal.test(errorOutput);
}

function saidBy({ output, errorOutput, exitCode }: ShellResult, isQuiet: boolean): string {
  return `${errorOutput}\n${exitCode === 0 && !isQuiet ? '' : output}`.trim();
}

function scriptOf(command: readonly string[], name: string): string {
  try {
    return quoteCommand(command);
  } catch (cause) {
    if (!(cause instanceof ShellArgumentError)) throw cause;
    throw new BridgeFault('setting-value-invalid', { key: name }, { cause });
  }
}
