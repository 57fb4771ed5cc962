/**
 * Locks that belong to one process and die with it. A lock is a small file under `<data>/locks`
 * that its holder keeps in an exclusive SQLite transaction: SQLite takes the operating system's
 * own lock (fcntl, LockFileEx), which the kernel drops when the process ends, however it ends,
 * and keeps two holders inside one process apart as well. A JSON file beside it names the holder.
 *
 * The lock file itself is opened by SQLite only: closing any other descriptor of it in this
 * process would drop the POSIX lock.
 */
import { createHash, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { RecordsError } from './errors.ts';
import { makeFolder } from './make-folder.ts';
import { isBusy, openDatabase, toRecordsError, type Database } from './sqlite.ts';

const holderSchema = z.object({
  name: z.string(),
  pid: z.number().int(),
  program: z.string(),
  sinceUtc: z.string(),
});
export type Holder = z.infer<typeof holderSchema>;

export interface LockOptions {
  readonly dataFolder: string;
  /** Whose program it is, for whoever finds the lock taken. */
  readonly program: string;
  /** How long to wait for the holder to let go; default 0. Blocks the thread. */
  readonly waitMs?: number;
}

export interface Lock {
  readonly name: string;
  /** A second call does nothing. */
  readonly release: () => void;
}

/** Throws RecordsError `terminal-owned` with facts `name`, `holder`, `pid`, `program`, `since`. */
export function acquireLock(name: string, options: LockOptions): Lock {
  const paths = lockPaths(options.dataFolder, name);
  const taken = lockOrHolder(paths, options);
  if (taken.database === null) throw ownedBy(name, taken.holder);
  const { database } = taken;
  try {
    writeHolder(paths.holder, name, options.program);
  } catch (error) {
    database.close();
    throw toRecordsError(error, { folder: options.dataFolder, file: paths.holder });
  }
  let held = true;
  return {
    name,
    release: () => {
      if (!held) return;
      held = false;
      removeQuietly(paths.holder);
      database.close();
    },
  };
}

/** Whoever opens the records has this one meanwhile: it prepares the database. */
export const openingLock = 'migrate';

/**
 * The records to oneself: until it is released nobody else can open them. null: another program has
 * them open, or this one. Throws RecordsError where the folder can't be written.
 */
export function acquireFolder(options: LockOptions): Lock | null {
  const { dataFolder } = options;
  let own: Lock;
  try {
    own = acquireLock(openingLock, options);
  } catch (error) {
    if (error instanceof RecordsError && error.code === 'terminal-owned') return null;
    throw error;
  }
  try {
    // Every program that is past the opening has a lock: its life's at least.
    const ownFile = lockPaths(dataFolder, own.name).lock;
    const others = lockFiles(dataFolder).filter((file) => file !== ownFile);
    if (!others.some((file) => isHeld(file, dataFolder))) return own;
  } catch (error) {
    own.release();
    throw error;
  }
  own.release();
  return null;
}

/**
 * Whether a process that is not `pid` has the records open. Who is just opening them may be missed:
 * `acquireFolder` is what is sure.
 */
export function isHeldByAnother(dataFolder: string, pid: number | null): boolean {
  return lockFiles(dataFolder).some((file) => {
    if (!isHeld(file, dataFolder)) return false;
    // A lock that is held has its holder's name beside it, if it has one.
    const holder = readHolder(file.replace(/\.lock$/u, '.json'));
    return holder !== null && holder.pid !== pid;
  });
}

function lockFiles(dataFolder: string): string[] {
  const folder = join(dataFolder, 'locks');
  return readdirSync(folder)
    .filter((file) => file.endsWith('.lock'))
    .map((file) => join(folder, file));
}

function isHeld(file: string, dataFolder: string): boolean {
  const database = lookAt(file, dataFolder);
  database?.close();
  return database === null;
}

/** Locks that one process takes once, under a name nobody takes again: they say that it lives. */
const lifePrefix = 'process ';

export function acquireLifeLock(options: LockOptions): Lock {
  const lock = acquireLock(`${lifePrefix}${randomUUID()}`, options);
  return {
    name: lock.name,
    release: () => {
      lock.release();
      removeQuietly(lockPaths(options.dataFolder, lock.name).lock);
    },
  };
}

/** False once the process that took this life lock is gone; its files are then removed. */
export function isAlive(lifeLockName: string, dataFolder: string): boolean {
  const paths = lockPaths(dataFolder, lifeLockName);
  const database = lookAt(paths.lock, dataFolder);
  if (database === null) return true;
  database.close();
  removeQuietly(paths.lock);
  removeQuietly(paths.holder);
  return false;
}

const looks = 3;

/** The lock; null: its process has it. */
function lookAt(file: string, dataFolder: string): Database | null {
  for (let look = 1; ; look++) {
    try {
      // Two that look at once are in each other's way for a moment.
      return tryLock(file, { dataFolder, waitMs: 20 });
    } catch (error) {
      // A file that is removed while SQLite opens it, as its process ends, is SQLITE_IOERR_FSTAT.
      if (look === looks) throw error;
    }
  }
}

/** What is left behind does no harm: the next sweep meets it again. */
function removeQuietly(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // Windows keeps a file that another process is looking at.
  }
}

/** Removes what processes that were killed left in the folder. */
export function sweepDeadLocks(dataFolder: string): void {
  const folder = join(dataFolder, 'locks');
  for (const file of readdirSync(folder)) {
    if (!file.endsWith('.json')) continue;
    const holder = readHolder(join(folder, file));
    if (holder?.name.startsWith(lifePrefix)) isAlive(holder.name, dataFolder);
  }
}

function tryLock(
  file: string,
  { dataFolder, waitMs = 0 }: { dataFolder: string; waitMs?: number },
): Database | null {
  let database: Database | null = null;
  try {
    makeFolder(join(dataFolder, 'locks'));
    database = openDatabase(file, waitMs);
    database.exec('BEGIN EXCLUSIVE');
    return database;
  } catch (error) {
    database?.close();
    if (isBusy(error)) return null;
    throw toRecordsError(error, { folder: dataFolder, file });
  }
}

function lockPaths(dataFolder: string, name: string): { lock: string; holder: string } {
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 32);
  const base = join(dataFolder, 'locks', hash);
  return { lock: `${base}.lock`, holder: `${base}.json` };
}

function writeHolder(file: string, name: string, program: string): void {
  const holder: Holder = { name, pid: process.pid, program, sinceUtc: new Date().toISOString() };
  writeFileSync(`${file}.new`, JSON.stringify(holder), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/** Far longer than it takes, on a machine that is busy with other things too. */
const namedWithinMs = 3_000;
const pauseMs = { shortest: 2, longest: 12 };

/**
 * The lock, or who has it. Two that try at the same moment can both be refused (each has the file
 * open for reading while it asks to be alone), and who has just taken it says who it is a moment
 * later: so it is tried until it is ours or somebody who is running has said that it is theirs.
 */
function lockOrHolder(
  paths: ReturnType<typeof lockPaths>,
  options: LockOptions,
): { readonly database: Database } | { readonly database: null; readonly holder: Holder | null } {
  const pause = new Int32Array(new SharedArrayBuffer(4));
  const endMs = performance.now() + namedWithinMs;
  for (;;) {
    const database = tryLock(paths.lock, options);
    if (database !== null) return { database };
    const holder = readHolder(paths.holder);
    if (holder !== null && isRunning(holder.pid)) return { database, holder };
    if (performance.now() > endMs) return { database, holder: null };
    const { shortest, longest } = pauseMs;
    Atomics.wait(pause, 0, 0, shortest + Math.random() * (longest - shortest));
  }
}

/** Who was killed left its name behind. */
function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Null where the holder has not yet written its name. */
function readHolder(file: string): Holder | null {
  try {
    const holder = holderSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    return holder.success ? holder.data : null;
  } catch {
    return null;
  }
}

/** What people call the programs that share a data folder. */
const knownPrograms: ReadonlyMap<string, string> = new Map([
  ['cli', 'pos-bench'],
  ['app', 'POS Bench'],
]);

function ownedBy(name: string, holder: Holder | null): RecordsError {
  if (holder === null) return new RecordsError('terminal-owned', { name });
  const { pid, program, sinceUtc } = holder;
  return new RecordsError('terminal-owned', {
    name,
    holder: knownPrograms.get(program) ?? program,
    pid,
    program,
    since: sinceUtc,
  });
}
