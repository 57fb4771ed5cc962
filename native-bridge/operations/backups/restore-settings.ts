/** Puts back what differs from a backup, or says what it would: nothing is written before it fits. */
import { BridgeFault } from '../../contract/bridge-fault.ts';
import type { Backup, RestoreResult } from '../../contract/backup.ts';
import type { Params, Progress, Result } from '../../contract/requests.ts';
import type { Connection } from '../../connections/connection.ts';
import type { Context } from '../context.ts';
import { proveSameTerminal } from '../same-terminal.ts';
import { shownText } from '../setting-value.ts';
import { theCase } from '../the-case.ts';
import { settingOf } from '../undo/values-before.ts';
import { compareBackup, restoring, type Compared } from './compare.ts';
import { isOfThisTerminal, refuseOtherModel, refuseOtherTerminal } from './may-restore.ts';
import { readBackupFile } from './read-backup-file.ts';

type Asked = Params<'restoreSettings'>;

export async function* restoreSettings(
  context: Context,
  asked: Asked,
  signal: AbortSignal,
): AsyncGenerator<Progress<'restoreSettings'>, Result<'restoreSettings'>, void> {
  const connection = context.connections.get(asked.terminalId);
  const backup = only(await backupOf(context, asked), asked.keys, connection);
  refuseOtherModel(backup, connection);
  if (!asked.allowOtherTerminal) refuseOtherTerminal(backup, connection);
  const detail = { key: 'activity_applying', facts: {} };
  const hold = await connection.use('apply', 'applying', detail, signal);
  try {
    await proveSameTerminal(context, connection, signal);
    const compared = await compareBackup(connection, backup, signal);
    const result = resultOf(connection, backup, compared);
    const { changed } = compared;
    if (asked.compareOnly || changed.length === 0) return result;
    const { id: caseId } = await theCase(context, connection, asked.caseId);
    const work = { caseId, backupId: backup.id, changed, signal };
    const { restored, failed, correction } = yield* restoring(context, connection, work);
    return { ...result, caseId, restored, failed, correction };
  } finally {
    hold.release();
  }
}

/** Throws `backup-missing`, and what reading a file throws. */
async function backupOf({ records, files }: Context, asked: Asked): Promise<Backup> {
  const { terminalId, backupId, fileId } = asked;
  if (fileId !== null) return await readBackupFile(files.path(fileId), files.name(fileId));
  const backup =
    backupId === null
      ? (await records.listBackups(terminalId, 1))[0]
      : await records.getBackup(backupId);
  if (!backup) throw new BridgeFault('backup-missing', backupId === null ? {} : { backupId });
  return backup;
}

/** Throws `setting-unknown` for a name that is no setting of this model. */
function only(backup: Backup, keys: Asked['keys'], { profile }: Connection): Backup {
  if (keys === null) return backup;
  for (const key of keys) settingOf(profile, key);
  const asked = (key: string) => keys.includes(key);
  return {
    ...backup,
    values: backup.values.filter(({ key }) => asked(key)),
    reenter: backup.reenter.filter(asked),
  };
}

function resultOf(connection: Connection, backup: Backup, compared: Compared): RestoreResult {
  const { changed, unread, unknown, reenter } = compared;
  // Nobody can read them. Where nothing else was lost they were not either; a new one has others.
  const mayBeLost = changed.length > 0 || !isOfThisTerminal(backup, connection);
  return {
    terminalId: connection.terminalId,
    caseId: null,
    backupId: backup.id,
    backupUtc: backup.atUtc,
    compared: compared.compared,
    changes: changed.map(({ setting, before, value }) => ({
      key: setting.key,
      current: shownText(before),
      backup: shownText(value),
    })),
    correction: null,
    restored: [],
    failed: [],
    unread: [...unread],
    unknown: [...unknown],
    reenter: mayBeLost ? [...reenter] : [],
  };
}
