/** The settings three ways: as they are now, as the last backup has them, as they should be. */
import { faultOf, type BridgeFault } from '../contract/bridge-fault.ts';
import type { Backup } from '../contract/backup.ts';
import type { SettingRow } from '../contract/correction.ts';
import type { Params, Result } from '../contract/requests.ts';
import type { TerminalSession } from '../connections/terminal-session.ts';
import type { Profile, Setting } from '../terminals/profile.ts';
import type { Context } from './context.ts';
import { toHex } from './firmware-state.ts';
import { encoded, fromHex, sameValue, shownText, textOf } from './setting-value.ts';
import { readerOver } from './readings/reader-over.ts';
import type { SourceReader } from './readings/raw.ts';
import {
  byHand,
  hasLimit,
  versionOf,
  type AndroidVersion,
} from './setting-places/android-limits.ts';
import { isNetwork } from './setting-places/android-wifi-network.ts';
import { isProxy, managedProxy } from './setting-places/managed-proxy.ts';
import type { Value } from './setting-value.ts';
import { unlessSilent } from './unless-silent.ts';

export async function readSettings(
  context: Context,
  { terminalId }: Params<'readSettings'>,
  signal: AbortSignal,
): Promise<Result<'readSettings'>> {
  const connection = context.connections.get(terminalId);
  const detail = { key: 'activity_reading', facts: {} };
  const hold = await connection.use('read', 'reading', detail, signal);
  try {
    const { session, profile } = connection;
    const [newest] = await context.records.listBackups(terminalId, 1);
    // Under another profile the same name may be another setting.
    const backup = newest?.profile === profile.name ? newest : null;
    const heard = unlessSilent(mostUnanswered);
    const onRow = ({ secret, failure }: SettingRow) => {
      if (!secret) heard(failure);
    };
    const rows = await settingRows(session, profile, signal, { backup, onRow });
    return { terminalId, rows };
  } finally {
    hold.release();
  }
}

/** Each was asked for some times over already. */
const mostUnanswered = 2;

interface RowOptions {
  readonly backup?: Backup | null;
  /** Told of each; may end the reading by throwing. */
  readonly onRow?: (row: SettingRow) => void;
}

/** Every setting of the profile as it is now, beside what it should be. Secrets are not read. */
export async function settingRows(
  session: TerminalSession,
  profile: Profile,
  signal: AbortSignal,
  options: RowOptions = {},
): Promise<SettingRow[]> {
  const reader = readerOver(session, signal);
  reader.expect(profile.settings.filter(({ secret }) => !secret).map(({ source }) => source));
  return await settingRowsFrom(reader, profile, signal, options);
}

/** `reader`: shared with other readings, where there are any. */
export async function settingRowsFrom(
  reader: SourceReader,
  profile: Profile,
  signal: AbortSignal,
  { backup = null, onRow = () => undefined }: RowOptions = {},
): Promise<SettingRow[]> {
  const rows: SettingRow[] = [];
  const version = await versionFor(reader, profile);
  const managed = profile.settings.some(isProxy) ? await proxyManaged(reader) : null;
  for (const setting of profile.settings) {
    const row = await settingRow(reader, setting, backup, signal);
    onRow(row);
    const hand = (version && byHand(setting, version)) ?? (isProxy(setting) ? managed : null);
    rows.push(hand ? { ...row, byHand: hand.fault } : row);
  }
  return rows;
}

/** Asked only where a setting depends on it; null: it does not, or the terminal does not say. */
async function versionFor(
  reader: SourceReader,
  { settings }: Profile,
): Promise<AndroidVersion | null> {
  if (!settings.some(hasLimit)) return null;
  const property = async (name: string) =>
    (await reader.fetch({ from: 'android-property', names: [name] })).text;
  try {
    const level = await property('ro.build.version.sdk');
    return versionOf(level, await property('ro.build.version.release'));
  } catch {
    return null;
  }
}

/** null: it is not, or the terminal does not say. */
async function proxyManaged(reader: SourceReader): Promise<BridgeFault | null> {
  return await managedProxy(async (dump, field) => {
    const told = reader.fetch({ from: 'android-dump', dump, field });
    return await told.then(
      ({ text }) => text,
      () => null,
    );
  });
}

async function settingRow(
  reader: SourceReader,
  setting: Setting,
  backup: Backup | null,
  signal: AbortSignal,
): Promise<SettingRow> {
  const { key, labels, type, expected, secret, restartNeeded } = setting;
  const nothing = { current: null, differs: false, backup: null };
  const form = isNetwork(setting) && ({ form: 'wifi-network' } as const);
  const named = { key, labels: { ...labels }, type, ...form };
  const base = { ...named, expected, secret, restartNeeded };
  if (secret) return { ...base, ...nothing, expected: null, failure: null };
  try {
    const value = await reader.settingValue(setting.source);
    return {
      ...base,
      ...bytesOf(value),
      current: shownText(value),
      differs: expected !== null && !sameValue(value, encoded(expected)),
      failure: null,
      backup: inBackup(backup, key, value),
    };
  } catch (error) {
    const failure = faultOf(error, signal.aborted);
    if (['cancelled', 'port-vanished'].includes(failure.code)) throw error;
    return { ...base, ...nothing, failure, backup: inBackup(backup, key, undefined) };
  }
}

const bytesOf = (value: Value): { bytes?: string } =>
  value !== null && textOf(value) === null ? { bytes: toHex(value) } : {};

/** `now`: undefined where it could not be read. */
function inBackup(
  backup: Backup | null,
  key: string,
  now: Value | undefined,
): SettingRow['backup'] {
  const kept = backup?.values.find((one) => one.key === key);
  if (!backup || !kept) return null;
  const value = fromHex(kept.bytes);
  const differs = now !== undefined && !sameValue(now, value);
  return { value: shownText(value), ...bytesOf(value), atUtc: backup.atUtc, differs };
}
