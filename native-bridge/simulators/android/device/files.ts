/**
 * The files that are worth having: what a shell may write (/data/local/tmp, /sdcard), and what it
 * reads of the kernel's. Contents that are worked out when asked are functions.
 */

export class FileError extends Error {
  readonly errno: number;

  constructor(errno: number, message: string) {
    super(message);
    this.errno = errno;
  }
}

export const ENOENT = 2;
const EACCES = 13;
const ENOTDIR = 20;
const EISDIR = 21;
const ENOSPC = 28;
const EROFS = 30;

export const S_IFDIR = 0o040000;
export const S_IFREG = 0o100000;

type Content = () => Uint8Array;

interface Node {
  readonly mode: number;
  readonly mtimeS: number;
  readonly content: Content | null;
}

export interface Stat {
  readonly mode: number;
  readonly sizeBytes: number;
  readonly mtimeS: number;
}

const writable = ['/data/local/tmp', '/sdcard', '/storage/emulated/0', '/tmp'];
const readOnlyTop = ['/system', '/vendor', '/product'];

export class Files {
  readonly #nodes = new Map<string, Node>();
  readonly #freeBytes: () => number;
  readonly #nowS: () => number;

  constructor(freeBytes: () => number, nowS: () => number) {
    this.#freeBytes = freeBytes;
    this.#nowS = nowS;
    this.#nodes.set('/', { mode: S_IFDIR | 0o755, mtimeS: 0, content: null });
    for (const folder of [
      ...writable.slice(0, 2),
      '/system/bin',
      '/sdcard/Download',
      '/data/app',
    ]) {
      this.folder(folder);
    }
  }

  /** A file of the kernel's or the system's. */
  provide(path: string, content: () => string | Uint8Array): void {
    this.folder(parentOf(path));
    const made = (): Uint8Array => {
      const value = content();
      return typeof value === 'string' ? Buffer.from(value) : value;
    };
    this.#nodes.set(path, { mode: S_IFREG | 0o444, mtimeS: 0, content: made });
  }

  folder(path: string): void {
    const parts = path.split('/').filter((part) => part !== '');
    for (let depth = 1; depth <= parts.length; depth++) {
      const name = `/${parts.slice(0, depth).join('/')}`;
      const node = this.#nodes.get(name);
      if (node === undefined) {
        this.#nodes.set(name, { mode: S_IFDIR | 0o771, mtimeS: this.#nowS(), content: null });
      } else if (node.content !== null) {
        throw new FileError(ENOTDIR, 'Not a directory');
      }
    }
  }

  stat(path: string): Stat | null {
    const node = this.#nodes.get(tidy(path));
    if (node === undefined) return null;
    const sizeBytes = node.content === null ? 4096 : node.content().length;
    return { mode: node.mode, sizeBytes, mtimeS: node.mtimeS };
  }

  /** @throws {FileError} */
  read(path: string): Uint8Array {
    const node = this.#nodes.get(tidy(path));
    if (node === undefined) throw new FileError(ENOENT, 'No such file or directory');
    if (node.content === null) throw new FileError(EISDIR, 'Is a directory');
    return node.content();
  }

  /** @throws {FileError} */
  checkWritable(path: string): void {
    const wanted = tidy(path);
    if (this.#nodes.get(wanted)?.content === null) throw new FileError(EISDIR, 'Is a directory');
    if (writable.some((top) => wanted.startsWith(`${top}/`))) return;
    if (readOnlyTop.some((top) => wanted.startsWith(`${top}/`))) {
      throw new FileError(EROFS, 'Read-only file system');
    }
    throw new FileError(EACCES, 'Permission denied');
  }

  /** @throws {FileError} */
  write(path: string, bytes: Uint8Array, mode = 0o644, mtimeS = this.#nowS()): void {
    this.checkWritable(path);
    if (bytes.length > this.#freeBytes()) throw new FileError(ENOSPC, 'No space left on device');
    this.folder(parentOf(tidy(path)));
    const kept = Uint8Array.from(bytes);
    const content = (): Uint8Array => kept;
    this.#nodes.set(tidy(path), { mode: S_IFREG | (mode & 0o777), mtimeS, content });
  }

  remove(path: string): boolean {
    return this.#nodes.delete(tidy(path));
  }

  /** Names in a folder; null: no folder. */
  list(path: string): string[] | null {
    const folder = tidy(path);
    if (this.#nodes.get(folder)?.content !== null) return null;
    const prefix = folder === '/' ? '/' : `${folder}/`;
    return [...this.#nodes.keys()]
      .filter((name) => name !== '/' && name.startsWith(prefix))
      .map((name) => name.slice(prefix.length))
      .filter((name) => name !== '' && !name.includes('/'))
      .sort();
  }

  /** Bytes of what was put there. */
  get usedBytes(): number {
    return [...this.#nodes.entries()]
      .filter(([path]) => writable.some((top) => path.startsWith(`${top}/`)))
      .reduce((sum, [, { content }]) => sum + (content?.().length ?? 0), 0);
  }
}

function tidy(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  const whole = `/${parts.join('/')}`;
  return whole.replace(/^\/storage\/(emulated\/0|self\/primary)(?=\/|$)/, '/sdcard');
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(1, path.lastIndexOf('/')));
}
