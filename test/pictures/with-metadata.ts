/** Pictures as phones and programs write them: with things beside the pixels. */
import { crc32 } from 'node:zlib';

/** Where the shop is; no picture has these bytes by chance. */
export const gps = '31.230416N 121.473701E';

export interface Segment {
  readonly marker: number;
  /** Latin-1. */
  readonly content: string;
}

/** The segments directly behind SOI. */
export function withSegments(jpeg: Uint8Array, segments: readonly Segment[]): Buffer {
  const made = segments.map(({ marker, content }) => {
    const head = Buffer.from([0xff, marker, 0, 0]);
    head.writeUInt16BE(content.length + 2, 2);
    return Buffer.concat([head, Buffer.from(content, 'latin1')]);
  });
  return Buffer.concat([jpeg.subarray(0, 2), ...made, jpeg.subarray(2)]);
}

/** Exif with an orientation, and the place in the maker's note. */
export function exif({
  orientation,
  little,
}: {
  readonly orientation: number;
  readonly little: boolean;
}): Segment {
  const tiff = Buffer.alloc(8 + 2 + 2 * 12 + 4 + gps.length);
  const put16 = (at: number, value: number) =>
    little ? tiff.writeUInt16LE(value, at) : tiff.writeUInt16BE(value, at);
  const put32 = (at: number, value: number) =>
    little ? tiff.writeUInt32LE(value, at) : tiff.writeUInt32BE(value, at);
  tiff.write(little ? 'II' : 'MM', 'latin1');
  put16(2, 42);
  put32(4, 8);
  put16(8, 2);
  // Maker's note (tag 37500, undefined bytes) before the orientation (274, short).
  for (const [at, tag, type, count, value] of [
    [10, 37_500, 7, gps.length, 38],
    [22, 0x0112, 3, 1, 0],
  ] as const) {
    put16(at, tag);
    put16(at + 2, type);
    put32(at + 4, count);
    put32(at + 8, value);
  }
  put16(30, orientation);
  tiff.write(gps, 38, 'latin1');
  return { marker: 0xe1, content: `Exif\0\0${tiff.toString('latin1')}` };
}

/** Texts, a time and Exif behind the header. */
export function withTexts(png: Uint8Array): Buffer {
  const headerEnd = 8 + 12 + 13;
  const chunks = (
    [
      ['tEXt', `Location\0${gps}`],
      ['iTXt', `Location\0\0\0\0\0${gps}`],
      ['tIME', '\x07\xea\x07\x01\x0a\x15\x1e'],
      ['eXIf', `MM\0*${gps}`],
      ['prVt', gps],
    ] as const
  ).map(([type, content]) => chunk(type, Buffer.from(content, 'latin1')));
  return Buffer.concat([png.subarray(0, headerEnd), ...chunks, png.subarray(headerEnd)]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), body.length + 4);
  return out;
}
