/**
 * What the signature schemes v2 and v3 sign of an app's content (source.android.com, "APK signature
 * scheme v2", "Integrity-protected contents"): entries, directory and end record, each in chunks of
 * 1 MiB; a digest of each chunk, and one over them all. The end record counts as if the signing
 * block were not there.
 */
import { createHash } from 'node:crypto';
import { partOf, type RandomAccess } from '../random-access.ts';
import type { FileProgress } from '../streaming.ts';

export type ContentHash = 'sha256' | 'sha512';

export interface ApkSections {
  readonly blockOffset: number;
  readonly directoryOffset: number;
  readonly endOffset: number;
}

const chunkBytes = 1024 * 1024;
const directoryField = 16;

/** By hash, in one pass. Throws as the file's `read`. */
export async function* contentDigests(
  file: RandomAccess,
  { blockOffset, directoryOffset, endOffset }: ApkSections,
  hashes: readonly ContentHash[],
): AsyncGenerator<FileProgress, ReadonlyMap<ContentHash, Buffer>, void> {
  const end = await file.read(endOffset, file.sizeBytes - endOffset);
  new DataView(end.buffer).setUint32(directoryField, blockOffset, true);
  const sections = [
    partOf(file, 0, blockOffset),
    partOf(file, directoryOffset, endOffset - directoryOffset),
    inMemory(end),
  ];
  const totalBytes = sections.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const chunks = sections.reduce(
    (sum, { sizeBytes }) => sum + Math.ceil(sizeBytes / chunkBytes),
    0,
  );
  const tops = hashes.map((name) => ({ name, top: createHash(name).update(head(0x5a, chunks)) }));
  let doneBytes = 0;
  for (const section of sections) {
    for (let at = 0; at < section.sizeBytes; at += chunkBytes) {
      const chunk = await section.read(at, Math.min(chunkBytes, section.sizeBytes - at));
      for (const { name, top } of tops) {
        top.update(createHash(name).update(head(0xa5, chunk.length)).update(chunk).digest());
      }
      doneBytes += chunk.length;
      yield { doneBytes, totalBytes };
    }
  }
  return new Map(tops.map(({ name, top }) => [name, top.digest()]));
}

function head(letter: number, count: number): Buffer {
  const bytes = Buffer.alloc(5, letter);
  bytes.writeUInt32LE(count, 1);
  return bytes;
}

function inMemory(bytes: Uint8Array): RandomAccess {
  return {
    sizeBytes: bytes.length,
    read: (offset, length) => Promise.resolve(bytes.subarray(offset, offset + length)),
  };
}
