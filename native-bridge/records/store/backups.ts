/** Backups of settings; the values of secrets never get here. */
import { backupSchema, type Backup } from '../../contract/backup.ts';
import { checkIn, checkOut, type Store } from './store.ts';

export async function saveBackup(store: Store, raw: Backup): Promise<void> {
  const backup = checkIn(backupSchema, raw);
  await store.db
    .insertInto('backups')
    .values({
      id: backup.id,
      terminal_id: backup.terminalId,
      at_utc: backup.atUtc,
      reason: backup.reason,
      body: JSON.stringify(backup),
    })
    .execute();
}

export async function getBackup(store: Store, id: string): Promise<Backup | null> {
  const row = await store.db
    .selectFrom('backups')
    .select('body')
    .where('id', '=', id)
    .executeTakeFirst();
  return row === undefined ? null : checkOut(store, backupSchema, row.body);
}

/** Newest first. */
export async function listBackups(
  store: Store,
  terminalId: string,
  limit: number,
): Promise<Backup[]> {
  const rows = await store.db
    .selectFrom('backups')
    .select('body')
    .where('terminal_id', '=', terminalId)
    .orderBy('at_utc', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.map(({ body }) => checkOut(store, backupSchema, body));
}
