/**
 * Settings across a flash: saved before, compared after, and what the update lost is written back,
 * also after a revert (lost-or-changed.ts). Secrets can't be read, so they are named for the technician to enter again.
 */
import { BridgeFault, faultOf } from '../../contract/bridge-fault.ts';
import type { FlashProgress } from '../../contract/firmware.ts';
import type { Connection } from '../../connections/connection.ts';
import { compareBackup, restoreChanged } from '../backups/compare.ts';
import { correctedSince } from '../backups/corrected-since.ts';
import { isStillThere } from './identity.ts';
import { isOfThisVisit, lostOrChanged, type Kept } from './lost-or-changed.ts';
import { enter, type Run } from './run.ts';

/** More than anybody corrects between two flashes. */
const newestCorrections = 200;

/** Never fails the flash: what could not be restored is said in its result. */
export async function* keepSettings(run: Run): AsyncGenerator<FlashProgress, void, void> {
  const { context, entry } = run;
  if (entry.backupId === null || !run.proven) return;
  await enter(run, 'restore');
  yield run.meter.at('restore', 0);
  try {
    run.settings = await compareAndRestore(run, entry.backupId);
  } catch (error) {
    const fault = faultOf(error);
    context.log.warn(`settings not compared: ${fault.code}`);
    run.settings = { compared: 0, restored: [], reenter: [], failed: [], fault };
  }
}

async function compareAndRestore(run: Run, backupId: string): Promise<Run['settings']> {
  const { context, connection, entry, caseId } = run;
  const first = await kept(run, backupId, entry.lastBackupId === undefined);
  const last = entry.lastBackupId ? await kept(run, entry.lastBackupId, true) : null;
  const { backup } = first;
  const found = await compareBackup(connection, backup);
  const { compared, changed, unread, unknown, reenter } = found;
  // It may be another terminal's settings that were just read, and would be written.
  if (!(await isStillThere(run))) {
    throw new BridgeFault('reply-malformed', { command: 'identity.serialNumber' });
  }
  const { putBack, left } = lostOrChanged(changed, first, last);
  const done = await restoreChanged(context, connection, caseId, putBack, backup.id);
  // Another profile may have been chosen since: what it does not name is not compared.
  const failed = [...done.failed, ...unread, ...unknown];
  return {
    compared,
    restored: done.restored,
    // Where nothing was lost the secrets were not either.
    reenter: changed.length > 0 ? [...reenter] : [],
    ...(backup.unread.length > 0 && { unread: backup.unread.map(({ key }) => key) }),
    failed: [...failed, ...left.filter((key) => !failed.includes(key))],
    // Cut off, it goes on at the next connection.
    fault: connection.connected ? null : faultOf(vanished(connection)),
  };
}

function vanished({ portUrl }: Connection): BridgeFault {
  return new BridgeFault('port-vanished', { port: portUrl });
}

/**
 * A flash that stayed open keeps its backup, and the technician goes on correcting the terminal.
 * `own`: read when this flash began. Throws `backup-missing`.
 */
async function kept(run: Run, backupId: string, own: boolean): Promise<Kept> {
  const { context, connection, entry, late, swapTimeoutMs } = run;
  const { records } = context;
  const backup = await records.getBackup(backupId);
  if (backup === null) throw new BridgeFault('backup-missing', { backupId });
  const corrections = await records.listCorrections(connection.terminalId, newestCorrections);
  const watched = own && !late;
  const sure = watched || isOfThisVisit(context, backup, entry.predictedMs + swapTimeoutMs);
  return { backup: correctedSince(backup, corrections), sure };
}
