/**
 * Images that a flash has unpacked, a folder a terminal. Their program takes them away at the flash's
 * end; where it was killed before, they are gigabytes that nobody needs. A terminal's folder belongs to
 * who has the terminal's lock.
 */
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { acquireLock } from './ownership.ts';

interface Home {
  readonly dataFolder: string;
  readonly program: string;
}

const folderOf = (dataFolder: string): string => join(dataFolder, 'unpacked');

export function unpackedFolder(dataFolder: string, terminalId: string): string {
  return join(folderOf(dataFolder), terminalId);
}

/** The caller has the terminal's lock. Never throws: what can't go now goes at the next opening. */
export function removeUnpacked(dataFolder: string, terminalId: string): void {
  try {
    rmSync(unpackedFolder(dataFolder, terminalId), { recursive: true, force: true });
  } catch {
    // Windows keeps a file that somebody reads.
  }
}

/** Of terminals that nobody works on. Never throws. */
export function sweepUnpacked(home: Home): void {
  for (const terminalId of namesIn(folderOf(home.dataFolder))) {
    try {
      const lock = acquireLock(`terminal ${terminalId}`, home);
      removeUnpacked(home.dataFolder, terminalId);
      lock.release();
    } catch {
      // Somebody flashes it.
    }
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
