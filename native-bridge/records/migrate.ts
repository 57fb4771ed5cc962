/** Brings a database to today's schema, or says why it can't: newer, damaged, not ours. */
import { RecordsError } from './errors.ts';
import { applicationId, migrations } from './schema.ts';
import { scalar, type Database } from './sqlite.ts';

/** Above this a full check at every start would be felt; damage then shows when it is read. */
const checkedSizeBytes = 16 * 1024 * 1024;

/**
 * Sets the connection's modes and applies what is missing, in one transaction. The caller holds the migration lock. Throws RecordsError `records-newer`, `records-damaged`, or
 * SQLite's own error.
 */
export function prepareDatabase(database: Database, file: string): void {
  refuseForeign(database, file);
  database.exec(
    'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA trusted_schema = OFF',
  );
  migrate(database, file);
  refuseDamaged(database, file);
}

function refuseForeign(database: Database, file: string): void {
  const id = scalar(database, 'PRAGMA application_id');
  const isEmpty = scalar(database, 'SELECT count(*) FROM sqlite_schema') === 0;
  if (!isEmpty && id !== applicationId) throw new RecordsError('records-damaged', { file });
  refuseNewer(database, file);
}

function refuseNewer(database: Database, file: string): number {
  const found = Number(scalar(database, 'PRAGMA user_version'));
  const expected = migrations.length;
  if (found > expected) throw new RecordsError('records-newer', { file, found, expected });
  return found;
}

function migrate(database: Database, file: string): void {
  // Taking the write lock even when nothing is missing shows a read-only folder now, not later.
  database.exec('BEGIN IMMEDIATE');
  try {
    const version = refuseNewer(database, file);
    const missing = migrations.slice(version);
    for (const step of missing) database.exec(step);
    if (missing.length > 0) {
      database.exec(
        `PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${migrations.length}`,
      );
    }
    database.exec('COMMIT');
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

function refuseDamaged(database: Database, file: string): void {
  const pages = Number(scalar(database, 'PRAGMA page_count'));
  const pageBytes = Number(scalar(database, 'PRAGMA page_size'));
  if (pages * pageBytes > checkedSizeBytes) return;
  if (scalar(database, 'PRAGMA quick_check(1)') !== 'ok') {
    throw new RecordsError('records-damaged', { file });
  }
}
