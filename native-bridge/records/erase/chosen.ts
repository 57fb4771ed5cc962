/**
 * Which rows an erasure takes: their ids, put into the table `erasing`, which is what the triggers
 * of the append-only tables look at. Runs inside a transaction that either deletes them or, for a
 * look at what would go, is rolled back.
 */
import type { Database } from '../sqlite.ts';
import type { EraseFilter } from '../types.ts';
import { column, count } from './rows.ts';

/** A case without a merchant is that of the terminal's only merchant. */
const ofMerchant = `(merchant = ? OR merchant IS NULL AND terminal_id IN (
  SELECT terminal_id FROM cases WHERE merchant IS NOT NULL
  GROUP BY terminal_id HAVING min(merchant) = ? AND max(merchant) = ?))`;

/** Nothing has happened in it since. */
const endedBefore = `(opened_utc < ? AND NOT EXISTS (
  SELECT 1 FROM case_events WHERE case_id = cases.id AND at_utc >= ?))`;

const openEntry = `NOT EXISTS (
  SELECT 1 FROM journal_steps WHERE entry_id = journal.id AND kind = 'end')`;

const settled = `id NOT IN (
  SELECT case_id FROM journal WHERE case_id IS NOT NULL AND ${openEntry})`;

export interface Choice {
  readonly filter: EraseFilter;
  /** Cases in which work waits to be settled stay. */
  readonly settledOnly: boolean;
}

/** Every condition given must hold; none given: nothing. */
export function chooseRows(database: Database, { filter, settledOnly }: Choice): void {
  const { merchant, serialNumber, beforeUtc } = filter;
  const conditions: [sql: string, values: string[]][] = [];
  if (merchant !== null) conditions.push([ofMerchant, [merchant, merchant, merchant]]);
  if (serialNumber !== null) conditions.push(['serial_number = ?', [serialNumber]]);
  if (beforeUtc !== null) conditions.push([endedBefore, [beforeUtc, beforeUtc]]);
  if (conditions.length === 0) return;
  if (settledOnly) conditions.push([settled, []]);
  const where = conditions.map(([sql]) => sql).join(' AND ');
  const values = conditions.flatMap(([, value]) => value);
  database.prepare(`INSERT INTO erasing SELECT id FROM cases WHERE ${where}`).run(...values);
  chooseTerminals(database, filter);
  database.exec(`INSERT OR IGNORE INTO erasing SELECT id FROM journal
    WHERE case_id IN (SELECT id FROM erasing) OR terminal_id IN (SELECT id FROM erasing)`);
  chooseBackups(database, filter);
}

/** Terminals of which no case stays; by time, those that were not seen since either. */
function chooseTerminals(database: Database, filter: EraseFilter): void {
  const { merchant, serialNumber, beforeUtc } = filter;
  const noCaseStays = `NOT EXISTS (SELECT 1 FROM cases
    WHERE terminal_id = terminals.id AND id NOT IN (SELECT id FROM erasing))`;
  const hadOne = `id IN (SELECT terminal_id FROM cases WHERE id IN (SELECT id FROM erasing))`;
  const conditions = [noCaseStays];
  const values: string[] = [];
  if (merchant !== null) conditions.push(hadOne);
  if (serialNumber !== null) {
    conditions.push('serial_number = ?');
    values.push(serialNumber);
  }
  if (beforeUtc !== null) {
    conditions.push('contact_utc < ?');
    values.push(beforeUtc);
  }
  database
    .prepare(`INSERT INTO erasing SELECT id FROM terminals WHERE ${conditions.join(' AND ')}`)
    .run(...values);
}

/** Those of the cases and terminals that go; of no case, those that hold the name or are too old. */
function chooseBackups(database: Database, { merchant, beforeUtc }: EraseFilter): void {
  const ofNoCase = (condition: string, value: string): void => {
    database
      .prepare(
        `INSERT OR IGNORE INTO erasing SELECT id FROM backups
         WHERE body ->> '$.caseId' IS NULL AND ${condition}`,
      )
      .run(value);
  };
  database.exec(`INSERT OR IGNORE INTO erasing SELECT id FROM backups
    WHERE terminal_id IN (SELECT id FROM erasing)
      OR body ->> '$.caseId' IN (SELECT id FROM erasing)`);
  if (merchant !== null) {
    ofNoCase('instr(body, ?) > 0', Buffer.from(merchant, 'utf8').toString('hex'));
  } else if (beforeUtc !== null) ofNoCase('at_utc < ?', beforeUtc);
}

/** Open entries among those chosen, and whose they are. */
export function openWork(database: Database): { owner: string; pid: number; program: string }[] {
  return database
    .prepare(
      `SELECT owner, pid, program FROM journal
       WHERE id IN (SELECT id FROM erasing) AND ${openEntry}`,
    )
    .all() as { owner: string; pid: number; program: string }[];
}

/** Terminals that the cases chosen are of, whether they go or stay. */
export function terminalsTouched(database: Database): string[] {
  return column(
    database,
    `SELECT id FROM terminals WHERE id IN (SELECT id FROM erasing) OR id IN
      (SELECT terminal_id FROM cases WHERE id IN (SELECT id FROM erasing))`,
  );
}

/** Cases that stay and in which the merchant's name stands all the same. */
export function mentionsKept(database: Database, merchant: string | null): number {
  if (merchant === null) return 0;
  const asWritten = JSON.stringify(merchant).slice(1, -1);
  return count(
    database,
    `SELECT count(DISTINCT case_id) FROM case_events
     WHERE case_id NOT IN (SELECT id FROM erasing) AND instr(body, ?) > 0`,
    asWritten,
  );
}
