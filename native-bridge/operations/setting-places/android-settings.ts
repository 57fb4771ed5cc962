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
} from '../../protocols/android/index.ts';
import type { AdbSession } from '../../sessions/adb/adb-session.ts';
import { encoded, type Place, type Value } from '../setting-value.ts';
import { runCommand } from './android-shell.ts';

export async function readAndroidSetting(
  session: AdbSession,
  { source: { from, key } }: Place,
  signal?: AbortSignal,
): Promise<Value> {
  if (from === 'android-content') {
    return encoded(parseContentRow(await runCommand(session, contentQuery(key), { signal }), key));
  }
  const [table, name] = inTable(key);
  const output = await runCommand(session, ['settings', 'get', table, name], { signal });
  const text = output.replace(/\r?\n$/, '');
  // `settings get` prints the word for a missing row; a row that holds the word is written by nobody.
  return encoded(meantSetting(key, text === 'null' ? null : text));
}

/** null: the row is removed. Throws as `runCommand`. */
export async function writeAndroidSetting(
  session: AdbSession,
  { source: { from, key } }: Place,
  text: string | null,
): Promise<void> {
  await runCommand(session, commandFor(from, key, text));
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
