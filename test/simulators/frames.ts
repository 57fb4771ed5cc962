/** SMP packets and their frames by the specification, apart from the project's own protocol code. */
import { decode, encode } from 'cbor2';

export const READ = 0;
export const WRITE = 2;

export type Fields = Record<string, unknown>;

export interface Reply {
  readonly op: number;
  readonly group: number;
  readonly sequence: number;
  readonly command: number;
  readonly body: Fields;
  readonly atMs: number;
}

export function crc16(bytes: Uint8Array, initial = 0): number {
  let crc = initial;
  for (const byte of bytes) {
    for (let bit = 7; bit >= 0; bit -= 1) {
      const carry = ((crc >> 15) & 1) ^ ((byte >> bit) & 1);
      crc = ((crc << 1) & 0xffff) ^ (carry === 1 ? 0x1021 : 0);
    }
  }
  return crc;
}

export function frame(packet: Uint8Array): Buffer {
  const raw = Buffer.alloc(packet.length + 4);
  raw.writeUInt16BE(packet.length + 2, 0);
  raw.set(packet, 2);
  raw.writeUInt16BE(crc16(packet), packet.length + 2);
  const lines: Buffer[] = [];
  for (let offset = 0; offset < raw.length; offset += 93) {
    const marker = Buffer.from(offset === 0 ? [6, 9] : [4, 20]);
    const base64 = raw.subarray(offset, offset + 93).toString('base64');
    lines.push(marker, Buffer.from(`${base64}\n`));
  }
  return Buffer.concat(lines);
}

export function packet(
  op: number,
  group: number,
  command: number,
  fields: Fields,
  { sequence = 0, version = 2 } = {},
): Buffer {
  const body = encode(fields);
  const head = Buffer.alloc(8);
  head[0] = ((version - 1) << 3) | op;
  head.writeUInt16BE(body.length, 2);
  head.writeUInt16BE(group, 4);
  head[6] = sequence;
  head[7] = command;
  return Buffer.concat([head, body]);
}

/** Text cut off by a line of a frame that begins so. */
export const cutBy = (marker: string) => new RegExp(`[^\n]${marker}`);

/** Takes frames out of what arrives; the rest is text, in the order in which it came. */
export class Deframer {
  text = '';
  #line: number[] = [];
  #raw = Buffer.alloc(0);

  /** Whole packets, without length and CRC. A wrong CRC is counted and dropped. */
  push(bytes: Uint8Array): Buffer[] {
    const packets: Buffer[] = [];
    for (const byte of bytes) {
      if (byte === 6 || byte === 4) this.#toText();
      this.#line.push(byte);
      if (byte !== 10) continue;
      const [first, second] = this.#line;
      const framed = (first === 6 && second === 9) || (first === 4 && second === 20);
      if (framed) packets.push(...this.#take(first === 6));
      else this.#toText();
      this.#line = [];
    }
    return packets;
  }

  #toText(): void {
    this.text += Buffer.from(this.#line).toString('utf8');
    this.#line = [];
  }

  #take(first: boolean): Buffer[] {
    const part = Buffer.from(Buffer.from(this.#line.slice(2, -1)).toString('latin1'), 'base64');
    this.#raw = first ? part : Buffer.concat([this.#raw, part]);
    if (this.#raw.length < 4 || this.#raw.length < this.#raw.readUInt16BE(0) + 2) return [];
    const packetBytes = this.#raw.subarray(2, this.#raw.readUInt16BE(0));
    const crc = this.#raw.readUInt16BE(this.#raw.readUInt16BE(0));
    this.#raw = Buffer.alloc(0);
    return crc16(packetBytes) === crc ? [packetBytes] : [];
  }
}

export function readReply(bytes: Buffer): Reply {
  return {
    op: bytes.readUInt8(0),
    group: bytes.readUInt16BE(4),
    sequence: bytes.readUInt8(6),
    command: bytes.readUInt8(7),
    // A plain copy, so that byte strings are no Buffers, which cbor2 writes as something else.
    body: decode(new Uint8Array(bytes.subarray(8))),
    atMs: performance.now(),
  };
}
