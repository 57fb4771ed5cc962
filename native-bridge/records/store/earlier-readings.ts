/** What earlier visits of a terminal read, for the trends of a routine visit. */
import { sql } from 'kysely';
import { readingSchema, type Reading } from '../../contract/reading.ts';
import type { EarlierOf, EarlierReadings } from '../types.ts';
import { checkOut, type Store } from './store.ts';

/** A visit that was diagnosed again and again is told by its last few. */
const eventsEach = 4;

export async function earlierReadings(
  store: Store,
  { terminalId, exceptCaseId, names, limit }: EarlierOf,
): Promise<EarlierReadings[]> {
  const visits = await store.db
    .selectFrom('cases')
    .select('id')
    .where('terminal_id', '=', terminalId)
    .where('id', '<>', exceptCaseId)
    .where('port_url', 'not like', 'replay:%')
    .where((query) =>
      query.exists(
        query
          .selectFrom('case_events')
          .select('case_events.id')
          .whereRef('case_events.case_id', '=', 'cases.id')
          .where('case_events.kind', '=', 'readings'),
      ),
    )
    .orderBy('opened_utc', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  const found: EarlierReadings[] = [];
  for (const { id } of visits) found.push(await lastOfEach(store, id, new Set(names)));
  return found;
}

async function lastOfEach(
  store: Store,
  caseId: string,
  names: ReadonlySet<string>,
): Promise<EarlierReadings> {
  const events = await store.db
    .selectFrom('case_events')
    .select([
      sql<string>`body -> '$.readings'`.as('readings'),
      sql<number | null>`body ->> '$.computerAheadMs'`.as('aheadMs'),
    ])
    .where('case_id', '=', caseId)
    .where('kind', '=', 'readings')
    .orderBy('seq', 'desc')
    .limit(eventsEach)
    .execute();
  const last = new Map<string, Reading>();
  for (const { readings } of events) {
    for (const reading of checkOut(store, readingSchema.array(), readings)) {
      const isNews = reading.value !== null && !last.has(reading.name);
      if (isNews && names.has(reading.name)) last.set(reading.name, reading);
    }
  }
  const computerAheadMs = events[0]?.aheadMs ?? null;
  return { caseId, readings: [...last.values()], computerAheadMs };
}
