/**
 * The SMP console transport as Zephyr's serial driver has it ("SMP over console" in the transport
 * specification): lines of at most 127 bytes that begin 06 09 (first) or 04 14 (more), base64 of
 * [length, packet, CRC-16/XMODEM] with the length counting packet and CRC. The receiver is the
 * driver's: a line that does not begin with a marker, is too long, or does not decode is dropped
 * without a word, and with it the packet it belonged to.
 */
import { crc16 } from './crc16.ts';
import type { Slice } from '../line/line-in.ts';

const MAX_LINE_BYTES = 127;
const RAW_BYTES_A_LINE = 93;
const FIRST = '\u0006\u0009';
const MORE = '\u0004\u0014';
const NEWLINE = 0x0a;

/** A packet with the instants of its first and last byte on the line. */
export interface Packet {
  readonly bytes: Uint8Array;
  readonly startMs: number;
  readonly endMs: number;
  /** Bytes that had come over the line before its first byte, and with its last. */
  readonly startBytes: number;
  readonly endBytes: number;
}

/** The lines of one packet, newline included. */
export function frameLines(packet: Uint8Array): Uint8Array[] {
  const raw = Buffer.alloc(packet.length + 4);
  raw.writeUInt16BE(packet.length + 2, 0);
  raw.set(packet, 2);
  raw.writeUInt16BE(crc16(packet, 0), packet.length + 2);
  const lines: Uint8Array[] = [];
  for (let offset = 0; offset < raw.length; offset += RAW_BYTES_A_LINE) {
    const part = raw.subarray(offset, offset + RAW_BYTES_A_LINE).toString('base64');
    lines.push(Buffer.from(`${offset === 0 ? FIRST : MORE}${part}\n`, 'latin1'));
  }
  return lines;
}

/** Where packets go while they are put together: a buffer is taken at the first line. */
export interface ReceiveBuffer {
  /** False where no buffer is free: the line is dropped. */
  take(): boolean;
  release(): void;
  /** True: this line is lost (a device with few line buffers). */
  losesLine(): boolean;
  readonly maxPacketBytes: number;
}

interface Assembly {
  raw: Buffer;
  readonly startMs: number;
  readonly startBytes: number;
}

export class FrameReceiver {
  /** Lines and packets that were dropped, for the statistics. */
  dropped = 0;
  readonly #buffer: ReceiveBuffer;
  readonly #onPacket: (packet: Packet) => void;
  readonly #line = Buffer.alloc(MAX_LINE_BYTES + 1);
  #lineBytes = 0;
  #lineStartMs = 0;
  #bytes = 0;
  #assembly: Assembly | null = null;

  constructor(buffer: ReceiveBuffer, onPacket: (packet: Packet) => void) {
    this.#buffer = buffer;
    this.#onPacket = onPacket;
  }

  push(slice: Slice): void {
    let atMs = slice.startMs;
    for (const byte of slice.bytes) {
      if (this.#lineBytes === 0) this.#lineStartMs = atMs;
      atMs += slice.byteMs;
      if (this.#lineBytes <= MAX_LINE_BYTES) this.#line[this.#lineBytes] = byte;
      this.#lineBytes += 1;
      this.#bytes += 1;
      if (byte === NEWLINE) this.#endLine(atMs);
    }
  }

  reset(): void {
    this.#lineBytes = 0;
    this.#drop();
  }

  #endLine(endMs: number): void {
    const length = this.#lineBytes;
    this.#lineBytes = 0;
    if (length > MAX_LINE_BYTES) {
      this.dropped += 1;
      return;
    }
    const text = this.#line.toString('latin1', 0, length - 1);
    const marker = text.slice(0, 2);
    if (this.#buffer.losesLine()) {
      this.dropped += 1;
      return;
    }
    if (marker === FIRST) this.#first(text.slice(2), length);
    else if (marker === MORE) this.#more(text.slice(2));
    else return;
    this.#complete(endMs);
  }

  #first(base64: string, length: number): void {
    if (this.#assembly === null && !this.#buffer.take()) {
      this.dropped += 1;
      return;
    }
    const raw = decodeStrict(base64);
    this.#assembly = {
      raw: raw ?? Buffer.alloc(0),
      startMs: this.#lineStartMs,
      startBytes: this.#bytes - length,
    };
    if (raw === null || raw.length < 2) this.#drop();
  }

  #more(base64: string): void {
    const assembly = this.#assembly;
    if (assembly === null) {
      this.dropped += 1;
      return;
    }
    const raw = decodeStrict(base64);
    if (raw === null || assembly.raw.length + raw.length > this.#buffer.maxPacketBytes + 4) {
      this.#drop();
      return;
    }
    assembly.raw = Buffer.concat([assembly.raw, raw]);
  }

  #complete(endMs: number): void {
    const assembly = this.#assembly;
    if (assembly === null) return;
    const need = assembly.raw.readUInt16BE(0) + 2;
    if (assembly.raw.length < need) return;
    const packet = assembly.raw.subarray(2, need - 2);
    const good =
      assembly.raw.length === need &&
      need >= 4 &&
      packet.length <= this.#buffer.maxPacketBytes &&
      crc16(packet, 0) === assembly.raw.readUInt16BE(need - 2);
    if (!good) {
      this.#drop();
      return;
    }
    this.#assembly = null;
    const { startMs, startBytes } = assembly;
    this.#onPacket({ bytes: packet, startMs, endMs, startBytes, endBytes: this.#bytes });
  }

  #drop(): void {
    if (this.#assembly === null) return;
    this.dropped += 1;
    this.#assembly = null;
    this.#buffer.release();
  }
}

/** Standard base64 with padding only; null for anything else. */
function decodeStrict(text: string): Buffer | null {
  if (text.length === 0 || text.length % 4 !== 0) return null;
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return null;
  return Buffer.from(text, 'base64');
}
