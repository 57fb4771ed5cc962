/**
 * From bytes, however they are cut, to packets: a TCP stream has no borders, and on a USB pipe the
 * header and the payload are transfers of their own, which read one after the other are the same
 * bytes. What cannot be a packet ends the conversation, as adbd does.
 */
import {
  HEADER_BYTES,
  checksumOf,
  decodeHeader,
  type Command,
  type Header,
  type Packet,
} from './packet.ts';

/** The bytes are no ADB; the message says why. */
export class FramingError extends Error {}

export class Framing {
  readonly #maxPayloadBytes: number;
  #pieces: Buffer[] = [];
  #heldBytes = 0;
  #header: (Header & { readonly command: Command }) | null = null;
  /** False once both sides speak a version that does without. */
  checksums = true;

  constructor(maxPayloadBytes: number) {
    this.#maxPayloadBytes = maxPayloadBytes;
  }

  /** @throws {FramingError} */
  push(chunk: Uint8Array): Packet[] {
    this.#pieces.push(Buffer.from(chunk));
    this.#heldBytes += chunk.length;
    const packets: Packet[] = [];
    for (;;) {
      this.#header ??= this.#readHeader();
      if (this.#header === null || this.#heldBytes < this.#header.lengthBytes) return packets;
      packets.push(this.#finish(this.#header));
      this.#header = null;
    }
  }

  #readHeader(): (Header & { readonly command: Command }) | null {
    if (this.#heldBytes < HEADER_BYTES) return null;
    const header = decodeHeader(this.#take(HEADER_BYTES));
    const { command } = header;
    if (command === null || !header.sound) throw new FramingError('no ADB message');
    if (header.lengthBytes > this.#maxPayloadBytes) throw new FramingError('payload too large');
    return { ...header, command };
  }

  #finish({ command, arg0, arg1, lengthBytes, checksum }: Header & { command: Command }): Packet {
    const payload = this.#take(lengthBytes);
    // A host that speaks the newer version leaves the word 0 from its first message on.
    if (this.checksums && checksum !== 0 && checksumOf(payload) !== checksum) {
      throw new FramingError('checksum');
    }
    return { command, arg0, arg1, payload };
  }

  #take(bytes: number): Buffer {
    const all = this.#pieces.length === 1 ? this.#pieces[0] : Buffer.concat(this.#pieces);
    const whole = all ?? Buffer.alloc(0);
    this.#pieces = whole.length > bytes ? [whole.subarray(bytes)] : [];
    this.#heldBytes -= bytes;
    return whole.subarray(0, bytes);
  }
}
