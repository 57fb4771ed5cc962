/** Backups that are asked for: made, listed, written as a file. */
import { BridgeFault } from '../../contract/bridge-fault.ts';
import type { Backup, BackupSummary } from '../../contract/backup.ts';
import type { Params, Result } from '../../contract/requests.ts';
import type { Context } from '../context.ts';
import { proveSameTerminal } from '../same-terminal.ts';
import { backupText } from './file-form.ts';
import { takeBackup } from './take-backup.ts';

const listed = 100;

export async function backupSettings(
  context: Context,
  { terminalId, caseId }: Params<'backupSettings'>,
  signal: AbortSignal,
): Promise<Result<'backupSettings'>> {
  const connection = context.connections.get(terminalId);
  const detail = { key: 'activity_reading', facts: {} };
  const hold = await connection.use('read', 'reading', detail, signal);
  try {
    // Another terminal's values under this one's name would be put back there one day.
    await proveSameTerminal(context, connection, signal);
    const backup = await takeBackup(context, connection, caseId, 'asked', signal);
    return { backup: backup && summaryOf(backup) };
  } finally {
    hold.release();
  }
}

export async function listBackups(
  { records }: Context,
  { terminalId }: Params<'listBackups'>,
): Promise<Result<'listBackups'>> {
  return { backups: (await records.listBackups(terminalId, listed)).map(summaryOf) };
}

/** Throws `backup-missing`. */
export async function exportBackup(
  { records }: Context,
  { backupId }: Params<'exportBackup'>,
): Promise<Result<'exportBackup'>> {
  const backup = await records.getBackup(backupId);
  if (!backup) throw new BridgeFault('backup-missing', { backupId });
  const name = backup.serialNumber ?? backup.terminalId.slice(0, 8);
  const time = backup.atUtc.slice(0, 16).replaceAll(/[T:]/g, '-');
  return {
    text: backupText(backup),
    suggestedName: `${time}-${name.replaceAll(/[^\w.-]/g, '_')}.settings.json`,
    backup: summaryOf(backup),
  };
}

function summaryOf(backup: Backup): BackupSummary {
  const { id, terminalId, atUtc, reason, firmwareVersion, values, unread } = backup;
  const settings = values.length;
  return { id, terminalId, atUtc, reason, firmwareVersion, settings, unread: unread.length };
}
