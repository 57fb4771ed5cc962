/**
 * The one value of Exif that a viewer needs: which way up the picture is, 1 to 8. Without it photos
 * of phones held upright lie on their side.
 * Sources: Exif 2.32 (4.5.2: APP1; 4.6.4: tag 274), TIFF 6.0 (2: header and directory).
 */

const beginning = 'Exif\0\0';
const orientationTag = 0x0112;
const shortType = 3;

/** Of the content of an APP1 segment. null: it is no Exif, says nothing of it, or is damaged. */
export function exifOrientation(content: Uint8Array): number | null {
  if (Buffer.from(content.subarray(0, 6)).toString('latin1') !== beginning) return null;
  const tiff = new DataView(content.buffer, content.byteOffset + 6, content.byteLength - 6);
  try {
    return orientationOf(tiff);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** Throws RangeError where it points outside of itself. */
function orientationOf(tiff: DataView): number | null {
  const order = tiff.getUint16(0);
  if (order !== 0x4949 && order !== 0x4d4d) return null;
  const little = order === 0x4949;
  if (tiff.getUint16(2, little) !== 42) return null;
  const directory = tiff.getUint32(4, little);
  const entries = tiff.getUint16(directory, little);
  for (let index = 0; index < entries; index++) {
    const at = directory + 2 + index * 12;
    if (tiff.getUint16(at, little) !== orientationTag) continue;
    if (tiff.getUint16(at + 2, little) !== shortType) return null;
    const value = tiff.getUint16(at + 8, little);
    return value >= 1 && value <= 8 ? value : null;
  }
  return null;
}

/** An APP1 segment, marker included, that says this and nothing else. */
export function exifWithOrientation(orientation: number): Uint8Array {
  const tiff = Buffer.alloc(26);
  tiff.write('MM\0*', 'latin1');
  tiff.writeUInt32BE(8, 4);
  tiff.writeUInt16BE(1, 8);
  tiff.writeUInt16BE(orientationTag, 10);
  tiff.writeUInt16BE(shortType, 12);
  tiff.writeUInt32BE(1, 14);
  tiff.writeUInt16BE(orientation, 18);
  const head = Buffer.alloc(4);
  head.writeUInt16BE(0xffe1, 0);
  head.writeUInt16BE(2 + beginning.length + tiff.length, 2);
  return Buffer.concat([head, Buffer.from(beginning, 'latin1'), tiff]);
}
