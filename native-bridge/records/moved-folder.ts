/**
 * Where the data went that was in the usual folder: the usual one keeps a note that says so, for the
 * app and the shell alike.
 */
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { z } from 'zod';
import { defaultDataFolder } from './data-folder.ts';
import { makeFolder } from './make-folder.ts';

const noteSchema = z.object({ folder: z.string().refine((folder) => isAbsolute(folder)) });

const noteIn = (usual: string): string => join(usual, 'moved-to.json');

/** The folder to use where nobody names one. A note that can't be read counts as none. */
export function usualDataFolder(usual = defaultDataFolder()): string {
  try {
    return noteSchema.parse(JSON.parse(readFileSync(noteIn(usual), 'utf8'))).folder;
  } catch {
    return usual;
  }
}

/** From the next start on. Throws the file system's error. */
export function noteMove(folder: string, usual = defaultDataFolder()): void {
  if (folder === usual) {
    rmSync(noteIn(usual), { force: true });
    return;
  }
  makeFolder(usual);
  const fresh = `${noteIn(usual)}.new`;
  writeFileSync(fresh, JSON.stringify({ folder }), { mode: 0o600 });
  renameSync(fresh, noteIn(usual));
}
