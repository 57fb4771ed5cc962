/** How long an upload over SMP's serial console takes, from what was measured of the line. */
import type { Link } from '../method.ts';

/** Raw bytes that a console line of 127 bytes carries (Zephyr, SMP over console). */
const rawPerLine = 93;
const lineBytes = 127;
const eraseMsPerKib = 1;
/** Header, CBOR keys and the offset of one request. */
const requestOverheadBytes = 35;
/** Used where the round trip could not be measured. */
const guessedRoundTripMs = 50;
/** Where neither the port tells its rate nor the echoes did: an ordinary serial line's. */
const guessedBytesPerSecond = 11_520;
const guessedBufferBytes = 256;

export function predictUploadMs(imageBytes: number, link: Link, baud: number | null): number {
  const chunkBytes = Math.max(64, (link.bufferBytes ?? guessedBufferBytes) - 40);
  const wireMs = (imageBytes * (lineBytes / rawPerLine) * 1000) / lineRate(link, baud);
  const overheadMs = (wireMs * requestOverheadBytes) / chunkBytes;
  // With two buffers or fewer every request waits for its reply.
  const waits = (link.bufferCount ?? 1) > 2 ? 8 : imageBytes / chunkBytes;
  const waitMs = waits * (link.roundTripMs ?? guessedRoundTripMs);
  return wireMs + overheadMs + waitMs + (imageBytes / 1024) * eraseMsPerKib;
}

/** Bytes a second on the wire: eight data bits, start and stop make ten bits a byte. */
function lineRate({ bytesPerSecond }: Link, baud: number | null): number {
  if (baud !== null) return Math.min(baud / 10, bytesPerSecond ?? Infinity);
  return bytesPerSecond ?? guessedBytesPerSecond;
}
