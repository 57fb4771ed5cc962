/** A backup from a file of the technician's, never more of it than the limit. */
import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { BridgeFault } from '../../contract/bridge-fault.ts';
import type { Backup } from '../../contract/backup.ts';
import { backupOfText, maxBackupBytes } from './file-form.ts';

/** Without waiting for the writer of a named pipe. Windows has no such flag. */
const readFlags = constants.O_RDONLY | (process.platform === 'win32' ? 0 : constants.O_NONBLOCK);

/** Throws `file-missing`, `file-unreadable`, `file-too-large`, `backup-newer`, `backup-damaged`. */
export async function readBackupFile(path: string, name: string): Promise<Backup> {
  const handle = await open(path, readFlags).catch((error: unknown) => {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    const code = isMissing ? 'file-missing' : 'file-unreadable';
    throw new BridgeFault(code, { file: name }, { cause: error });
  });
  try {
    return backupOfText(await readBounded(handle, name), name);
  } catch (error) {
    if (error instanceof BridgeFault) throw error;
    throw new BridgeFault('file-unreadable', { file: name }, { cause: error });
  } finally {
    await handle.close();
  }
}

async function readBounded(handle: FileHandle, file: string): Promise<Uint8Array> {
  const info = await handle.stat();
  if (!info.isFile()) throw new BridgeFault('file-unreadable', { file });
  const { size: sizeBytes } = info;
  const maxBytes = maxBackupBytes;
  if (sizeBytes > maxBytes) throw new BridgeFault('file-too-large', { file, sizeBytes, maxBytes });
  const buffer = new Uint8Array(sizeBytes);
  let filledBytes = 0;
  while (filledBytes < sizeBytes) {
    const rest = sizeBytes - filledBytes;
    const { bytesRead } = await handle.read(buffer, filledBytes, rest, filledBytes);
    if (bytesRead === 0) break;
    filledBytes += bytesRead;
  }
  return buffer.subarray(0, filledBytes);
}
