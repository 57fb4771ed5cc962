/** Reads every setting that the profile names, but for the secrets, and keeps what it read. */
import { randomUUID } from 'node:crypto';
import { BridgeFault, faultOf } from '../../contract/bridge-fault.ts';
import type { Backup } from '../../contract/backup.ts';
import type { Connection } from '../../connections/connection.ts';
import { ageMs } from '../age.ts';
import type { Context } from '../context.ts';
import { hexOf } from '../setting-value.ts';
import { readSetting } from '../setting-places/index.ts';

/** The line is lost or the work is to end: what was read so far is no backup. */
const ends: ReadonlySet<string> = new Set(['cancelled', 'port-vanished', 'port-failed']);

/**
 * The caller holds the line. null: the model has no settings to back up. Throws `cancelled`, what a
 * lost line throws, and what the records throw: without a backup on the disk nothing goes on.
 */
export async function takeBackup(
  context: Context,
  connection: Connection,
  caseId: string | null,
  reason: Backup['reason'],
  signal: AbortSignal,
): Promise<Backup | null> {
  const { profile, identity, terminalId, session } = connection;
  if (profile.settings.length === 0) return null;
  const values: Backup['values'] = [];
  const unread: Backup['unread'] = [];
  for (const setting of profile.settings) {
    if (setting.secret) continue;
    try {
      const bytes = hexOf(await readSetting(session, setting, signal));
      values.push({ key: setting.key, bytes });
    } catch (error) {
      const fault = faultOf(error, signal.aborted);
      if (ends.has(fault.code)) throw BridgeFault.of(fault);
      unread.push({ key: setting.key, code: fault.code });
    }
  }
  const backup: Backup = {
    format: 1,
    id: randomUUID(),
    terminalId,
    caseId,
    atUtc: new Date().toISOString(),
    reason,
    profile: profile.name,
    model: identity.model,
    serialNumber: identity.serialNumber,
    firmwareVersion: identity.firmwareVersion,
    values,
    reenter: profile.settings.filter((s) => s.secret).map((s) => s.key),
    unread,
  };
  // Its age counts from here.
  ageMs(context, backup.atUtc);
  await context.records.saveBackup(backup);
  return backup;
}
