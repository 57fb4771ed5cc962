/**
 * Deletes what records hold of a merchant, a terminal or a time: the one path on which rows of the
 * append-only tables go. In one transaction with the note of what is left to do outside of it (files,
 * log, the bytes in the database's own files), which rest.ts does right after, or at the next opening.
 */
import { RecordsError } from '../errors.ts';
import { acquireLock, isAlive, type Lock } from '../ownership.ts';
import type { Database } from '../sqlite.ts';
import type { EraseFilter, Erasure } from '../types.ts';
import { removeUnpacked } from '../unpacked.ts';
import { chooseRows, mentionsKept, openWork, terminalsTouched, type Choice } from './chosen.ts';
import { filesGoing, imagesGoing, recordingsGoing } from './files.ts';
import { doTheRest, noteTheRest } from './rest.ts';
import { column, count } from './rows.ts';

export interface EraseHome {
  readonly database: Database;
  readonly dataFolder: string;
  readonly program: string;
}

/** What would go. Nothing is changed. */
export function lookAtErasure({ database }: EraseHome, choice: Choice): Erasure {
  return inTransaction(database, 'ROLLBACK', () => {
    chooseRows(database, choice);
    return describe(database, choice.filter);
  });
}

/**
 * Throws `terminal-owned` where a program, this one or another, has a terminal of it or works in a
 * case of it; nothing is deleted then.
 */
export function erase(home: EraseHome, choice: Choice): Erasure {
  const { database } = home;
  const locks: Lock[] = [];
  let erasure: Erasure;
  try {
    erasure = inTransaction(database, 'COMMIT', () => {
      chooseRows(database, choice);
      refuseWhereSomebodyWorks(home);
      for (const id of terminalsTouched(database)) {
        locks.push(acquireLock(`terminal ${id}`, home));
        // Left by a flash that was killed: no more than its own terminal's next flash does.
        removeUnpacked(home.dataFolder, id);
      }
      const going = describe(database, choice.filter);
      noteTheRest(database, {
        files: filesGoing(database, home.dataFolder),
        words: wordsGoing(database, choice.filter),
      });
      deleteRows(database, choice.filter);
      return going;
    });
  } finally {
    for (const lock of locks) lock.release();
  }
  return { ...erasure, rest: doTheRest(home) ? 'done' : 'waiting' };
}

function inTransaction<T>(database: Database, end: 'COMMIT' | 'ROLLBACK', work: () => T): T {
  // What is deleted is overwritten, on its page and in pages set free.
  database.exec('PRAGMA secure_delete = ON');
  database.exec('BEGIN IMMEDIATE');
  try {
    const done = work();
    database.exec(end);
    return done;
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

function describe(database: Database, { merchant }: EraseFilter): Erasure {
  const of = (table: string, key: string): number =>
    count(database, `SELECT count(*) FROM ${table} WHERE ${key} IN (SELECT id FROM erasing)`);
  return {
    cases: of('cases', 'id'),
    events: of('case_events', 'case_id'),
    corrections: of('corrections', 'case_id'),
    backups: of('backups', 'id'),
    journalEntries: of('journal', 'id'),
    terminals: of('terminals', 'id'),
    images: imagesGoing(database).length,
    photos: count(
      database,
      `SELECT count(*) FROM case_events WHERE kind = 'evidence'
       AND body ->> '$.evidence.form' = 'photo' AND case_id IN (SELECT id FROM erasing)`,
    ),
    recordings: recordingsGoing(database),
    unsettled: openWork(database).length,
    mentionsKept: mentionsKept(database, merchant),
    rest: 'none',
  };
}

function refuseWhereSomebodyWorks({ database, dataFolder }: EraseHome): void {
  for (const { owner, pid, program } of openWork(database)) {
    if (!isAlive(owner, dataFolder)) continue;
    throw new RecordsError('terminal-owned', { name: owner, holder: program, pid, program });
  }
}

/** What is not to stand in the log any more either: the name, and numbers of terminals that go. */
function wordsGoing(database: Database, { merchant }: EraseFilter): string[] {
  const serials = column(
    database,
    `SELECT serial_number FROM terminals
     WHERE id IN (SELECT id FROM erasing) AND serial_number IS NOT NULL`,
  );
  const words = merchant === null ? serials : [merchant, ...serials];
  return words.filter((word) => word.length > 1);
}

/** Children first: every row's owner stays until it is gone. */
function deleteRows(database: Database, { merchant }: EraseFilter): void {
  const where = (table: string, key: string) =>
    database.exec(`DELETE FROM ${table} WHERE ${key} IN (SELECT id FROM erasing)`);
  if (merchant !== null) {
    database
      .prepare(
        `UPDATE terminals SET nickname = NULL WHERE instr(nickname, ?) > 0 AND id IN
           (SELECT terminal_id FROM cases WHERE id IN (SELECT id FROM erasing))`,
      )
      .run(merchant);
  }
  where('journal_steps', 'entry_id');
  where('journal', 'id');
  where('case_events', 'case_id');
  where('corrections', 'case_id');
  where('backups', 'id');
  where('cases', 'id');
  where('terminals', 'id');
  database.exec('DELETE FROM erasing');
}
