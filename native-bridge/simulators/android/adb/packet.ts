/**
 * One ADB message (AOSP, adb/protocol.txt): six little-endian words (command, two arguments, length,
 * checksum, the command inverted) and a payload. From version 0x01000001 on the checksum is not
 * looked at.
 */

export const HEADER_BYTES = 24;
/** The version without checksums. */
export const VERSION_SKIPS_CHECKSUM = 0x0100_0001;

const names = ['CNXN', 'AUTH', 'OPEN', 'OKAY', 'WRTE', 'CLSE', 'STLS', 'SYNC'] as const;
export type Command = (typeof names)[number];

export interface Packet {
  readonly command: Command;
  readonly arg0: number;
  readonly arg1: number;
  readonly payload: Uint8Array;
}

export interface Header {
  /** Null: none that is known. */
  readonly command: Command | null;
  readonly arg0: number;
  readonly arg1: number;
  readonly lengthBytes: number;
  readonly checksum: number;
  /** The sixth word is the command inverted. */
  readonly sound: boolean;
}

const wordOf = (name: string): number => Buffer.from(name, 'latin1').readUInt32LE(0);

export function checksumOf(payload: Uint8Array): number {
  let sum = 0;
  for (const byte of payload) sum = (sum + byte) >>> 0;
  return sum;
}

export function encodeHeader(packet: Packet, withChecksum: boolean): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  const word = wordOf(packet.command);
  header.writeUInt32LE(word, 0);
  header.writeUInt32LE(packet.arg0 >>> 0, 4);
  header.writeUInt32LE(packet.arg1 >>> 0, 8);
  header.writeUInt32LE(packet.payload.length, 12);
  header.writeUInt32LE(withChecksum ? checksumOf(packet.payload) : 0, 16);
  header.writeUInt32LE(~word >>> 0, 20);
  return header;
}

export function decodeHeader(bytes: Buffer): Header {
  const word = bytes.readUInt32LE(0);
  return {
    command: names.find((name) => wordOf(name) === word) ?? null,
    arg0: bytes.readUInt32LE(4),
    arg1: bytes.readUInt32LE(8),
    lengthBytes: bytes.readUInt32LE(12),
    checksum: bytes.readUInt32LE(16),
    sound: bytes.readUInt32LE(20) === ~word >>> 0,
  };
}
