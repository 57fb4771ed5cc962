/**
 * A file of any size, read piece by piece and never whole: packages for Android terminals have
 * gigabytes. It stays open from the first look to the last, so that what was judged is what is read
 * later, whatever takes its place in the folder meanwhile.
 */
import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { FirmwareError } from './firmware-error.ts';

/** Something that can be read anywhere: a file, or an entry stored in one. */
export interface RandomAccess {
  readonly sizeBytes: number;
  /** Exactly these bytes. Throws FirmwareError `file-changed` where they are no longer there. */
  read(offsetBytes: number, lengthBytes: number): Promise<Uint8Array>;
}

export const pieceBytes = 256 * 1024;

/** The bytes from `startBytes` up to `endBytes`, in pieces that the reader owns. */
export async function* piecesOf(
  file: RandomAccess,
  startBytes = 0,
  endBytes = file.sizeBytes,
): AsyncGenerator<Uint8Array, void, void> {
  for (let at = startBytes; at < endBytes; at += pieceBytes) {
    yield await file.read(at, Math.min(pieceBytes, endBytes - at));
  }
}

/** A part of a file as a file of its own. */
export function partOf(file: RandomAccess, startBytes: number, sizeBytes: number): RandomAccess {
  return {
    sizeBytes,
    read: async (offsetBytes, lengthBytes) => {
      if (offsetBytes < 0 || offsetBytes + lengthBytes > sizeBytes) throw new RangeError('outside');
      return await file.read(startBytes + offsetBytes, lengthBytes);
    },
  };
}

/** Without waiting: opening a named pipe would wait for its writer for ever. Windows has no such flag. */
const readFlags = constants.O_RDONLY | (process.platform === 'win32' ? 0 : constants.O_NONBLOCK);

export class DiskFile implements RandomAccess {
  readonly path: string;
  readonly sizeBytes: number;
  readonly #handle: FileHandle;
  readonly #changedMs: number;

  private constructor(path: string, handle: FileHandle, sizeBytes: number, changedMs: number) {
    this.path = path;
    this.sizeBytes = sizeBytes;
    this.#handle = handle;
    this.#changedMs = changedMs;
  }

  /** Throws FirmwareError `file-missing`, `file-unreadable` (no permission, a folder, a device). */
  static async open(path: string): Promise<DiskFile> {
    const handle = await open(path, readFlags).catch((cause: unknown) => {
      const isMissing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
      const code = isMissing ? 'file-missing' : 'file-unreadable';
      throw new FirmwareError(code, { file: path }, { cause });
    });
    const info = await handle.stat();
    if (info.isFile()) return new DiskFile(path, handle, info.size, info.mtimeMs);
    await handle.close();
    throw new FirmwareError('file-unreadable', { file: path });
  }

  async read(offsetBytes: number, lengthBytes: number): Promise<Uint8Array> {
    const bytes = new Uint8Array(lengthBytes);
    for (let filled = 0; filled < lengthBytes;) {
      const { bytesRead } = await this.#handle
        .read(bytes, filled, lengthBytes - filled, offsetBytes + filled)
        .catch((cause: unknown) => {
          throw new FirmwareError('file-unreadable', { file: this.path }, { cause });
        });
      if (bytesRead === 0) throw new FirmwareError('file-changed', { file: this.path });
      filled += bytesRead;
    }
    return bytes;
  }

  /** Throws FirmwareError `file-changed` where it was written to since it was opened. */
  async assertUnchanged(): Promise<void> {
    const { size, mtimeMs } = await this.#handle.stat();
    if (size === this.sizeBytes && mtimeMs === this.#changedMs) return;
    throw new FirmwareError('file-changed', { file: this.path });
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }
}
