/** A case's summary from its row. */
import type { Selectable } from 'kysely';
import { caseSummarySchema, type CaseSummary } from '../../contract/case.ts';
import { identitySchema } from '../../contract/terminal.ts';
import { RecordsError } from '../errors.ts';
import type { Tables } from '../schema.ts';
import { checkOut, type Store } from './store.ts';

/** Throws `case-unknown`. */
export async function getSummary(store: Store, caseId: string): Promise<CaseSummary> {
  const row = await store.db
    .selectFrom('cases')
    .selectAll()
    .where('id', '=', caseId)
    .executeTakeFirst();
  if (row === undefined) throw unknownCase(caseId);
  return toSummary(store, row);
}

/** Throws `records-damaged` where the row is of no known shape. */
export function toSummary(store: Store, row: Selectable<Tables['cases']>): CaseSummary {
  const summary = caseSummarySchema.safeParse({
    id: row.id,
    terminalId: row.terminal_id,
    openedUtc: row.opened_utc,
    closedUtc: row.closed_utc,
    portUrl: row.port_url,
    profile: row.profile,
    identity: row.identity === null ? null : checkOut(store, identitySchema, row.identity),
    merchant: row.merchant,
    symptom: row.symptom,
    cause: row.cause,
    flashVerdict: row.flash_verdict,
    flashCorrected: row.flash_corrected !== 0,
    nextVisitUtc: row.next_visit_utc,
    ticket: row.ticket,
    signedUtc: row.signed_utc,
  });
  if (summary.success) return summary.data;
  throw new RecordsError('records-damaged', { file: store.file }, { cause: summary.error });
}

export function unknownCase(caseId: string): RecordsError {
  return new RecordsError('case-unknown', { caseId });
}
