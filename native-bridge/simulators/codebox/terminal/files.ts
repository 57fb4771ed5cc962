/** A small file system under /lfs1; some files are what the terminal is showing or logging now. */
export const MAX_FILE_BYTES = 65_536;
const MAX_FILES = 32;
const MOUNT = '/lfs1';

export type Lookup = 'file' | 'folder' | 'missing' | 'bad-name' | 'no-mount';

export class Files {
  readonly #files = new Map<string, () => Uint8Array>();

  /** A file whose content is made when it is read. */
  live(path: string, content: () => string): void {
    this.#files.set(path, () => Buffer.from(content(), 'utf8'));
  }

  lookUp(path: string): Lookup {
    if (!/^\/[\x21-\x7e]+$/.test(path) || path.includes('//') || path.length > 64)
      return 'bad-name';
    if (path !== MOUNT && !path.startsWith(`${MOUNT}/`)) return 'no-mount';
    if (this.#files.has(path)) return 'file';
    const names = [...this.#files.keys()];
    const folder = path === MOUNT || names.some((name) => name.startsWith(`${path}/`));
    return folder ? 'folder' : 'missing';
  }

  read(path: string): Uint8Array {
    return this.#files.get(path)?.() ?? new Uint8Array(0);
  }

  /** False where there is no room. */
  write(path: string, content: Uint8Array): boolean {
    if (content.length > MAX_FILE_BYTES) return false;
    if (!this.#files.has(path) && this.#files.size >= MAX_FILES) return false;
    this.#files.set(path, () => content);
    return true;
  }
}
