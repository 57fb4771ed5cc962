/**
 * Settings across a flash: saved before, compared after, and what the update lost is written back,
 * also after a revert. Secrets can't be read, so they are named for the technician to enter again.
 */
import type { Backup } from '../../contract/backup.ts';
import { BridgeFault, faultOf } from '../../contract/bridge-fault.ts';
import type { FlashProgress } from '../../contract/firmware.ts';
import { compareBackup, restoreChanged } from '../backups/compare.ts';
import { correctedSince } from '../backups/corrected-since.ts';
import { isStillThere } from './identity.ts';
import { enter, type Run } from './run.ts';

/** More than anybody corrects between two flashes. */
const newestCorrections = 200;

/** Never fails the flash: what could not be restored is said in its result. */
export async function* keepSettings(run: Run): AsyncGenerator<FlashProgress, void, void> {
  const { context, connection, entry, caseId } = run;
  if (entry.backupId === null || !run.proven) return;
  await enter(run, 'restore');
  yield run.meter.at('restore', 0);
  try {
    const backup = await backupNow(run, entry.backupId);
    if (backup === null) return;
    const { compared, changed, unread, reenter } = await compareBackup(connection, backup);
    // It may be another terminal's settings that were just read, and would be written.
    if (!(await isStillThere(run))) {
      throw new BridgeFault('reply-malformed', { command: 'identity.serialNumber' });
    }
    const { restored, failed } = await restoreChanged(
      context,
      connection,
      caseId,
      changed,
      backup.id,
    );
    // Where nothing was lost the secrets were not either.
    const lost = changed.length > 0;
    run.settings = {
      compared,
      restored,
      reenter: lost ? [...reenter] : [],
      ...(backup.unread.length > 0 && { unread: backup.unread.map(({ key }) => key) }),
      failed: [...failed, ...unread],
      fault: null,
    };
  } catch (error) {
    const fault = faultOf(error);
    context.log.warn(`settings not compared: ${fault.code}`);
    run.settings = { compared: 0, restored: [], reenter: [], failed: [], fault };
  }
}

/** A flash that stayed open keeps its backup, and the technician goes on correcting the terminal. */
async function backupNow(
  { context: { records }, connection }: Run,
  backupId: string,
): Promise<Backup | null> {
  const backup = await records.getBackup(backupId);
  if (backup === null) return null;
  const corrections = await records.listCorrections(connection.terminalId, newestCorrections);
  return correctedSince(backup, corrections);
}
