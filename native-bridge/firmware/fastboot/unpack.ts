/**
 * Takes an entry out of a package onto the disk, for what has to be read out of order: whole and
 * hashed, or not there at all.
 */
import { createHash } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { FirmwareError } from '../firmware-error.ts';
import type { FileProgress } from '../streaming.ts';
import type { ZipArchive } from '../zip/zip-archive.ts';

const progressEveryBytes = 16 * 1024 * 1024;

/**
 * The SHA-256 of what stands at `path` then, hex. Left early or failed, nothing stands there. Throws
 * FirmwareError `package-malformed`, `disk-full`, `data-folder-unwritable`.
 */
export async function* unpackEntry(
  zip: ZipArchive,
  entry: string,
  path: string,
): AsyncGenerator<FileProgress, string, void> {
  const part = `${path}.part`;
  try {
    const sha256 = yield* writeEntry(zip, entry, part);
    await rename(part, path);
    return sha256;
  } catch (error) {
    throw asDiskFault(error, dirname(path));
  } finally {
    await rm(part, { force: true });
  }
}

async function* writeEntry(
  zip: ZipArchive,
  entry: string,
  path: string,
): AsyncGenerator<FileProgress, string, void> {
  const totalBytes = zip.entries.get(entry)?.sizeBytes ?? 0;
  const hash = createHash('sha256');
  const file = await open(path, 'w', 0o600);
  try {
    let [doneBytes, toldBytes] = [0, 0];
    for await (const piece of zip.stream(entry)) {
      await file.writeFile(piece);
      hash.update(piece);
      doneBytes += piece.length;
      if (doneBytes - toldBytes < progressEveryBytes) continue;
      toldBytes = doneBytes;
      yield { doneBytes, totalBytes };
    }
    await file.sync();
    yield { doneBytes, totalBytes };
  } finally {
    await file.close();
  }
  return hash.digest('hex');
}

function asDiskFault(cause: unknown, folder: string): unknown {
  if (cause instanceof FirmwareError || !(cause instanceof Error) || !('code' in cause))
    return cause;
  const code = cause.code === 'ENOSPC' ? 'disk-full' : 'data-folder-unwritable';
  return new FirmwareError(code, { folder }, { cause });
}
