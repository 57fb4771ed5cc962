/** Cases by what they were about. A row that can't be read takes no other one with it. */
import type { Selectable } from 'kysely';
import type { CaseSummary } from '../../contract/case.ts';
import { RecordsError } from '../errors.ts';
import type { Tables } from '../schema.ts';
import type { CaseFilter } from '../types.ts';
import type { Store } from './store.ts';
import { toSummary } from './summaries.ts';

type Row = Selectable<Tables['cases']> & { readonly nickname: string | null };

/** Newest first, without those that are damaged. */
export async function listCases(store: Store, filter: CaseFilter = {}): Promise<CaseSummary[]> {
  const rows = await rowsOf(store, filter);
  return rows.flatMap((row) => summaryOf(store, row) ?? []);
}

/** Ids of those that `listCases` leaves out. */
export async function listDamagedCases(store: Store, filter: CaseFilter = {}): Promise<string[]> {
  const rows = await rowsOf(store, filter);
  return rows.filter((row) => summaryOf(store, row) === null).map(({ id }) => id);
}

async function rowsOf(store: Store, filter: CaseFilter): Promise<Row[]> {
  let query = store.db
    .selectFrom('cases')
    .selectAll()
    .select((of) =>
      of
        .selectFrom('terminals')
        .select('terminals.nickname')
        .whereRef('terminals.id', '=', 'cases.terminal_id')
        .as('nickname'),
    );
  if (filter.terminalId != null) query = query.where('terminal_id', '=', filter.terminalId);
  if (filter.serialNumber != null) query = query.where('serial_number', '=', filter.serialNumber);
  if (filter.merchant != null) query = query.where('merchant', '=', filter.merchant);
  if (filter.cause != null) query = query.where('cause', '=', filter.cause);
  if (filter.flashVerdict != null) query = query.where('flash_verdict', '=', filter.flashVerdict);
  if (filter.sinceUtc != null) query = query.where('opened_utc', '>=', filter.sinceUtc);
  if (filter.untilUtc != null) query = query.where('opened_utc', '<', filter.untilUtc);
  return await query
    .orderBy('opened_utc', 'desc')
    .orderBy('id', 'desc')
    .limit(filter.limit ?? 100)
    .execute();
}

/** null: damaged. */
function summaryOf(store: Store, row: Row): CaseSummary | null {
  try {
    return { ...toSummary(store, row), nickname: row.nickname };
  } catch (error) {
    if (error instanceof RecordsError && error.code === 'records-damaged') return null;
    throw error;
  }
}
