/**
 * The vbmeta of an image that somebody else vouches for (AOSP, external/avb/libavb, avb_footer.h): the
 * last 64 bytes of what it puts on its partition say where it stands; without them it stands at the
 * beginning. Packed images are read in order, so the end is read first, then that place.
 */
import { sizeAt, text, viewOf } from '../avb/fields.ts';
import { maxVbmetaBytes } from '../avb/vbmeta.ts';
import type { ContentSink } from './expand.ts';
import type { ImageSource } from './open-factory.ts';
import { readInto } from './read-into.ts';

const footerBytes = 64;
const footerMagic = 'AVBf';

/** Yields how many bytes were read meanwhile. At most 64 KiB; null: its footer can't be so. */
export async function* readFooterVbmeta(
  source: ImageSource,
): AsyncGenerator<number, Uint8Array | null, void> {
  const tail = new Tail(footerBytes);
  yield* readInto(source, tail);
  const footer = tail.bytes;
  const isFooter = footer.length === footerBytes && text(footer.subarray(0, 4)) === footerMagic;
  const place = isFooter
    ? { startBytes: sizeAt(viewOf(footer), 20), sizeBytes: sizeAt(viewOf(footer), 28) }
    : { startBytes: 0, sizeBytes: maxVbmetaBytes };
  if (place.sizeBytes > maxVbmetaBytes) return null;
  const range = new Range(place.startBytes, place.sizeBytes);
  yield* readInto(source, range);
  return range.bytes;
}

/** Of a partition that is nothing else: what stands behind is padding, of any length. Yields as above. */
export async function* readOwnVbmeta(
  source: ImageSource,
): AsyncGenerator<number, Uint8Array, void> {
  const range = new Range(0, maxVbmetaBytes);
  yield* readInto(source, range);
  return range.bytes;
}

/** The last bytes. */
class Tail implements ContentSink {
  bytes: Uint8Array = new Uint8Array();
  readonly #lengthBytes: number;

  constructor(lengthBytes: number) {
    this.#lengthBytes = lengthBytes;
  }

  update(piece: Uint8Array): void {
    const own = piece.subarray(-this.#lengthBytes);
    this.bytes = Buffer.concat([this.bytes, own]).subarray(-this.#lengthBytes);
  }

  repeat(word: Uint8Array, lengthBytes: number): Iterable<void> {
    this.update(Buffer.alloc(Math.min(lengthBytes, this.#lengthBytes), word));
    return [];
  }
}

/** The bytes at one place, as far as there are any. */
class Range implements ContentSink {
  readonly #startBytes: number;
  readonly #content: Uint8Array;
  #atBytes = 0;

  constructor(startBytes: number, sizeBytes: number) {
    this.#startBytes = startBytes;
    this.#content = new Uint8Array(sizeBytes);
  }

  get bytes(): Uint8Array {
    const filledBytes = Math.max(0, this.#atBytes - this.#startBytes);
    return this.#content.subarray(0, filledBytes);
  }

  update(piece: Uint8Array): void {
    const offset = this.#atBytes - this.#startBytes;
    this.#atBytes += piece.length;
    const own = piece.subarray(Math.max(0, -offset), Math.max(0, this.#content.length - offset));
    if (own.length > 0) this.#content.set(own, Math.max(0, offset));
  }

  repeat(word: Uint8Array, lengthBytes: number): Iterable<void> {
    const skipped = Math.min(lengthBytes, Math.max(0, this.#startBytes - this.#atBytes));
    const whole = skipped - (skipped % word.length);
    this.#atBytes += whole;
    const shown = Math.min(lengthBytes - whole, this.#content.length + word.length);
    this.update(Buffer.alloc(shown, word));
    this.#atBytes += lengthBytes - whole - shown;
    return [];
  }
}
