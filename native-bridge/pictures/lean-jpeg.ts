/**
 * A JPEG with nothing but its picture. Phones write beside the pixels where and when it was taken,
 * with what, a small copy of it, and behind the end films and further pictures: segments that no
 * decoder needs are left out, and so is all that follows the end. Kept are JFIF, the colour profile,
 * Adobe's colour transform, and of Exif one value, which way up it is.
 *
 * Sources: JPEG (ITU-T T.81, annex B), Exif 2.32 (4.5.2, 4.5.4, 4.6.4), ICC.1:2022 (B.4).
 */
import { exifOrientation, exifWithOrientation } from './exif-orientation.ts';

const soi = 0xd8;
const eoi = 0xd9;
const sos = 0xda;
const app0 = 0xe0;
const app1 = 0xe1;
const app2 = 0xe2;
const app14 = 0xee;
const app15 = 0xef;
const comment = 0xfe;

interface Segment {
  readonly marker: number;
  /** From the marker's first byte to behind the segment; of SOS, behind the data of its scan. */
  readonly from: number;
  readonly to: number;
}

/** null: it breaks off, or what should be a segment is none. */
export function leanJpeg(jpeg: Uint8Array): Uint8Array<ArrayBuffer> | null {
  const segments = segmentsOf(jpeg);
  if (segments === null) return null;
  const kept: Uint8Array[] = [jpeg.subarray(0, 2)];
  const orientation = orientationIn(jpeg, segments);
  if (orientation !== null) kept.push(exifWithOrientation(orientation));
  for (const segment of segments) {
    if (isPicture(jpeg, segment)) kept.push(jpeg.subarray(segment.from, segment.to));
  }
  return new Uint8Array(Buffer.concat(kept));
}

/** Exif's value, 1 to 8. null: it says none, or breaks off. */
export function jpegOrientation(jpeg: Uint8Array): number | null {
  return orientationIn(jpeg, segmentsOf(jpeg) ?? []);
}

const orientationIn = (jpeg: Uint8Array, segments: readonly Segment[]): number | null =>
  segments
    .filter(({ marker }) => marker === app1)
    .map((segment) => exifOrientation(contentOf(jpeg, segment)))
    .find((found) => found !== null) ?? null;

/** All behind SOI, EOI included. */
function segmentsOf(jpeg: Uint8Array): Segment[] | null {
  if (jpeg[0] !== 0xff || jpeg[1] !== soi) return null;
  const segments: Segment[] = [];
  let at = 2;
  for (;;) {
    const segment = segmentAt(jpeg, at);
    if (segment === null) return null;
    segments.push(segment);
    if (segment.marker === eoi) return segments;
    at = segment.to;
  }
}

function segmentAt(jpeg: Uint8Array, at: number): Segment | null {
  let from = at;
  if (jpeg[from] !== 0xff) return null;
  // Any number of fill bytes may stand before a marker.
  while (jpeg[from + 1] === 0xff) from += 1;
  const marker = jpeg[from + 1];
  if (marker === undefined || marker === 0) return null;
  if (hasNoLength(marker)) return { marker, from, to: from + 2 };
  const high = jpeg[from + 2];
  const low = jpeg[from + 3];
  if (high === undefined || low === undefined) return null;
  const lengthBytes = high * 256 + low;
  const to = from + 2 + lengthBytes;
  if (lengthBytes < 2 || to > jpeg.length) return null;
  return { marker, from, to: marker === sos ? endOfScan(jpeg, to) : to };
}

/** TEM, the restart markers, SOI and EOI. */
const hasNoLength = (marker: number): boolean =>
  marker === 0x01 || (marker >= 0xd0 && marker <= 0xd9);

/** Up to the next marker: in the data 0xff is followed by a zero or a restart marker. */
function endOfScan(jpeg: Uint8Array, from: number): number {
  let at = from;
  for (;;) {
    at = jpeg.indexOf(0xff, at);
    if (at === -1) return jpeg.length;
    const next = jpeg[at + 1];
    const isData = next === 0 || (next !== undefined && next >= 0xd0 && next <= 0xd7);
    if (!isData && next !== 0xff) return at;
    at += isData ? 2 : 1;
  }
}

const contentOf = (jpeg: Uint8Array, { from, to }: Segment): Uint8Array =>
  jpeg.subarray(from + 4, to);

function isPicture(jpeg: Uint8Array, segment: Segment): boolean {
  const { marker } = segment;
  if (marker === comment) return false;
  if (marker < app0 || marker > app15) return true;
  const begins = (text: string): boolean =>
    Buffer.from(contentOf(jpeg, segment).subarray(0, text.length)).toString('latin1') === text;
  switch (marker) {
    case app0:
      return begins('JFIF\0');
    case app2:
      return begins('ICC_PROFILE\0');
    case app14:
      return begins('Adobe');
    default:
      return false;
  }
}
