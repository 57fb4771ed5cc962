/**
 * Settings on Android: rows of the Settings provider's tables, and of vendors' content providers.
 * Both are texts; `settings` and `content` are run in Android's shell, which may write what adb's
 * user may.
 */
import { BridgeFault } from '../../contract/bridge-fault.ts';
import {
  contentQuery,
  contentUpdate,
  meantSetting,
  parseContentRow,
  quoteCommand,
  ShellArgumentError,
} from '../../protocols/android/index.ts';
import type { AdbSession } from '../../sessions/adb/adb-session.ts';
import { plainText } from '../plain-text.ts';
import { encoded, textOf, type Place, type Value } from '../setting-value.ts';

const requestTimeoutMs = 8_000;
const maxOutputBytes = 64 * 1024;

export async function readAndroidSetting(
  session: AdbSession,
  { source: { from, key } }: Place,
  signal?: AbortSignal,
): Promise<Value> {
  if (from === 'android-content') {
    return encoded(parseContentRow(await run(session, contentQuery(key), signal), key));
  }
  const [table, name] = inTable(key);
  const output = await run(session, ['settings', 'get', table, name], signal);
  const text = output.replace(/\r?\n$/, '');
  // `settings get` prints the word for a missing row; a row that holds the word is written by nobody.
  return encoded(meantSetting(key, text === 'null' ? null : text));
}

/**
 * Throws `command-refused` where the shell may not, `setting-value-invalid` for what can't stand in a
 * command, `reply-malformed` for what is no text.
 */
export async function writeAndroidSetting(
  session: AdbSession,
  { source: { from, key } }: Place,
  value: Value,
): Promise<void> {
  const text = value === null ? null : textOf(value);
  if (value !== null && text === null) {
    throw new BridgeFault('reply-malformed', { command: key, expected: 'UTF-8' });
  }
  await run(session, commandFor(from, key, text));
}

function commandFor(
  from: Place['source']['from'],
  key: string,
  text: string | null,
): readonly string[] {
  if (from === 'android-content') {
    if (text === null) throw new BridgeFault('command-unsupported', { command: 'content delete' });
    return contentUpdate(key, text);
  }
  const [table, name] = inTable(key);
  return text === null
    ? ['settings', 'delete', table, name]
    : ['settings', 'put', table, name, text];
}

function inTable(key: string): [table: string, name: string] {
  const slash = key.indexOf('/');
  return [key.slice(0, slash), key.slice(slash + 1)];
}

/** Both commands end well although they were refused: then the words tell. */
const refusal = /Permission denial|SecurityException|Error while accessing|Failed|\[ERROR\]/i;
/** In the one stream of a shell before Android 7, where a value that was read may hold such words. */
const refusalAtStart =
  /^\s*(?:Permission denial|Security exception|java\.lang\.|Error while accessing|\[ERROR\])/i;

async function run(
  session: AdbSession,
  command: readonly string[],
  signal?: AbortSignal,
): Promise<string> {
  const name = command.slice(0, 4).join(' ');
  const script = scriptOf(command, name);
  const wait = { timeoutMs: requestTimeoutMs, signal, maxOutputBytes };
  const { output, errorOutput, exitCode } = await session.shell(script, wait);
  if (exitCode === 127) throw new BridgeFault('command-unsupported', { command: name });
  const said = `${errorOutput}\n${exitCode === 0 ? '' : output}`.trim();
  const isRefused =
    exitCode === null ? refusalAtStart.test(output) : exitCode !== 0 || refusal.test(errorOutput);
  if (isRefused) {
    const meaning = plainText(said.split('\n')[0]?.slice(0, 200) ?? '');
    throw new BridgeFault('command-refused', { command: name, rc: exitCode ?? -1, meaning });
  }
  return output;
}

function scriptOf(command: readonly string[], name: string): string {
  try {
    return quoteCommand(command);
  } catch (cause) {
    if (!(cause instanceof ShellArgumentError)) throw cause;
    throw new BridgeFault('setting-value-invalid', { key: name }, { cause });
  }
}
