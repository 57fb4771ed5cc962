/**
 * The data folder elsewhere: where there are records already those are used, else everything is
 * copied. What is left behind stays whole, so that nothing can be lost on the way.
 */
import { accessSync, constants, existsSync, readdirSync, readFileSync } from 'node:fs';
import { copyFile, readdir, rm } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import { makeFolder } from '../native-bridge/records/make-folder.ts';
import { recordsFile } from '../native-bridge/records/data-folder.ts';

/** Of this window, not of the data: Chromium's own, and locks that die with their process. */
const ownEntries = new Set(['locks', 'moved-to.json', 'lockfile', 'SingletonLock']);
/** What is worth taking along of the window's folder. */
const windowFiles = new Set(['preferences.json', 'window.json']);

export interface Destination {
  readonly folder: string;
  /** Records of an earlier time are there. */
  readonly hasRecords: boolean;
}

/** A folder with other things in it gets one of its own inside. null: nothing can be written there. */
export function destinationIn(chosen: string): Destination | null {
  const hasRecords = existsSync(join(chosen, recordsFile));
  const isFree = hasRecords || !existsSync(chosen) || readdirSync(chosen).length === 0;
  const folder = isFree ? chosen : join(chosen, 'pos-bench');
  try {
    makeFolder(folder);
    accessSync(folder, constants.W_OK);
  } catch {
    return null;
  }
  return { folder, hasRecords: existsSync(join(folder, recordsFile)) };
}

/** One lies in the other: copying would never end, or be no move. */
export function overlaps(one: string, other: string): boolean {
  const [a, b] = [resolve(one) + sep, resolve(other) + sep];
  return a.startsWith(b) || b.startsWith(a);
}

/** Whether another program has the folder open. */
export function isShared(folder: string): boolean {
  const locks = join(folder, 'locks');
  if (!existsSync(locks)) return false;
  return readdirSync(locks).some((name) => {
    if (!name.endsWith('.json')) return false;
    const pid = pidIn(join(locks, name));
    return pid !== null && pid !== process.pid && isRunning(pid);
  });
}

/** Throws the file system's error; then nothing of it is left at the destination. */
export async function copyData(from: string, to: string): Promise<void> {
  const before = new Set(readdirSync(to));
  try {
    await copyBelow(from, to, '');
  } catch (error) {
    for (const name of readdirSync(to)) {
      if (!before.has(name)) await rm(join(to, name), { recursive: true, force: true });
    }
    throw error;
  }
}

/** `inside`: the folder's path below both. */
async function copyBelow(from: string, to: string, inside: string): Promise<void> {
  makeFolder(join(to, inside));
  for (const entry of await readdir(join(from, inside), { withFileTypes: true })) {
    const path = join(inside, entry.name);
    if (!goes(path)) continue;
    if (entry.isDirectory()) await copyBelow(from, to, path);
    else if (entry.isFile()) await copyFile(join(from, path), join(to, path));
  }
}

function goes(path: string): boolean {
  const [first = '', second] = path.split(sep);
  if (ownEntries.has(first)) return false;
  return first !== 'window' || second === undefined || windowFiles.has(second);
}

function pidIn(file: string): number | null {
  try {
    const holder = JSON.parse(readFileSync(file, 'utf8')) as { pid?: unknown };
    return typeof holder.pid === 'number' ? holder.pid : null;
  } catch {
    return null;
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
