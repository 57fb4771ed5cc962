/**
 * A file that is there whole or not at all: on a full disk what stood there before stays, and no
 * half of the new one takes the room that the records need.
 */
import { randomUUID } from 'node:crypto';
import { lstat, open, rename, rm } from 'node:fs/promises';

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
  // Two may write it at once, in one process as well.
  const partial = `${path}.${randomUUID()}.new`;
  try {
    await write(partial, content, mode);
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
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
    await file.sync().catch((error: unknown) => {
      // Pipes and devices have nothing to sync.
      if ((error as NodeJS.ErrnoException).code !== 'EINVAL') throw error;
    });
  } finally {
    await file.close();
  }
}
