/** A small file system under /lfs. */
export const MAX_FILE_BYTES = 65_536;
const MAX_FILES = 32;

export type Lookup = 'file' | 'folder' | 'missing' | 'bad-name' | 'no-mount';

export class Files {
  readonly #files = new Map<string, Uint8Array>();

  lookUp(path: string): Lookup {
    if (!/^\/[\x21-\x7e]+$/.test(path) || path.includes('//') || path.length > 64)
      return 'bad-name';
    if (!path.startsWith('/lfs/') && path !== '/lfs') return 'no-mount';
    if (this.#files.has(path)) return 'file';
    const folder =
      path === '/lfs' || [...this.#files.keys()].some((name) => name.startsWith(`${path}/`));
    return folder ? 'folder' : 'missing';
  }

  read(path: string): Uint8Array {
    return this.#files.get(path) ?? new Uint8Array(0);
  }

  /** False where there is no room. */
  write(path: string, content: Uint8Array): boolean {
    if (content.length > MAX_FILE_BYTES) return false;
    if (!this.#files.has(path) && this.#files.size >= MAX_FILES) return false;
    this.#files.set(path, content);
    return true;
  }
}
