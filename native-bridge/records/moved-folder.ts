/**
 * Where the data went that was in the usual folder: the usual one keeps a note that says so, for the
 * app and the shell alike.
 */
import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { z } from 'zod';
import { defaultDataFolder } from './data-folder.ts';
import { RecordsError } from './errors.ts';
import { makeFolder } from './make-folder.ts';
import { syncFolder, writeWholeFile } from './whole-file.ts';

const noteSchema = z.object({ folder: z.string().refine((folder) => isAbsolute(folder)) });

const noteIn = (usual: string): string => join(usual, 'moved-to.json');

/**
 * The folder to use where nobody names one. Throws RecordsError `moved-note-unreadable`: taken for
 * no note, a damaged one would begin a second history beside the one that was moved.
 */
export function usualDataFolder(usual = defaultDataFolder()): string {
  const file = noteIn(usual);
  try {
    return noteSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).folder;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return usual;
    throw new RecordsError('moved-note-unreadable', { file }, { cause: error });
  }
}

/**
 * From the next start on; it is on the disk when this resolves. Rejects with the file system's
 * error: then the note is what it was before.
 */
export async function noteMove(folder: string, usual = defaultDataFolder()): Promise<void> {
  if (folder === usual) {
    await rm(noteIn(usual), { force: true });
  } else {
    makeFolder(usual);
    await writeWholeFile(noteIn(usual), JSON.stringify({ folder }), 0o600);
  }
  await syncFolder(usual);
}
