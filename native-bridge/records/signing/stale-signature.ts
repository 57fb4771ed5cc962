/** The signature of what a file held before it was written anew: beside the new content it would call it changed. */
import { lstat, readFile, rm } from 'node:fs/promises';
import { readSignature } from './minisign.ts';

/** Comments may be long; a signature's file is not. */
const maxBytes = 64 * 1024;

/**
 * For after `file` was written. Only what has the form of minisign's signatures goes: what else has
 * such a name is somebody's own. Never throws: where it can't be removed the file is written all the same.
 */
export async function removeStaleSignature(file: string): Promise<void> {
  const beside = `${file}.minisig`;
  try {
    const info = await lstat(beside);
    if (!info.isFile() || info.size > maxBytes) return;
    if (readSignature(await readFile(beside, 'utf8')) !== null) await rm(beside);
  } catch {
    // There is none, or it may not be touched.
  }
}
