/** Reads a profile or merchant file, never more than one may hold. */
import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { ProfileError } from './profile-error.ts';
import { maxFileBytes } from './yaml/limits.ts';

/** Without waiting for the writer of a named pipe. Windows has no such flag. */
const readFlags = constants.O_RDONLY | (process.platform === 'win32' ? 0 : constants.O_NONBLOCK);

/**
 * At most one byte more than the limit, so that the parser can tell. Throws ProfileError
 * `file-missing`, `file-unreadable`.
 */
export async function readProfileFile(path: string): Promise<Uint8Array> {
  const handle = await open(path, readFlags).catch((error: unknown) => {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    const code = isMissing ? 'file-missing' : 'file-unreadable';
    throw new ProfileError(code, { file: path }, { cause: error });
  });
  try {
    if (!(await handle.stat()).isFile()) throw new Error('not a regular file');
    return await readUpTo(handle, maxFileBytes + 1);
  } catch (error) {
    throw new ProfileError('file-unreadable', { file: path }, { cause: error });
  } finally {
    await handle.close();
  }
}

async function readUpTo(handle: FileHandle, limitBytes: number): Promise<Uint8Array> {
  const buffer = new Uint8Array(limitBytes);
  let filledBytes = 0;
  while (filledBytes < limitBytes) {
    const rest = limitBytes - filledBytes;
    const { bytesRead } = await handle.read(buffer, filledBytes, rest, filledBytes);
    if (bytesRead === 0) break;
    filledBytes += bytesRead;
  }
  return buffer.subarray(0, filledBytes);
}
