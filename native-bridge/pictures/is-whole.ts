/**
 * Whether a file goes on to its picture's end. The decoder fills up what is missing with grey, so a
 * copy that was cut off would read as a picture without a code. Of a PNG the pixels' own check tells.
 * Sources: ITU-T T.81, B.1; GIF89a, 27; the Windows BITMAPINFOHEADER.
 */
import type { ReadableKind } from './kind.ts';
import type { PictureSize } from './size.ts';

export function isWhole(bytes: Uint8Array, kind: ReadableKind, size: PictureSize): boolean {
  switch (kind) {
    case 'png':
      return true;
    case 'jpeg':
      return endsJpeg(bytes);
    case 'gif':
      return bytes.findLast((byte) => byte !== 0) === gifTrailer;
    case 'bmp':
      return bytes.length >= bmpBytes(bytes, size);
  }
}

const gifTrailer = 0x3b;
const startOfScan = 0xda;
const endOfImage = 0xd9;

/** Behind the start of the scan `FF D9` is the end: a thumbnail's stands in a segment before it. */
function endsJpeg(bytes: Uint8Array): boolean {
  let at = 2;
  while (at + 4 <= bytes.length && bytes[at + 1] !== startOfScan) {
    const isFill = bytes[at + 1] === 0xff;
    at += isFill ? 1 : 2 + (bytes[at + 2] ?? 0) * 256 + (bytes[at + 3] ?? 0);
  }
  for (let end = bytes.indexOf(0xff, at + 2); end >= 0; end = bytes.indexOf(0xff, end + 1)) {
    if (bytes[end + 1] === endOfImage) return true;
  }
  return false;
}

function bmpBytes(bytes: Uint8Array, { widthPixels, heightPixels }: PictureSize): number {
  if (bytes.length < 30) return 30;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // The oldest header is shorter.
  const bitsPerPixel = view.getUint16(view.getUint32(14, true) === 12 ? 24 : 28, true);
  const rowBytes = Math.ceil((widthPixels * bitsPerPixel) / 32) * 4;
  return view.getUint32(10, true) + rowBytes * heightPixels;
}
