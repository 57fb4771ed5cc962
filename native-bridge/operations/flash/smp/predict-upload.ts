/** How long an upload over SMP's serial console takes, from what was measured of the line. */
import { bestUploadData, emptyImageUploadBytes } from '../../../protocols/smp/upload-sizes.ts';
import { serialBytes } from '../../../protocols/smp/serial-encoder.ts';
import type { Link, TransferPace } from '../method.ts';

/** Used where the round trip could not be measured. */
const guessedRoundTripMs = 50;
/** Where neither the port tells its rate nor the echoes did: an ordinary serial line's. */
const guessedBytesPerSecond = 11_520;
/** Where long echoes took no longer than short ones: a line that is no serial one. */
const fastBytesPerSecond = 2_000_000;
const guessedBufferBytes = 384;
/** Requests in flight when one is lost, which the device then throws away as well. */
const piecesALoss = 4;
/** Replies that the window waits for while it grows, and the last one. */
const singleWaits = 4;

export function predictUploadMs(
  imageBytes: number,
  link: Link,
  { baud, writeMsPerKib }: TransferPace,
): number {
  const roundTripMs = link.roundTripMs ?? guessedRoundTripMs;
  const emptyBytes = emptyImageUploadBytes({ offsetBytes: imageBytes, start: null });
  const dataBytes = bestUploadData(emptyBytes, link.bufferBytes ?? guessedBufferBytes);
  const pieces = Math.max(1, imageBytes / dataBytes);
  const pieceMs = (serialBytes(emptyBytes + 2 + dataBytes) * 1000) / lineRate(link, baud);
  const writeMs = (dataBytes / 1024) * writeMsPerKib;
  const lossMs = pieces * (link.lostShare ?? 0) * piecesALoss * pieceMs;
  // A reply takes one of the device's buffers: with two or fewer every request waits for its reply.
  const overlaps = (link.bufferCount ?? 1) > 2;
  // Otherwise the next piece comes in while the device deals with this one: the slower counts.
  const each = overlaps ? Math.max(pieceMs, roundTripMs / 2 + writeMs) : pieceMs;
  const waits = overlaps ? singleWaits : pieces;
  return pieces * each + lossMs + waits * (roundTripMs + writeMs);
}

/** Bytes a second on the wire: eight data bits, start and stop make ten bits a byte. */
function lineRate({ bytesPerSecond, roundTripMs }: Link, baud: number | null): number {
  // A port over USB tells the rate that was asked of it, which is not always the line's.
  if (bytesPerSecond !== null) return bytesPerSecond;
  if (roundTripMs !== null) return fastBytesPerSecond;
  return baud === null ? guessedBytesPerSecond : baud / 10;
}
