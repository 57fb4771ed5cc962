/**
 * A PNG whose pixels unfold to more than its header says is refused: a decoder that trusts the data
 * would fill the memory with it. The data is unfolded once, a piece at a time, and thrown away.
 * Source: PNG (ISO/IEC 15948), 10 and 11.2.
 */
import { createInflate } from 'node:zlib';
import { pipeline } from 'node:stream/promises';

const signatureBytes = 8;
const idat = 'IDAT';
const pieceBytes = 1024 * 1024;

/** Throws where the data is broken or unfolds to more than there are pixels. */
export async function refusePngBomb(png: Uint8Array): Promise<void> {
  const limitBytes = pixelBytes(png);
  let unfoldedBytes = 0;
  await pipeline(imageData(png), createInflate({ chunkSize: pieceBytes }), async (pieces) => {
    for await (const piece of pieces as AsyncIterable<Uint8Array>) {
      unfoldedBytes += piece.length;
      if (unfoldedBytes > limitBytes) throw new Error(`more than ${limitBytes} bytes of pixels`);
    }
  });
}

const channels: ReadonlyMap<number, number> = new Map([
  [0, 1],
  [2, 3],
  [3, 1],
  [4, 2],
  [6, 4],
]);

/** Seven interlaced passes have at most so many lines more, each with a byte for its filter. */
const passes = 7;

function pixelBytes(png: Uint8Array): number {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  const width = view.getUint32(16);
  const height = view.getUint32(20);
  const perPixel = (channels.get(view.getUint8(25)) ?? 4) * view.getUint8(24);
  return (Math.ceil((width * perPixel) / 8) + passes + 1) * (height + passes);
}

function* imageData(png: Uint8Array): Generator<Uint8Array> {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  let at = signatureBytes;
  while (at + 12 <= png.length) {
    const lengthBytes = view.getUint32(at);
    const type = String.fromCharCode(...png.subarray(at + 4, at + 8));
    if (type === idat) yield png.subarray(at + 8, at + 8 + lengthBytes);
    at += lengthBytes + 12;
  }
}
