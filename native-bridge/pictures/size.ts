/**
 * How many pixels a picture has, from its header: known before a pixel is decoded, so that a small
 * file that unfolds to gigabytes is refused first.
 * Sources: PNG (ISO/IEC 15948, 11.2.2), JPEG (ITU-T T.81, B.2.2), GIF89a (18), BMP (BITMAPINFOHEADER).
 */
import type { ReadableKind } from './kind.ts';

export interface PictureSize {
  readonly widthPixels: number;
  readonly heightPixels: number;
}

/** null: the header is cut off or says nothing that can be. */
export function pictureSize(bytes: Uint8Array, kind: ReadableKind): PictureSize | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size = readers[kind](view);
  if (size === null || size.widthPixels < 1 || size.heightPixels < 1) return null;
  return size;
}

/** Of PNG (11.2.2): true for 16 bits a channel, of which a decoder keeps all. */
export function isDeep(bytes: Uint8Array, kind: ReadableKind): boolean {
  return kind === 'png' && bytes[24] === 16;
}

type Reader = (view: DataView) => PictureSize | null;

const readers: Readonly<Record<ReadableKind, Reader>> = { png, jpeg, gif, bmp };

const ihdr = 0x49_48_44_52;

function png(view: DataView): PictureSize | null {
  if (view.byteLength < 24 || view.getUint32(12) !== ihdr) return null;
  return { widthPixels: view.getUint32(16), heightPixels: view.getUint32(20) };
}

function gif(view: DataView): PictureSize | null {
  if (view.byteLength < 10) return null;
  return { widthPixels: view.getUint16(6, true), heightPixels: view.getUint16(8, true) };
}

/** The oldest header has 12 bytes and shorter numbers; a height below zero stands for "top first". */
function bmp(view: DataView): PictureSize | null {
  if (view.byteLength < 26) return null;
  if (view.getUint32(14, true) === 12) {
    return { widthPixels: view.getUint16(18, true), heightPixels: view.getUint16(20, true) };
  }
  return {
    widthPixels: view.getInt32(18, true),
    heightPixels: Math.abs(view.getInt32(22, true)),
  };
}

/** Segments one after the other up to the frame header. */
function jpeg(view: DataView): PictureSize | null {
  let at = 2;
  while (at + 9 <= view.byteLength) {
    if (view.getUint8(at) !== 0xff) return null;
    const marker = view.getUint8(at + 1);
    // Any number of fill bytes may stand before a marker.
    if (marker === 0xff) at += 1;
    else if (isFrame(marker)) {
      return { heightPixels: view.getUint16(at + 5), widthPixels: view.getUint16(at + 7) };
    } else if (isBare(marker)) at += 2;
    else at += 2 + Math.max(2, view.getUint16(at + 2));
  }
  return null;
}

/** SOF0 to SOF15 without DHT, JPG and DAC, which stand among them. */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

/** TEM and the restart markers have no length. */
const isBare = (marker: number): boolean => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7);
