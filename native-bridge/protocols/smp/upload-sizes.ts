/**
 * How much data goes into one upload request.
 *
 * Two limits meet. The device reassembles a packet with its length and checksum in a buffer of
 * `buf_size` bytes, so the packet may have `buf_size − 4`; larger ones are dropped without a word.
 * And on the line the raw bytes (length, packet, checksum) are cut into pieces of 93, which become
 * lines of 127; the last line costs its marker and newline however little it carries.
 *
 * With `buf_size` 1024 the raw bytes would be 1024 = 11 × 93 + 1: that last byte costs a line of 7.
 * One byte of data less and the packet fills 11 lines exactly: 993 of 1397 bytes on the line
 * instead of 994 of 1404. With 384 the choice is 4 full lines, 342 of 508, or 12 bytes more in a
 * fifth of 19, 354 of 527. So: the size with the best ratio of data to line, and of equal ones the
 * largest, because every request also costs a turnaround.
 */
import { headBytes } from '../cbor-write.ts';
import { requestBytes } from './command.ts';
import { fileUpload, type FileUploadParams } from './files/upload.ts';
import { imageUpload, type UploadParams } from './image/upload.ts';
import { FRAME_OVERHEAD_BYTES, rawBytesPerLine, serialBytes } from './serial-encoder.ts';

const NO_DATA = new Uint8Array(0);

/** Packet bytes of an image upload without data: header, keys, offset, and at the start the rest. */
export function emptyImageUploadBytes(params: Omit<UploadParams, 'data'>): number {
  return requestBytes(imageUpload, { ...params, data: NO_DATA });
}

/** The same for a file. */
export function emptyFileUploadBytes(params: Omit<FileUploadParams, 'data'>): number {
  return requestBytes(fileUpload, { ...params, data: NO_DATA });
}

/** Packet bytes of that request with so much data: the data's own head grows with it. */
export function packetBytesWith(emptyBytes: number, dataBytes: number): number {
  return emptyBytes - headBytes(0) + headBytes(dataBytes) + dataBytes;
}

/** The most data that a device's buffer takes in one request; 0 where not even the rest fits. */
export function largestUploadData(emptyBytes: number, bufferBytes: number): number {
  const room = bufferBytes - FRAME_OVERHEAD_BYTES - emptyBytes;
  let dataBytes = Math.max(0, room);
  while (dataBytes > 0 && packetBytesWith(emptyBytes, dataBytes) > room + emptyBytes) dataBytes--;
  return dataBytes;
}

/** The data size that makes the most of the line, within the device's buffer; see above. */
export function bestUploadData(
  emptyBytes: number,
  bufferBytes: number,
  maxLineBytes?: number,
): number {
  const largest = largestUploadData(emptyBytes, bufferBytes);
  // Below one line less nothing is better: the same share of full lines, and more overhead.
  const smallest = Math.max(1, largest - rawBytesPerLine(maxLineBytes));
  let best = largest;
  let bestRatio = 0;
  for (let dataBytes = largest; dataBytes >= smallest; dataBytes--) {
    const ratio = dataBytes / serialBytes(packetBytesWith(emptyBytes, dataBytes), maxLineBytes);
    if (ratio > bestRatio) [best, bestRatio] = [dataBytes, ratio];
  }
  return best;
}
