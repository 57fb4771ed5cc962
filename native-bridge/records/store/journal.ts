/**
 * The journal of work in progress: a row for the beginning of each entry, then a row for every
 * phase it reached and one for its end. Rows are only ever appended, each in a transaction of its
 * own; with synchronous FULL a resolved call is on the disk. What an entry says now is its rows
 * folded together (journal-entry.ts).
 *
 * Every entry names the lock of the process that began it; an open entry whose lock nobody holds
 * was cut off.
 */
import { sql, type Selectable } from 'kysely';
import { z } from 'zod';
import { factsSchema, type Facts } from '../../contract/common.ts';
import { RecordsError } from '../errors.ts';
import { isAlive } from '../ownership.ts';
import type { Tables } from '../schema.ts';
import type { JournalEntry, NewJournalEntry } from '../types.ts';
import { foldEntry, journalFormat } from './journal-entry.ts';
import { checkIn, newId, type Store, type Writing } from './store.ts';

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
): Promise<Pick<JournalEntry, 'id' | 'startedUtc'>> {
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
      format: journalFormat,
    })
    .execute();
  return { id, startedUtc: nowUtc };
}

export async function journalPhase(
  store: Store,
  journalId: string,
  phase: string,
  facts?: Facts,
): Promise<string> {
  const added = JSON.stringify(checkIn(factsSchema, facts ?? {}));
  return await store.db.transaction().execute(async (writing) => {
    if (!(await isOpen(writing, journalId))) {
      throw new RecordsError('bad-request', { expected: 'open journal entry', id: journalId });
    }
    const atUtc = store.nowUtc();
    await append(writing, { entryId: journalId, kind: 'phase', phase, facts: added, atUtc });
    return atUtc;
  });
}

/** Ending an entry that has ended, or never was, does nothing. */
export async function journalEnd(store: Store, journalId: string): Promise<void> {
  const atUtc = store.nowUtc();
  await store.db.transaction().execute((writing) => endEntry(writing, journalId, atUtc));
}

export async function endEntry(writing: Writing, entryId: string, atUtc: string): Promise<void> {
  if (!(await isOpen(writing, entryId))) return;
  await append(writing, { entryId, kind: 'end', phase: null, facts: '{}', atUtc });
}

export async function listInterrupted(store: Store, owner: JournalOwner): Promise<JournalEntry[]> {
  const begun = await openEntries(store.db).orderBy('started_utc').orderBy('id').execute();
  const lives = new Map<string, boolean>([[owner.lockName, true]]);
  for (const { owner: lockName } of begun) {
    if (!lives.has(lockName)) lives.set(lockName, isAlive(lockName, owner.dataFolder));
  }
  return await folded(
    store,
    begun.filter((entry) => lives.get(entry.owner) === false),
  );
}

export async function journalOf(store: Store, terminalId: string): Promise<JournalEntry[]> {
  const begun = await openEntries(store.db)
    .where('terminal_id', '=', terminalId)
    .orderBy('started_utc')
    .orderBy('id')
    .execute();
  return await folded(store, begun);
}

type Begun = Selectable<Tables['journal']>;

function openEntries(db: Store['db']) {
  return db.selectFrom('journal').selectAll().where(hasNoEnd);
}

/** Written out, not bound: only so does SQLite use the index of the ends alone. */
export const hasNoEnd = sql<boolean>`not exists (
  select 1 from journal_steps where entry_id = journal.id and kind = 'end'
)`;

async function isOpen(writing: Writing, entryId: string): Promise<boolean> {
  const found = await openEntries(writing).where('id', '=', entryId).executeTakeFirst();
  return found !== undefined;
}

async function folded(store: Store, begun: readonly Begun[]): Promise<JournalEntry[]> {
  const entries: JournalEntry[] = [];
  for (const entry of begun) {
    const steps = await store.db
      .selectFrom('journal_steps')
      .selectAll()
      .where('entry_id', '=', entry.id)
      .orderBy('seq')
      .execute();
    entries.push(foldEntry(entry, steps));
  }
  return entries;
}

interface NewStep {
  readonly entryId: string;
  readonly kind: 'phase' | 'end';
  readonly phase: string | null;
  /** JSON. */
  readonly facts: string;
  readonly atUtc: string;
}

async function append(writing: Writing, { entryId, atUtc, ...step }: NewStep): Promise<void> {
  const last = await writing
    .selectFrom('journal_steps')
    .select(({ fn }) => fn.max('seq').as('seq'))
    .where('entry_id', '=', entryId)
    .executeTakeFirst();
  const seq = (last?.seq ?? 0) + 1;
  await writing
    .insertInto('journal_steps')
    .values({ id: newId(), entry_id: entryId, seq, at_utc: atUtc, ...step })
    .execute();
}
