/**
 * The data folder elsewhere: where there are records already those are used, else everything is
 * copied. What is left behind stays whole, and a copy that was cut off never looks like one that
 * was not, so that nothing can be lost on the way.
 */
import { accessSync, chmodSync, constants, existsSync, readdirSync, realpathSync } from 'node:fs';
import { copyFile, open, readdir, rename, rm, rmdir, stat, symlink } from 'node:fs/promises';
import { basename, dirname, join, sep } from 'node:path';
import { makeFolder } from '../native-bridge/records/make-folder.ts';
import { recordsFile } from '../native-bridge/records/data-folder.ts';
import { noteMove } from '../native-bridge/records/moved-folder.ts';
import { acquireFolder, isHeldByAnother, type Lock } from '../native-bridge/records/ownership.ts';
import { sync, syncFolder } from '../native-bridge/records/whole-file.ts';

/** Of this window, not of the data: Chromium's own, and locks that die with their process. */
const ownEntries = new Set(['locks', 'moved-to.json', 'lockfile', 'SingletonLock']);
/** What is worth taking along of the window's folder. */
const windowFiles = new Set(['preferences.json', 'window.json']);

/** Collected as garbage, a lock would be gone. */
const heldToTheEnd: Lock[] = [];

export interface Destination {
  readonly folder: string;
  /** Records of an earlier time are there. */
  readonly hasRecords: boolean;
}

/**
 * A folder of its own in the chosen one, which others may look into; the chosen one itself only
 * where it holds records. Changes nothing. null: nothing can be written there.
 */
export function destinationIn(chosen: string): Destination | null {
  const folder = hasRecords(chosen) ? chosen : ownFolderIn(chosen);
  try {
    accessSync(nearest(folder), constants.W_OK | constants.X_OK);
  } catch {
    return null;
  }
  return { folder, hasRecords: hasRecords(folder) };
}

function ownFolderIn(chosen: string): string {
  for (let number = 1; ; number++) {
    const folder = join(chosen, number === 1 ? 'pos-bench' : `pos-bench-${number}`);
    if (!existsSync(folder) || hasRecords(folder) || isEmptyFolder(folder)) return folder;
  }
}

function hasRecords(folder: string): boolean {
  return existsSync(join(folder, recordsFile));
}

function isEmptyFolder(path: string): boolean {
  try {
    return readdirSync(path).length === 0;
  } catch {
    return false;
  }
}

/** The folder itself, or of those above it the first that is there. */
function nearest(folder: string): string {
  const above = dirname(folder);
  return existsSync(folder) || above === folder ? folder : nearest(above);
}

/** One lies in the other, also by a link: copying would never end, or be no move. */
export function overlaps(one: string, other: string): boolean {
  const [a, b] = [realPath(one) + sep, realPath(other) + sep];
  return a.startsWith(b) || b.startsWith(a);
}

/** With links followed as far as it exists. */
export function realPath(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    const above = dirname(path);
    return above === path ? path : join(realPath(above), basename(path));
  }
}

/** Whether another program than the bridge has the records open; asked before the bridge is closed. */
export function isShared(folder: string, bridgePid: number | null): boolean {
  try {
    return isHeldByAnother(folder, bridgePid);
  } catch {
    // What is wrong with the folder the move itself says.
    return false;
  }
}

/**
 * To be called when this program's bridge is closed. Where it rejects (with the file system's error
 * or RecordsError), or `in-use`, all is as it was before. Moved: nobody can open the records that
 * were left behind until this program ends.
 */
export async function moveData(
  from: string,
  to: Destination,
  usual?: string,
): Promise<'moved' | 'in-use'> {
  const lock = acquireFolder({ dataFolder: from, program: 'app' });
  if (lock === null) return 'in-use';
  try {
    if (to.hasRecords) chmodSync(to.folder, 0o700);
    else await copyData(from, to.folder);
    try {
      await noteMove(to.folder, usual);
    } catch (error) {
      if (!to.hasRecords) await rm(to.folder, { recursive: true, force: true });
      throw error;
    }
    heldToTheEnd.push(lock);
    return 'moved';
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** The copy has its name when all of it is on the disk. Rejects; then nothing of it is left. */
async function copyData(from: string, to: string): Promise<void> {
  const partial = `${to}.partial`;
  try {
    // What a program that was killed on the way left there.
    await rm(partial, { recursive: true, force: true });
    await copyBelow(from, partial, '');
    if (existsSync(to)) await rmdir(to);
    await rename(partial, to);
  } catch (error) {
    await rm(partial, { recursive: true, force: true }).catch(() => undefined);
    throw error;
  }
  await syncFolder(dirname(to));
}

/** `inside`: the folder's path below both. */
async function copyBelow(from: string, to: string, inside: string): Promise<void> {
  makeFolder(join(to, inside));
  for (const entry of await readdir(join(from, inside), { withFileTypes: true })) {
    const path = join(inside, entry.name);
    if (!goes(path)) continue;
    const [source, copy] = [join(from, path), join(to, path)];
    const isLink = entry.isSymbolicLink();
    // A link may lead nowhere.
    const kind = isLink ? await stat(source).catch(() => null) : entry;
    if (kind?.isFile() === true) {
      await copyFile(source, copy);
      await syncCopy(copy);
    } else if (kind?.isDirectory() === true) {
      // Photos that somebody put on a larger disk stay there.
      if (isLink) await symlink(realPath(source), copy, 'junction');
      else await copyBelow(from, to, path);
    }
  }
  await syncFolder(join(to, inside));
}

async function syncCopy(path: string): Promise<void> {
  // Windows writes out only what is open for writing; elsewhere a key may be for reading only.
  const file = await open(path, process.platform === 'win32' ? 'r+' : 'r');
  try {
    await sync(file);
  } finally {
    await file.close();
  }
}

function goes(path: string): boolean {
  const [first = '', second] = path.split(sep);
  if (ownEntries.has(first)) return false;
  return first !== 'window' || second === undefined || windowFiles.has(second);
}
