/**
 * A file that is there whole or not at all: on a full disk what stood there before stays, and no
 * half of the new one takes the room that the records need. A program killed while it wrote leaves
 * its half behind, under a name of its own; `removeStalePartials` clears those away.
 */
import { randomUUID } from 'node:crypto';
import { constants, readdirSync, rmSync, statSync } from 'node:fs';
import { copyFile, link, lstat, open, rename, rm, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** The file's name, then a UUID: nothing that people or other programs name so. */
const partialName = /.\.[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.new$/;
/** Far longer than a write takes, also over a computer's night asleep. */
const stalePartialMs = 24 * 60 * 60 * 1000;

/** Resolves when it is on the disk. Rejects with the file system's error. */
export async function writeWholeFile(
  path: string,
  content: string | Uint8Array,
  mode = 0o666,
): Promise<void> {
  if (!(await isOrdinary(path))) {
    // A pipe, a device or a link stays what it is.
    await write(path, content, mode);
    return;
  }
  const partial = partialOf(path);
  try {
    await write(partial, content, mode);
    await rename(partial, path);
  } catch (error) {
    await removeOwn(partial);
    throw error;
  }
}

/**
 * As `writeWholeFile`, but what stands there already stays: of several that write it at once, also in
 * several programs, the first has it, and the others read what it wrote.
 */
export async function writeFirstFile(path: string, content: string, mode: number): Promise<void> {
  const partial = partialOf(path);
  try {
    await write(partial, content, mode);
    await link(partial, path).catch((error: unknown) => {
      if (!noLinks.includes(codeOf(error))) throw error;
      // The first has it here, too, though a power cut may leave half of it.
      return copyFile(partial, path, constants.COPYFILE_EXCL);
    });
    await syncFolder(dirname(path));
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  } finally {
    await removeOwn(partial);
  }
}

/**
 * What a scanner of viruses has open can't be removed (Windows); the file is there all the same, or why
 * it is not is told. Never rejects: `removeStalePartials` clears it away.
 */
async function removeOwn(partial: string): Promise<void> {
  await rm(partial, { force: true }).catch(() => undefined);
}

/** Of a file system without hard links (FAT, some shares); EISDIR is what libuv makes of Windows' word. */
const noLinks = ['EPERM', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP', 'EISDIR'];

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? '';

/** Two may write it at once, in one process as well. */
const partialOf = (path: string): string => `${path}.${randomUUID()}.new`;

/** What a killed program left of files in `folder`, a day ago or earlier. Never throws. */
export function removeStalePartials(folder: string, nowMs = Date.now()): void {
  try {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (!entry.isFile() || !partialName.test(entry.name)) continue;
      const path = join(folder, entry.name);
      if (nowMs - statSync(path).mtimeMs > stalePartialMs) rmSync(path, { force: true });
    }
  } catch {
    // No such folder yet, or one that may not be changed now: the next opening tries again.
  }
}

/** Also where there is nothing yet. */
async function isOrdinary(path: string): Promise<boolean> {
  try {
    return (await lstat(path)).isFile();
  } catch {
    return true;
  }
}

async function write(path: string, content: string | Uint8Array, mode: number): Promise<void> {
  const file = await open(path, 'w', mode);
  try {
    await file.writeFile(content);
    await sync(file);
  } finally {
    await file.close();
  }
}

/** Resolves when the disk has what was written. */
export async function sync(file: FileHandle): Promise<void> {
  try {
    await file.sync();
  } catch (error) {
    // Pipes and devices have nothing to sync.
    if ((error as NodeJS.ErrnoException).code !== 'EINVAL') throw error;
  }
}

/** The names in a folder, where the system can say that the disk has them. Never rejects. */
export async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch {
    // Windows opens no folder; its file system keeps names in order by itself.
  }
}
