/** One pass over an image of a package: as it is packed for some, as it stands on its partition for others. */
import { Expander, type ContentSink } from './expand.ts';
import type { ImageSource } from './open-factory.ts';

const progressEveryBytes = 16 * 1024 * 1024;

/** Yields how many bytes were read since. `packed`: sees the entry's bytes. Throws FirmwareError `package-malformed`. */
export async function* readInto(
  { zip, entry }: ImageSource,
  content: ContentSink | null,
  packed: readonly { update(piece: Uint8Array): unknown }[] = [],
): AsyncGenerator<number, void, void> {
  const expander = content && new Expander(content);
  let untoldBytes = 0;
  for await (const piece of zip.stream(entry)) {
    for (const sink of packed) sink.update(piece);
    expander?.update(piece);
    untoldBytes += piece.length;
    if (untoldBytes < progressEveryBytes) continue;
    yield untoldBytes;
    untoldBytes = 0;
  }
  expander?.end();
  yield untoldBytes;
}
