/** One pass over an image of a package: as it is packed for some, as it stands on its partition for others. */
import { setImmediate } from 'node:timers/promises';
import { Expander, type ContentSink } from './expand.ts';
import type { ImageSource } from './open-factory.ts';

const progressEveryBytes = 16 * 1024 * 1024;
/** No longer without hearing anything else: an abort, another request. */
const pauseEveryMs = 50;

/** Yields how many bytes were read since. `packed`: sees the entry's bytes. Throws FirmwareError `package-malformed`. */
export async function* readInto(
  { zip, entry }: ImageSource,
  content: ContentSink | null,
  packed: readonly { update(piece: Uint8Array): unknown }[] = [],
): AsyncGenerator<number, void, void> {
  const expander = content && new Expander(content);
  let untoldBytes = 0;
  let pausedMs = performance.now();
  for await (const piece of zip.stream(entry)) {
    for (const sink of packed) sink.update(piece);
    untoldBytes += piece.length;
    const slices = expander?.update(piece);
    while (slices && slices.next().done !== true) {
      if (performance.now() - pausedMs < pauseEveryMs) continue;
      await setImmediate();
      yield untoldBytes;
      untoldBytes = 0;
      pausedMs = performance.now();
    }
    if (untoldBytes < progressEveryBytes) continue;
    yield untoldBytes;
    untoldBytes = 0;
  }
  expander?.end();
  yield untoldBytes;
}
