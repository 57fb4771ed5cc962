/**
 * The bytes of images that were verified and are being sent, in the data folder: a flash that was
 * cut off goes on with exactly these, whatever became of the file they came from. The newest few
 * are kept.
 */
import { mkdir, readdir, readFile, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { BridgeFault } from '../../contract/bridge-fault.ts';
import { imageFile, imagesFolder } from '../../records/data-folder.ts';
import { writeWholeFile } from '../../records/whole-file.ts';
import { toHex } from '../firmware-state.ts';
import { sha256 } from './firmware-file.ts';

const keptImages = 6;

/** Resolves when the bytes are on the disk. Throws `disk-full`, `data-folder-unwritable`. */
export async function storeImage(
  dataFolder: string,
  fileSha256: string,
  bytes: Uint8Array,
): Promise<void> {
  const path = imageFile(dataFolder, fileSha256);
  try {
    await mkdir(imagesFolder(dataFolder), { recursive: true, mode: 0o700 });
    const now = new Date();
    // A copy that is not these very bytes, whatever its size, is written anew.
    if (await loadStoredImage(dataFolder, fileSha256)) await utimes(path, now, now);
    else await writeWholeFile(path, bytes, 0o600);
  } catch (cause) {
    const full = (cause as NodeJS.ErrnoException).code === 'ENOSPC';
    const code = full ? 'disk-full' : 'data-folder-unwritable';
    throw new BridgeFault(code, { folder: imagesFolder(dataFolder) }, { cause });
  }
  await dropOldest(dataFolder).catch(() => undefined);
}

/** null: not there any more, or no longer what it was. */
export async function loadStoredImage(
  dataFolder: string,
  fileSha256: string,
): Promise<Uint8Array | null> {
  try {
    const bytes = await readFile(imageFile(dataFolder, fileSha256));
    return toHex(sha256(bytes)) === fileSha256 ? bytes : null;
  } catch {
    return null;
  }
}

async function dropOldest(dataFolder: string): Promise<void> {
  const folder = imagesFolder(dataFolder);
  const names = (await readdir(folder)).filter((name) => /^[0-9a-f]{64}\.bin$/.test(name));
  const aged = await Promise.all(
    names.map(async (name) => ({ name, atMs: (await stat(join(folder, name))).mtimeMs })),
  );
  aged.sort((a, b) => b.atMs - a.atMs);
  await Promise.all(aged.slice(keptImages).map(({ name }) => rm(join(folder, name))));
}
