/** One pass over a file feeds everything that wants to see a part of it: hashes, signatures. */
import { piecesOf, type RandomAccess } from './random-access.ts';

/** Of a long look at a file. */
export interface FileProgress {
  readonly doneBytes: number;
  readonly totalBytes: number;
}

export interface Listener {
  readonly startBytes: number;
  readonly endBytes: number;
  /** A hash or a verification of Node's. */
  readonly sink: { update(piece: Uint8Array): unknown };
}

const progressEveryBytes = 16 * 1024 * 1024;

/** Left early, it stops reading. Throws as the file's `read`. */
export async function* feed(
  file: RandomAccess,
  listeners: readonly Listener[],
): AsyncGenerator<FileProgress, void, void> {
  const totalBytes = file.sizeBytes;
  let doneBytes = 0;
  for await (const piece of piecesOf(file)) {
    for (const listener of listeners) listener.sink.update(shareOf(listener, piece, doneBytes));
    doneBytes += piece.length;
    const isDue = doneBytes % progressEveryBytes === 0 || doneBytes === totalBytes;
    if (isDue) yield { doneBytes, totalBytes };
  }
}

/** What of a piece that stands at `atBytes` is the listener's; may be empty. */
function shareOf({ startBytes, endBytes }: Listener, piece: Uint8Array, atBytes: number) {
  const from = Math.max(0, startBytes - atBytes);
  const to = Math.max(from, endBytes - atBytes);
  return piece.subarray(from, to);
}
