/** Files as one zip, in the order given. */
import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';

export interface ZipEntry {
  /** Relative, `/` between names. */
  readonly path: string;
  readonly bytes: Uint8Array;
  /** Pixels are packed already. */
  readonly packed: boolean;
}

/** `modifiedUtc`: of every file in it, so that the same files make the same zip. */
export async function zipped(
  entries: readonly ZipEntry[],
  modifiedUtc: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const zip = new ZipFile();
  const failed = new Promise<never>((_resolve, reject) => zip.once('error', reject));
  for (const { path, bytes, packed } of entries) {
    const { buffer: memory, byteOffset, byteLength } = bytes;
    zip.addBuffer(Buffer.from(memory, byteOffset, byteLength), path, {
      mtime: new Date(modifiedUtc),
      mode: 0o100644,
      compress: !packed,
    });
  }
  zip.end();
  const whole = await Promise.race([buffer(zip.outputStream), failed]);
  return new Uint8Array(whole);
}
