/**
 * The one file that knows which SQLite this is: `@photostructure/sqlite` (node:sqlite's interface
 * with prebuilt binaries), a Kysely dialect over it, and its error codes as RecordsErrors.
 *
 * It runs in the records' worker thread: SQLite's calls block.
 */
import { statfsSync } from 'node:fs';
import { DatabaseSync } from '@photostructure/sqlite';
import {
  SqliteDialect,
  SqliteDriver,
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  type SqliteDatabase,
  type SqliteDialectConfig,
  type SqliteStatement,
} from 'kysely';
import { RecordsError } from './errors.ts';

export type Database = InstanceType<typeof DatabaseSync>;

/** Opens without touching the file's content. Throws the library's error: see `toRecordsError`. */
export function openDatabase(file: string, busyTimeoutMs: number): Database {
  return new DatabaseSync(file, {
    timeout: busyTimeoutMs,
    enableForeignKeyConstraints: true,
    defensive: true,
  });
}

/** One value of a one-row answer, such as a pragma's. */
export function scalar(database: Database, sql: string): unknown {
  const row: unknown = database.prepare(sql).get();
  return typeof row === 'object' && row !== null ? Object.values(row)[0] : undefined;
}

/** Kysely's view of the database: statements that tell whether they return rows. */
function kyselyView(database: Database): SqliteDatabase {
  return {
    close: () => database.close(),
    prepare: (sql): SqliteStatement => {
      const statement = database.prepare(sql);
      return {
        reader: statement.columns().length > 0,
        all: (parameters) => statement.all(...parameters) as unknown[],
        run: (parameters) => statement.run(...parameters),
        iterate: (parameters) => statement.iterate(...parameters),
      };
    },
  };
}

/**
 * Takes the write lock when a transaction begins: one that reads first and writes later fails at
 * once with SQLITE_BUSY_SNAPSHOT when another process wrote in between, whatever the busy timeout.
 */
class ImmediateDriver extends SqliteDriver {
  readonly #database: Database;

  constructor(config: SqliteDialectConfig, database: Database) {
    super(config);
    this.#database = database;
  }

  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }

  /** A full disk rolls back by itself; rolling back once more would hide what happened. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#database.isTransaction) await super.rollbackTransaction(connection);
  }
}

export class RecordsDialect extends SqliteDialect {
  readonly #config: SqliteDialectConfig;
  readonly #database: Database;

  constructor(database: Database) {
    const config = { database: kyselyView(database) };
    super(config);
    this.#config = config;
    this.#database = database;
  }

  override createDriver(): Driver {
    return new ImmediateDriver(this.#config, this.#database);
  }
}

/** SQLite's primary result codes (sqlite.org/rescode.html). */
const code = {
  perm: 3,
  busy: 5,
  locked: 6,
  readonly: 8,
  ioError: 10,
  corrupt: 11,
  full: 13,
  cannotOpen: 14,
  notADatabase: 26,
} as const;

export interface ErrorPlace {
  readonly folder: string;
  readonly file: string;
}

/** The library's error, or a file system's, as a RecordsError; a RecordsError stays what it is. */
export function toRecordsError(error: unknown, place: ErrorPlace): RecordsError {
  if (error instanceof RecordsError) return error;
  const cause = { cause: error };
  const { folder, file } = place;
  switch (resultCode(error)) {
    case code.busy:
    case code.locked:
      return new RecordsError('records-busy', { file }, cause);
    case code.corrupt:
    case code.notADatabase:
      return new RecordsError('records-damaged', { file }, cause);
    case code.full:
      return new RecordsError('disk-full', { folder }, cause);
    case code.perm:
    case code.readonly:
      return new RecordsError('data-folder-unwritable', { folder }, cause);
    case code.cannotOpen:
    case code.ioError:
      // A full disk also shows as an error of the shared-memory file beside the database.
      return new RecordsError(
        isFull(folder) ? 'disk-full' : 'data-folder-unwritable',
        { folder },
        cause,
      );
    default:
      return fromFileSystem(error, folder);
  }
}

/** True for SQLITE_BUSY, of a lock that somebody else has. */
export function isBusy(error: unknown): boolean {
  return resultCode(error) === code.busy;
}

function resultCode(error: unknown): number | null {
  if (!(error instanceof Error) || !('errcode' in error)) return null;
  return typeof error.errcode === 'number' ? error.errcode & 0xff : null;
}

function fromFileSystem(error: unknown, folder: string): RecordsError {
  const name = error instanceof Error && 'code' in error ? error.code : null;
  switch (name) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new RecordsError('disk-full', { folder }, { cause: error });
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'ENOENT':
    case 'ENOTDIR':
    case 'EEXIST':
    case 'EIO':
      return new RecordsError('data-folder-unwritable', { folder }, { cause: error });
    default: {
      const detail = error instanceof Error ? error.message : String(error);
      return new RecordsError('internal', { detail }, { cause: error });
    }
  }
}

function isFull(folder: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize < 128 * 1024;
  } catch {
    return false;
  }
}
