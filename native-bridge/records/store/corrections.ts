/** Corrections, kept so that they can be undone. The values of secret settings never get here. */
import { correctionSchema, type Correction } from '../../contract/correction.ts';
import { RecordsError } from '../errors.ts';
import type { KeptCorrection } from '../types.ts';
import { checkIn, checkOut, type Store, type Writing } from './store.ts';

/** The same correction with secret values dropped; that there was one stays visible. */
export function withoutSecrets(correction: Correction): Correction {
  return {
    ...correction,
    changes: correction.changes.map((change) =>
      change.secret
        ? { ...change, before: null, after: null, readBack: null, bytes: undefined }
        : change,
    ),
  };
}

/**
 * Throws `case-unknown` where the case (or the terminal) is not in these records. An undo is kept
 * too: it can be told from what never was.
 */
export async function saveCorrection(store: Store, raw: Correction): Promise<void> {
  const correction = withoutSecrets(checkIn(correctionSchema, raw));
  await store.db.transaction().execute((writing) => insertCorrection(writing, correction));
}

export async function insertCorrection(writing: Writing, correction: Correction): Promise<void> {
  const owner = await writing
    .selectFrom('cases')
    .select('id')
    .where('id', '=', correction.caseId)
    .where('terminal_id', '=', correction.terminalId)
    .executeTakeFirst();
  if (!owner) throw new RecordsError('case-unknown', { caseId: correction.caseId });
  await writing
    .insertInto('corrections')
    .values({
      id: correction.id,
      terminal_id: correction.terminalId,
      case_id: correction.caseId,
      at_utc: correction.atUtc,
      outcome: correction.outcome,
      body: JSON.stringify(correction),
      undone_utc: null,
    })
    .execute();
}

export async function getCorrection(store: Store, id: string): Promise<KeptCorrection | null> {
  const row = await store.db
    .selectFrom('corrections')
    .select(['body', 'undone_utc'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined) return null;
  return { ...checkOut(store, correctionSchema, row.body), undoneUtc: row.undone_utc };
}

export async function latestUndoableCorrection(
  store: Store,
  terminalId: string,
): Promise<Correction | null> {
  const row = await store.db
    .selectFrom('corrections')
    .select('body')
    .where('terminal_id', '=', terminalId)
    .where('undone_utc', 'is', null)
    .where('outcome', 'in', ['applied', 'partly-applied'])
    .orderBy('at_utc', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? null : checkOut(store, correctionSchema, row.body);
}

/** Newest first. */
export async function listCorrections(
  store: Store,
  terminalId: string,
  limit: number,
): Promise<KeptCorrection[]> {
  const rows = await store.db
    .selectFrom('corrections')
    .select(['body', 'undone_utc'])
    .where('terminal_id', '=', terminalId)
    .orderBy('at_utc', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.map(({ body, undone_utc: undoneUtc }) => ({
    ...checkOut(store, correctionSchema, body),
    undoneUtc,
  }));
}

/** Throws `nothing-to-undo` where there is no such correction, or it was undone already. */
export async function markUndone(store: Store, correctionId: string): Promise<void> {
  const updated = await store.db
    .updateTable('corrections')
    .set({ undone_utc: store.nowUtc() })
    .where('id', '=', correctionId)
    .where('undone_utc', 'is', null)
    .executeTakeFirst();
  if (updated.numUpdatedRows === 0n) throw new RecordsError('nothing-to-undo', { correctionId });
}
