/** The files of a bundle as they come together, and what was left out of it. */
import type { BundleFile, LeftOut } from '../../contract/bundle.ts';
import type { ZipEntry } from '../../records/bundle/zip.ts';
import { sha256 } from './photo-store.ts';

/** First in the zip what people open first. */
const order = ['summary.', 'report.', 'case.json', 'photos/', 'log.txt', 'recordings/'];

export class BundleFiles {
  readonly leftOut: LeftOut[] = [];
  readonly #files: { readonly entry: ZipEntry; readonly masked: number | null }[] = [];

  addText(path: string, text: string, masked: number, maxBytes: number): void {
    const bytes = Buffer.from(text, 'utf8');
    if (bytes.length <= maxBytes) this.#add({ path, bytes, packed: false }, masked);
    else this.leaveOut(path, 'too-large', bytes.length);
  }

  addPhoto(path: string, bytes: Uint8Array): void {
    this.#add({ path, bytes, packed: true }, null);
  }

  leaveOut(what: string, reason: LeftOut['reason'], sizeBytes: number | null): void {
    this.leftOut.push({ what, reason, sizeBytes });
  }

  get list(): BundleFile[] {
    return this.#sorted().map(({ entry: { path, bytes }, masked }) => {
      return { path, sizeBytes: bytes.length, sha256: sha256(bytes), masked };
    });
  }

  entries(manifest: string): ZipEntry[] {
    const first = { path: 'manifest.json', bytes: Buffer.from(manifest, 'utf8'), packed: false };
    return [first, ...this.#sorted().map(({ entry }) => entry)];
  }

  #add(entry: ZipEntry, masked: number | null): void {
    this.#files.push({ entry, masked });
  }

  #sorted() {
    const rank = (path: string): number => order.findIndex((one) => path.startsWith(one));
    return [...this.#files].sort(
      ({ entry: a }, { entry: b }) =>
        rank(a.path) - rank(b.path) || (a.path < b.path ? -1 : a.path > b.path ? 1 : 0),
    );
  }
}
