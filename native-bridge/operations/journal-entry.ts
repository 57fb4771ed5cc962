/** Entries of the journal, begun and taken further: their ages count from then on, whatever the clock is set to. */
import type { Facts } from '../contract/common.ts';
import type { NewJournalEntry } from '../records/types.ts';
import { ageMs } from './age.ts';
import type { Context } from './context.ts';

type Kept = Pick<Context, 'records'>;

/** The entry's id; it is on the disk. Throws as the records. */
export async function beginEntry({ records }: Kept, entry: NewJournalEntry): Promise<string> {
  const { id, startedUtc } = await records.journalBegin(entry);
  ageMs({ records }, startedUtc);
  return id;
}

/** Throws as the records. */
export async function advanceEntry(
  { records }: Kept,
  journalId: string,
  phase: string,
  facts?: Facts,
): Promise<void> {
  ageMs({ records }, await records.journalPhase(journalId, phase, facts));
}
