/** The settings as they are now, beside what they should be. */
import { faultOf } from '../contract/bridge-fault.ts';
import type { SettingRow } from '../contract/correction.ts';
import type { Params, Result } from '../contract/requests.ts';
import type { SmpSession } from '../sessions/smp/smp-session.ts';
import type { Profile, Setting } from '../terminals/profile.ts';
import type { Context } from './context.ts';
import { toHex } from './firmware-state.ts';
import { encoded, readSetting, sameValue, shownText, textOf } from './setting-value.ts';

export async function readSettings(
  context: Context,
  { terminalId }: Params<'readSettings'>,
  signal: AbortSignal,
): Promise<Result<'readSettings'>> {
  const connection = context.connections.get(terminalId);
  const detail = { key: 'activity_reading', facts: {} };
  const hold = await connection.use('read', 'reading', detail, signal);
  try {
    const rows = await settingRows(connection.session, connection.profile, signal);
    return { terminalId, rows };
  } finally {
    hold.release();
  }
}

/** Every setting of the profile as it is now, beside what it should be. Secrets are not read. */
export async function settingRows(
  session: SmpSession,
  profile: Profile,
  signal: AbortSignal,
): Promise<SettingRow[]> {
  const rows: SettingRow[] = [];
  for (const setting of profile.settings) rows.push(await settingRow(session, setting, signal));
  return rows;
}

async function settingRow(
  session: SmpSession,
  setting: Setting,
  signal: AbortSignal,
): Promise<SettingRow> {
  const { key, labels, type, expected, secret, restartNeeded } = setting;
  const base = { key, labels: { ...labels }, type, expected, secret, restartNeeded };
  if (secret) return { ...base, expected: null, current: null, differs: false, failure: null };
  try {
    const value = await readSetting(session, setting, signal);
    const differs = expected !== null && !sameValue(value, encoded(expected));
    const bytes = value !== null && textOf(value) === null ? { bytes: toHex(value) } : {};
    return { ...base, ...bytes, current: shownText(value), differs, failure: null };
  } catch (error) {
    const failure = faultOf(error, signal.aborted);
    if (['cancelled', 'port-vanished'].includes(failure.code)) throw error;
    return { ...base, current: null, differs: false, failure };
  }
}
