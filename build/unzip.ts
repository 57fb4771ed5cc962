/** Unpacks a zip archive entry by entry; the caller says what each becomes. */
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { open, type Entry, type ZipFile } from 'yauzl';

/** `place` maps an entry's name to a path below `folder`; null leaves it out. */
export async function unzip(
  file: string,
  folder: string,
  place: (name: string) => string | null,
): Promise<void> {
  const zip = await openZip(file);
  await new Promise<void>((done, failed) => {
    zip.once('end', done);
    zip.once('error', failed);
    zip.on('entry', (entry: Entry) => {
      extract(zip, entry, folder, place(entry.fileName)).then(() => zip.readEntry(), failed);
    });
    zip.readEntry();
  });
}

async function extract(
  zip: ZipFile,
  entry: Entry,
  folder: string,
  target: string | null,
): Promise<void> {
  if (target === null || entry.fileName.endsWith('/')) return;
  const path = join(folder, target);
  if (!path.startsWith(resolve(folder) + sep))
    throw new Error(`entry leaves the folder: ${target}`);
  await mkdir(dirname(path), { recursive: true });
  // The upper half of the external attributes holds the Unix mode.
  const mode = (entry.externalFileAttributes >>> 16) & 0o777;
  const content = await new Promise<Readable>((opened, failed) => {
    zip.openReadStream(entry, (error, stream) => (error ? failed(error) : opened(stream)));
  });
  await pipeline(content, createWriteStream(path, { mode: mode === 0 ? 0o644 : mode }));
}

function openZip(file: string): Promise<ZipFile> {
  return new Promise((opened, failed) => {
    open(file, { lazyEntries: true }, (error, zip) => (error ? failed(error) : opened(zip)));
  });
}
