/** A store over a database in memory, with a clock of the test's. */
import { Kysely } from 'kysely';
import { onTestFinished } from 'vitest';
import { prepareDatabase } from '../../native-bridge/records/migrate.ts';
import type { Tables } from '../../native-bridge/records/schema.ts';
import { openDatabase, RecordsDialect } from '../../native-bridge/records/sqlite.ts';
import type { Store } from '../../native-bridge/records/store/store.ts';

export function memoryStore(nowUtc: () => string): Store {
  const database = openDatabase(':memory:', 0);
  prepareDatabase(database, ':memory:');
  onTestFinished(() => database.close());
  return {
    db: new Kysely<Tables>({ dialect: new RecordsDialect(database) }),
    file: ':memory:',
    nowUtc,
  };
}
