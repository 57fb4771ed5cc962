/** What is different from a backup now, and putting it back: a correction like any other. */
import { faultOf } from '../../contract/bridge-fault.ts';
import type { Backup } from '../../contract/backup.ts';
import type { Correction } from '../../contract/correction.ts';
import type { Progress } from '../../contract/requests.ts';
import type { Connection } from '../../connections/connection.ts';
import type { Planned } from '../apply-values.ts';
import type { Context } from '../context.ts';
import { journalled } from '../corrections.ts';
import { fromHex, sameValue } from '../setting-value.ts';
import { readSetting } from '../setting-places/index.ts';

export interface Compared {
  /** How many settings were compared. */
  readonly compared: number;
  /** Those that are not as in the backup, with both values. */
  readonly changed: readonly Planned[];
  /** What the terminal does not tell now. */
  readonly unread: readonly string[];
  /** Not in the profile (any more). */
  readonly unknown: readonly string[];
  readonly reenter: readonly string[];
}

/**
 * The caller holds the line. Settings that the profile does not name (any more) are left alone, and
 * so are secrets, whatever the backup says. A setting that the backup says was not set is not
 * removed: the new firmware may have added it.
 */
export async function compareBackup(
  { profile, session }: Connection,
  backup: Backup,
  signal?: AbortSignal,
): Promise<Compared> {
  const changed: Planned[] = [];
  const unread: string[] = [];
  const unknown: string[] = [];
  let compared = 0;
  for (const { key, bytes } of backup.values) {
    const setting = profile.settings.find((one) => one.key === key);
    const value = fromHex(bytes);
    if (!setting) unknown.push(key);
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
  return { compared, changed, unread, unknown, reenter: backup.reenter };
}

export interface Restored {
  readonly restored: string[];
  readonly failed: string[];
  /** The last that was tried; null: nothing was. */
  readonly correction: Correction | null;
}

interface Restoring {
  readonly caseId: string;
  readonly backupId: string;
  readonly changed: readonly Planned[];
  readonly signal: AbortSignal;
}

/**
 * Writes back what differs, in one correction. Where a setting does not take it, all is tried again
 * without that one: a new firmware that no longer knows a setting must not cost the rest.
 */
export async function* restoring(
  context: Context,
  connection: Connection,
  { caseId, backupId, changed, signal }: Restoring,
): AsyncGenerator<Progress<'restoreSettings'>, Restored, void> {
  const failed: string[] = [];
  let left = changed;
  let correction: Correction | null = null;
  while (left.length > 0) {
    const work = { caseId, planned: left, signal, undoes: null, backupId };
    correction = yield* journalled(context, connection, work);
    if (correction.outcome === 'applied') return { restored: left.map(keyOf), failed, correction };
    // Without its line, told to stop, or where none lasts, the rest would fare no better.
    const isHopeless = correction.notKept !== undefined;
    if (signal.aborted || !connection.connected || isHopeless) break;
    const refused = correction.changes.at(-1)?.key ?? keyOf(left[0]);
    failed.push(refused);
    left = left.filter((one) => keyOf(one) !== refused);
  }
  return { restored: [], failed: [...failed, ...left.map(keyOf)], correction };
}

/** Whoever restores after a flash does it to the end: half of the settings would be worse than none. */
export async function restoreChanged(
  context: Context,
  connection: Connection,
  caseId: string,
  changed: readonly Planned[],
  backupId: string,
): Promise<Restored> {
  const { signal } = new AbortController();
  const steps = restoring(context, connection, { caseId, backupId, changed, signal });
  for (;;) {
    const step = await steps.next();
    if (step.done === true) return step.value;
  }
}

function keyOf(planned: Planned | undefined): string {
  return planned?.setting.key ?? '';
}
