/**
 * The journal of work in progress. Every entry names the lock of the process that wrote it; an
 * entry whose lock nobody holds was cut off. With synchronous FULL a resolved call is on the disk.
 */
import type { Selectable } from 'kysely';
import { z } from 'zod';
import { factsSchema, type Facts } from '../../contract/common.ts';
import { isAlive } from '../ownership.ts';
import type { Tables } from '../schema.ts';
import type { JournalEntry, NewJournalEntry } from '../types.ts';
import { RecordsError } from '../errors.ts';
import { checkIn, checkOut, newId, type Store } from './store.ts';

export interface JournalOwner {
  /** The lock this process holds while it lives. */
  readonly lockName: string;
  readonly program: string;
  readonly dataFolder: string;
}

const newEntrySchema = z.object({
  request: z.string(),
  terminalId: z.string().nullable(),
  caseId: z.string().nullable(),
  phase: z.string().nullable(),
  facts: factsSchema.default({}),
});

export async function journalBegin(
  store: Store,
  owner: JournalOwner,
  raw: NewJournalEntry,
): Promise<string> {
  const entry = checkIn(newEntrySchema, raw);
  const id = newId();
  const nowUtc = store.nowUtc();
  await store.db
    .insertInto('journal')
    .values({
      id,
      owner: owner.lockName,
      pid: process.pid,
      program: owner.program,
      request: entry.request,
      terminal_id: entry.terminalId,
      case_id: entry.caseId,
      phase: entry.phase,
      facts: JSON.stringify(entry.facts),
      started_utc: nowUtc,
      updated_utc: nowUtc,
    })
    .execute();
  return id;
}

/** Facts are added to those of earlier phases. */
export async function journalPhase(
  store: Store,
  journalId: string,
  phase: string,
  facts?: Facts,
): Promise<void> {
  await store.db.transaction().execute(async (writing) => {
    const row = await writing
      .selectFrom('journal')
      .select('facts')
      .where('id', '=', journalId)
      .executeTakeFirst();
    if (!row) throw new RecordsError('bad-request', { expected: 'journal entry', id: journalId });
    const all = {
      ...checkOut(store, factsSchema, row.facts),
      ...checkIn(factsSchema, facts ?? {}),
    };
    await writing
      .updateTable('journal')
      .set({ phase, facts: JSON.stringify(all), updated_utc: store.nowUtc() })
      .where('id', '=', journalId)
      .execute();
  });
}

/** Ending an entry that is gone does nothing. */
export async function journalEnd(store: Store, journalId: string): Promise<void> {
  await store.db.deleteFrom('journal').where('id', '=', journalId).execute();
}

export async function listInterrupted(store: Store, owner: JournalOwner): Promise<JournalEntry[]> {
  const rows = await store.db.selectFrom('journal').selectAll().orderBy('started_utc').execute();
  const lives = new Map<string, boolean>([[owner.lockName, true]]);
  for (const { owner: lockName } of rows) {
    if (!lives.has(lockName)) lives.set(lockName, isAlive(lockName, owner.dataFolder));
  }
  return rows.filter((row) => lives.get(row.owner) === false).map((row) => toEntry(store, row));
}

export async function journalOf(store: Store, terminalId: string): Promise<JournalEntry[]> {
  const rows = await store.db
    .selectFrom('journal')
    .selectAll()
    .where('terminal_id', '=', terminalId)
    .orderBy('started_utc')
    .orderBy('id')
    .execute();
  return rows.map((row) => toEntry(store, row));
}

function toEntry(store: Store, row: Selectable<Tables['journal']>): JournalEntry {
  return {
    id: row.id,
    request: row.request,
    terminalId: row.terminal_id,
    caseId: row.case_id,
    phase: row.phase,
    facts: checkOut(store, factsSchema, row.facts),
    startedUtc: row.started_utc,
    updatedUtc: row.updated_utc,
    pid: row.pid,
    program: row.program,
  };
}
