/**
 * A PNG with nothing but its picture: texts, times, Exif and chunks that nobody knows are left out,
 * and so is all that follows the end.
 * Source: PNG (ISO/IEC 15948, 5.3 and 11).
 */

const signatureBytes = 8;
/** Length, type and checksum. */
const frameBytes = 12;

/** What a picture is made of and how its colours are meant. */
const kept: ReadonlySet<string> = new Set([
  'IHDR',
  'PLTE',
  'IDAT',
  'IEND',
  'tRNS',
  'cHRM',
  'gAMA',
  'iCCP',
  'sBIT',
  'sRGB',
  'cICP',
  'bKGD',
  'pHYs',
]);

/** null: it breaks off, or has no pixels. */
export function leanPng(png: Uint8Array): Uint8Array<ArrayBuffer> | null {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  const parts: Uint8Array[] = [png.subarray(0, signatureBytes)];
  let hasPixels = false;
  let at = signatureBytes;
  while (at + frameBytes <= png.length) {
    const to = at + frameBytes + view.getUint32(at);
    if (to > png.length) return null;
    const type = Buffer.from(png.subarray(at + 4, at + 8)).toString('latin1');
    if (kept.has(type)) parts.push(png.subarray(at, to));
    hasPixels ||= type === 'IDAT';
    if (type === 'IEND') return hasPixels ? new Uint8Array(Buffer.concat(parts)) : null;
    at = to;
  }
  return null;
}
