/** What is different from a backup now, and putting it back: a correction like any other. */
import { faultOf } from '../../contract/bridge-fault.ts';
import type { Backup } from '../../contract/backup.ts';
import type { Correction } from '../../contract/correction.ts';
import type { Connection } from '../../connections/connection.ts';
import type { Planned } from '../apply-values.ts';
import type { Context } from '../context.ts';
import { journalled } from '../corrections.ts';
import { fromHex, readSetting, sameValue } from '../setting-value.ts';

export interface Compared {
  /** How many settings were compared. */
  readonly compared: number;
  /** Those that are not as in the backup, with both values. */
  readonly changed: readonly Planned[];
  /** What the terminal does not tell now. */
  readonly unread: readonly string[];
  readonly reenter: readonly string[];
}

/**
 * The caller holds the line. Settings that the profile does not name (any more) are left alone. A
 * setting that the backup says was not set is not removed: the new firmware may have added it.
 */
export async function compareBackup(
  { profile, session }: Connection,
  backup: Backup,
  signal?: AbortSignal,
): Promise<Compared> {
  const changed: Planned[] = [];
  const unread: string[] = [];
  let compared = 0;
  for (const { key, bytes } of backup.values) {
    const setting = profile.settings.find((one) => one.key === key);
    const value = fromHex(bytes);
    if (!setting || setting.secret || value === null) continue;
    try {
      const before = await readSetting(session, setting, signal);
      compared++;
      if (!sameValue(before, value)) changed.push({ setting, value, before });
    } catch (error) {
      if (faultOf(error, signal?.aborted).code === 'cancelled') throw error;
      unread.push(key);
    }
  }
  return { compared, changed, unread, reenter: backup.reenter };
}

export interface Restored {
  readonly restored: string[];
  readonly failed: string[];
  readonly correction: Correction | null;
}

/**
 * Writes back what differs. Where one setting does not take it, the others are put back one by one:
 * a new firmware that no longer knows a setting must not cost the rest.
 */
export async function restoreChanged(
  context: Context,
  connection: Connection,
  caseId: string,
  changed: readonly Planned[],
): Promise<Restored> {
  if (changed.length === 0) return { restored: [], failed: [], correction: null };
  const whole = await apply(context, connection, caseId, changed);
  if (whole.outcome === 'applied') {
    return { restored: changed.map(keyOf), failed: [], correction: whole };
  }
  const restored: string[] = [];
  const failed: string[] = [];
  let correction: Correction | null = null;
  for (const one of changed) {
    const alone = await apply(context, connection, caseId, [one]);
    const taken = alone.outcome === 'applied';
    (taken ? restored : failed).push(one.setting.key);
    if (taken) correction = alone;
  }
  return { restored, failed, correction };
}

const keyOf = ({ setting }: Planned): string => setting.key;

async function apply(
  context: Context,
  connection: Connection,
  caseId: string,
  planned: readonly Planned[],
): Promise<Correction> {
  // Whoever restores does it to the end: half of the settings would be worse than none.
  const { signal } = new AbortController();
  const steps = journalled(context, connection, { caseId, planned, signal, undoes: null });
  for (;;) {
    const step = await steps.next();
    if (step.done === true) return step.value;
  }
}
