/**
 * The end of a correction: kept for undo, told in its case, the one it undid marked, its entry in
 * the journal ended. One transaction: cut off in between, the journal still has it as it was.
 */
import { correctionSchema } from '../../contract/correction.ts';
import type { CorrectionEnd } from '../types.ts';
import { insertEvent } from './cases.ts';
import { insertCorrection, withoutSecrets } from './corrections.ts';
import { endEntry } from './journal.ts';
import { checkIn, type Store } from './store.ts';

/** Throws `case-unknown`, `bad-request`. */
export async function endCorrection(store: Store, end: CorrectionEnd): Promise<void> {
  const correction = withoutSecrets(checkIn(correctionSchema, end.correction));
  const { atUtc, caseId } = correction;
  await store.db.transaction().execute(async (writing) => {
    if (end.keep) await insertCorrection(writing, correction);
    await insertEvent(writing, caseId, { kind: 'correction', atUtc, correction });
    if (end.undoes !== null) {
      await writing
        .updateTable('corrections')
        .set({ undone_utc: store.nowUtc() })
        .where('id', '=', end.undoes)
        .where('undone_utc', 'is', null)
        .execute();
    }
    if (end.journalId !== null) {
      await endEntry(writing, end.journalId, store.nowUtc());
    }
  });
}
