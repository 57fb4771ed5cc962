/**
 * What an erasure leaves to do once its rows are gone: files, lines of the log, and the bytes that
 * SQLite keeps in free pages and in its write-ahead log. Noted in the erasure's own transaction, so
 * that a program killed in between, or a full disk, only puts it off to the next opening.
 */
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { defaultLogFile } from '../log.ts';
import { scalar, type Database } from '../sqlite.ts';

const key = 'erase.rest';
/** Our own readers are done in milliseconds; for another's the next opening has time. */
const readerTimeoutMs = 1_000;

const restSchema = z.object({
  /** Whole paths. */
  files: z.array(z.string()),
  /** To be struck from the log. */
  words: z.array(z.string()),
});
type Rest = z.infer<typeof restSchema>;

export function noteTheRest(database: Database, rest: Rest): void {
  const before = readTheRest(database) ?? { files: [], words: [] };
  const all = {
    files: [...new Set([...before.files, ...rest.files])],
    words: [...new Set([...before.words, ...rest.words])],
  };
  write(database, all);
}

/** False where it could not be done now: the next opening tries again. Never throws. */
export function doTheRest({
  database,
  dataFolder,
}: {
  readonly database: Database;
  readonly dataFolder: string;
}): boolean {
  try {
    const rest = readTheRest(database);
    if (rest === null) return true;
    for (const file of rest.files) rmSync(file, { force: true });
    strikeFromLog(dataFolder, rest.words);
    // Its own words go before the pages are written anew; the note itself only afterwards.
    write(database, { files: [], words: [] });
    database.exec('VACUUM');
    if (!emptyTheLog(database)) return false;
    database.prepare('DELETE FROM preferences WHERE key = ?').run(key);
    return true;
  } catch {
    return false;
  }
}

/** Into the database's file, then cut to nothing. False: somebody else is reading from it. */
function emptyTheLog(database: Database): boolean {
  const patienceMs = Number(scalar(database, 'PRAGMA busy_timeout'));
  database.exec(`PRAGMA busy_timeout = ${Math.min(patienceMs, readerTimeoutMs)}`);
  try {
    return scalar(database, 'PRAGMA wal_checkpoint(TRUNCATE)') === 0;
  } finally {
    database.exec(`PRAGMA busy_timeout = ${patienceMs}`);
  }
}

function readTheRest(database: Database): Rest | null {
  const row = database.prepare('SELECT value FROM preferences WHERE key = ?').get(key) as
    { value: string } | undefined;
  return row === undefined ? null : restSchema.parse(JSON.parse(row.value));
}

function write(database: Database, rest: Rest): void {
  database
    .prepare(
      `INSERT INTO preferences (key, value) VALUES (?, ?)
       ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
    )
    .run(key, JSON.stringify(rest));
}

function strikeFromLog(dataFolder: string, words: readonly string[]): void {
  const folder = dirname(defaultLogFile(dataFolder));
  for (const name of namesIn(folder)) {
    const file = join(folder, name);
    const before = readFileSync(file, 'utf8');
    const after = words.reduce((text, word) => text.replaceAll(word, '***'), before);
    if (after === before) continue;
    writeFileSync(`${file}.new`, after, { mode: 0o600 });
    renameSync(`${file}.new`, file);
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => /\.log(\.\d+)?$/.test(name));
  } catch {
    return [];
  }
}
