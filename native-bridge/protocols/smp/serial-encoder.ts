/**
 * Packet → lines for a serial console (Zephyr, "SMP over console"): base64 of [length, packet,
 * CRC-16/XMODEM], cut into lines that begin 06 09 (the first) or 04 14 (the others).
 */
import { crc16Xmodem } from '../crc.ts';
import { firstOf, PADDING, secondOf } from './base64.ts';

/** How a frame's first line begins, and each line that goes on with it. */
export const MARKER = { first: [0x06, 0x09], next: [0x04, 0x14] } as const;
export const LINE_FEED = 0x0a;
/** The longest line stock Zephyr takes, marker and newline included; longer ones it drops. */
export const DEFAULT_LINE_BYTES = 127;
/** Length before the packet, checksum after it. */
export const FRAME_OVERHEAD_BYTES = 4;
const LINE_OVERHEAD_BYTES = 3;
const MIN_LINE_BYTES = 7;

/** Raw bytes that a full line carries: 93 of 127. */
export function rawBytesPerLine(maxLineBytes = DEFAULT_LINE_BYTES): number {
  if (maxLineBytes < MIN_LINE_BYTES) throw new RangeError(`maxLineBytes ${maxLineBytes}`);
  return Math.floor((maxLineBytes - LINE_OVERHEAD_BYTES) / 4) * 3;
}

/** Bytes on the line for a packet of `packetBytes`. */
export function serialBytes(packetBytes: number, maxLineBytes = DEFAULT_LINE_BYTES): number {
  const raw = packetBytes + FRAME_OVERHEAD_BYTES;
  const lines = Math.ceil(raw / rawBytesPerLine(maxLineBytes));
  return Math.ceil(raw / 3) * 4 + lines * LINE_OVERHEAD_BYTES;
}

/**
 * The lines of one packet, in one piece.
 *
 * The raw bytes are laid down at the end of the result and encoded forwards into its beginning:
 * what is still to be written is never shorter than what is still to be read, so nothing is
 * overwritten unread, and the result is all that is allocated.
 */
export function encodeSerial(packet: Uint8Array, maxLineBytes = DEFAULT_LINE_BYTES): Uint8Array {
  const rawBytes = packet.length + FRAME_OVERHEAD_BYTES;
  const out = new Uint8Array(serialBytes(packet.length, maxLineBytes));
  const start = out.length - rawBytes;
  layRaw(packet, out, start);
  const perLine = rawBytesPerLine(maxLineBytes);
  let at = 0;
  for (let from = start; from < out.length; from += perLine) {
    const to = Math.min(from + perLine, out.length);
    const end = encodeLine(out, from, to, at + 2);
    out.set(from === start ? MARKER.first : MARKER.next, at);
    out[end] = LINE_FEED;
    at = end + 1;
  }
  return out;
}

function layRaw(packet: Uint8Array, out: Uint8Array, start: number): void {
  const length = packet.length + 2;
  if (length > 0xffff) throw new RangeError(`packet of ${packet.length} bytes`);
  const crc = crc16Xmodem(packet);
  out[start] = length >> 8;
  out[start + 1] = length;
  out.set(packet, start + 2);
  out[out.length - 2] = crc >> 8;
  out[out.length - 1] = crc;
}

/** Encodes out[from..to) to `at`; the position after it. */
function encodeLine(out: Uint8Array, from: number, to: number, at: number): number {
  const whole = to - ((to - from) % 3);
  let read = from;
  let write = at;
  for (; read < whole; read += 3, write += 4) {
    // Both halves are taken before anything is written: the writing is close behind the reading.
    const middle = out[read + 1] as number;
    const first = ((out[read] as number) << 4) | (middle >> 4);
    const second = ((middle & 15) << 8) | (out[read + 2] as number);
    out[write] = firstOf[first] as number;
    out[write + 1] = secondOf[first] as number;
    out[write + 2] = firstOf[second] as number;
    out[write + 3] = secondOf[second] as number;
  }
  return read === to ? write : encodeRest(out, read, to, write);
}

/** The last one or two bytes, padded to a group. */
function encodeRest(out: Uint8Array, from: number, to: number, at: number): number {
  const pair = to - from === 2;
  const middle = pair ? (out[from + 1] as number) : 0;
  const first = ((out[from] as number) << 4) | (middle >> 4);
  out[at] = firstOf[first] as number;
  out[at + 1] = secondOf[first] as number;
  out[at + 2] = pair ? (firstOf[(middle & 15) << 8] as number) : PADDING;
  out[at + 3] = PADDING;
  return at + 4;
}
