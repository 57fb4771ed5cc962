/** A picture's file, read whole and looked at from outside: kind, size. Nothing is decoded here. */
import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { basename } from 'node:path';
import { isWhole } from './is-whole.ts';
import { isReadable, kindBytes, pictureKind, type ReadableKind } from './kind.ts';
import { jpegOrientation } from './lean-jpeg.ts';
import { pictureLimits } from './limits.ts';
import { PictureError } from './picture-error.ts';
import { isDeep, pictureSize } from './size.ts';
import type { Turned } from './upright.ts';

/** The size is the pixels' as they are written, whichever way up they are. */
export interface Picture extends Turned {
  readonly name: string;
  readonly kind: ReadableKind;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** It goes on to its end, as far as that can be told from outside. */
  readonly isWhole: boolean;
}

/**
 * Throws PictureError: `file-missing`, `file-unreadable`, `file-too-large` (before it is read),
 * `file-changed` (while it was read), `picture-unknown`, `picture-damaged` (no header),
 * `picture-too-large` (by its header).
 */
export async function openPicture(
  path: string,
  maxBytes: number = pictureLimits.fileBytes,
): Promise<Picture> {
  const name = basename(path);
  const bytes = await readBounded(path, name, maxBytes);
  const kind = pictureKind(bytes.subarray(0, kindBytes));
  if (kind === null) throw new PictureError('picture-unknown', { file: name });
  if (!isReadable(kind)) {
    throw new PictureError('picture-unknown', { file: name, pictureKind: kind.toUpperCase() });
  }
  const size = pictureSize(bytes, kind);
  if (size === null) throw new PictureError('picture-damaged', { file: name });
  const { widthPixels, heightPixels } = size;
  // Pixels of twice the bytes take twice the memory.
  const maxPixels = isDeep(bytes, kind) ? pictureLimits.pixels / 2 : pictureLimits.pixels;
  if (widthPixels * heightPixels > maxPixels) {
    const maxMegapixels = maxPixels / 1e6;
    const facts = { file: name, widthPixels, heightPixels, maxMegapixels };
    throw new PictureError('picture-too-large', facts);
  }
  const orientation = kind === 'jpeg' ? (jpegOrientation(bytes) ?? 1) : 1;
  return { name, kind, bytes, isWhole: isWhole(bytes, kind, size), orientation, ...size };
}

/** Without waiting for the writer of a named pipe. Windows has no such flag. */
const readFlags = constants.O_RDONLY | (process.platform === 'win32' ? 0 : constants.O_NONBLOCK);

async function readBounded(
  path: string,
  name: string,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const handle = await open(path, readFlags).catch((error: unknown) => {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    const code = isMissing ? 'file-missing' : 'file-unreadable';
    throw new PictureError(code, { file: name }, { cause: error });
  });
  try {
    return await readWhole(handle, name, maxBytes);
  } catch (error) {
    if (error instanceof PictureError) throw error;
    throw new PictureError('file-unreadable', { file: name }, { cause: error });
  } finally {
    await handle.close();
  }
}

async function readWhole(
  handle: FileHandle,
  file: string,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const info = await handle.stat({ bigint: true });
  if (!info.isFile()) throw new PictureError('file-unreadable', { file });
  const sizeBytes = Number(info.size);
  if (sizeBytes > maxBytes) {
    throw new PictureError('file-too-large', { picture: file, sizeBytes, maxBytes });
  }
  const bytes = new Uint8Array(sizeBytes);
  let filledBytes = 0;
  while (filledBytes < sizeBytes) {
    const rest = sizeBytes - filledBytes;
    const { bytesRead } = await handle.read(bytes, filledBytes, rest, filledBytes);
    if (bytesRead === 0) break;
    filledBytes += bytesRead;
  }
  const after = await handle.stat({ bigint: true });
  if (after.size !== info.size || after.mtimeNs !== info.mtimeNs || filledBytes < sizeBytes) {
    throw new PictureError('file-changed', { picture: file });
  }
  return bytes;
}
