/** Cases by what they were about. A row that can't be read takes no other one with it. */
import { sql, type Selectable, type SqlBool } from 'kysely';
import type { CaseSummary } from '../../contract/case.ts';
import { RecordsError } from '../errors.ts';
import type { Tables } from '../schema.ts';
import type { CaseFilter, CaseValues } from '../types.ts';
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

export async function countCases(store: Store, filter: CaseFilter = {}): Promise<number> {
  const counted = await chosen(store, filter)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return counted.count;
}

/** Each once, in the order of the alphabet. */
export async function caseValues(store: Store): Promise<CaseValues> {
  const of = async (column: 'cause' | 'flash_verdict'): Promise<string[]> => {
    const rows = await store.db
      .selectFrom('cases')
      .select(`${column} as value`)
      .distinct()
      .where(column, 'is not', null)
      .orderBy('value')
      .execute();
    return rows.flatMap(({ value }) => value ?? []);
  };
  return { causes: await of('cause'), flashVerdicts: await of('flash_verdict') };
}

async function rowsOf(store: Store, filter: CaseFilter): Promise<Row[]> {
  const { after, limit = 100 } = filter;
  let query = chosen(store, filter);
  if (after != null) {
    query = query.where((of) =>
      of(of.refTuple('opened_utc', 'id'), '<', of.tuple(after.openedUtc, after.id)),
    );
  }
  return await query
    .selectAll()
    .select((of) =>
      of
        .selectFrom('terminals')
        .select('terminals.nickname')
        .whereRef('terminals.id', '=', 'cases.terminal_id')
        .as('nickname'),
    )
    .orderBy('opened_utc', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
}

function chosen(store: Store, filter: CaseFilter) {
  let query = store.db.selectFrom('cases');
  if (filter.terminalId != null) query = query.where('terminal_id', '=', filter.terminalId);
  if (filter.serialNumber != null) query = query.where('serial_number', '=', filter.serialNumber);
  if (filter.merchant != null) query = query.where('merchant', '=', filter.merchant);
  if (filter.cause != null) query = query.where('cause', '=', filter.cause);
  if (filter.flashVerdict != null) query = query.where('flash_verdict', '=', filter.flashVerdict);
  if (filter.sinceUtc != null) query = query.where('opened_utc', '>=', filter.sinceUtc);
  if (filter.untilUtc != null) query = query.where('opened_utc', '<', filter.untilUtc);
  if (filter.state === 'open') query = query.where('closed_utc', 'is', null);
  if (filter.state === 'closed') query = query.where('closed_utc', 'is not', null);
  for (const word of wordsOf(filter.text)) query = query.where(() => knownBy(word));
  return query;
}

/** More than a search is typed with; each is a look at every case. */
const mostWords = 12;

const wordsOf = (text: string | null | undefined): string[] =>
  (text ?? '').normalize('NFC').split(/\s+/u).filter(Boolean).slice(0, mostWords);

/** What people know a case by. SQLite's LIKE takes no notice of capital letters of ASCII. */
function knownBy(word: string) {
  const like = `%${word.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
  return sql<SqlBool>`(
    serial_number LIKE ${like} ESCAPE '\\' OR merchant LIKE ${like} ESCAPE '\\'
    OR ticket LIKE ${like} ESCAPE '\\' OR cases.id LIKE ${like} ESCAPE '\\'
    OR CASE WHEN json_valid(identity) THEN identity ->> '$.model' END LIKE ${like} ESCAPE '\\'
    OR EXISTS (SELECT 1 FROM terminals
      WHERE terminals.id = cases.terminal_id AND nickname LIKE ${like} ESCAPE '\\'))`;
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
