/**
 * Files the host's user chose. The window holds an opaque id and can name no path; only the host
 * registers one, on a channel of its own.
 */
import { randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { BridgeFault } from '../contract/bridge-fault.ts';

export class Files {
  readonly #paths = new Map<string, string>();

  /** Throws `file-missing`, `file-unreadable`. */
  async register(path: string): Promise<{ fileId: string; name: string; sizeBytes: number }> {
    const absolute = resolve(path);
    const facts = { file: path };
    const info = await stat(absolute).catch((error: unknown) => {
      const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
      throw new BridgeFault(missing ? 'file-missing' : 'file-unreadable', facts, { cause: error });
    });
    if (info.isDirectory()) throw new BridgeFault('file-unreadable', { folder: path });
    if (!info.isFile()) throw new BridgeFault('file-unreadable', facts);
    const fileId = `file-${randomUUID()}`;
    this.#paths.set(fileId, absolute);
    return { fileId, name: basename(absolute), sizeBytes: info.size };
  }

  /** As the technician knows it. Throws as `path`. */
  name(fileId: string): string {
    return basename(this.path(fileId));
  }

  /** Throws `file-missing` for an id this bridge did not give. */
  path(fileId: string): string {
    const path = this.#paths.get(fileId);
    if (path === undefined) throw new BridgeFault('file-missing', { file: fileId });
    return path;
  }
}
