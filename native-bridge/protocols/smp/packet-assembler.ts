/**
 * Base64 characters → one packet. Characters are taken one after another, whatever line and chunk
 * they came in; the packet's buffer is allocated once, when its length is known.
 */
import { crc16Xmodem } from '../crc.ts';
import { sextet12Of, sextet18Of, sextet6Of, sextetOf } from './base64.ts';
import { SMP_HEADER_BYTES } from './header.ts';

const LENGTH_BYTES = 2;
const CHECKSUM_BYTES = 2;
const NOTHING = new Uint8Array(0);

export type AssemblerState = 'idle' | 'length' | 'body' | 'whole' | 'bad-length';

export class PacketAssembler {
  readonly #maxPacketBytes: number;
  #state: AssemblerState = 'idle';
  /** Packet and checksum. */
  #body: Uint8Array = NOTHING;
  #received = 0;
  #announced = 0;
  /** Bits of characters that make no whole byte yet. */
  #bits = 0;
  #bitCount = 0;

  constructor(maxPacketBytes: number) {
    this.#maxPacketBytes = maxPacketBytes;
  }

  get state(): AssemblerState {
    return this.#state;
  }

  begin(): void {
    this.reset();
    this.#state = 'length';
  }

  reset(): void {
    this.#state = 'idle';
    this.#body = NOTHING;
    this.#received = 0;
    this.#announced = 0;
    this.dropBits();
  }

  /** Padding was reached: the next character begins a new group of four. */
  dropBits(): void {
    this.#bits = 0;
    this.#bitCount = 0;
  }

  /** Takes base64 characters from `at` on; the position of the first that was not taken. */
  take(chunk: Uint8Array, at: number): number {
    let next = at;
    while (next < chunk.length && (this.#state === 'length' || this.#state === 'body')) {
      if (this.#bitCount === 0 && this.#state === 'body') next = this.#takeGroups(chunk, next);
      if (next === chunk.length) break;
      const sextet = sextetOf[chunk[next] as number] as number;
      if (sextet < 0) break;
      this.#takeSextet(sextet);
      next++;
    }
    return next;
  }

  /** The packet once the state is `whole`; null where its checksum is wrong. Begins anew. */
  finish(): Uint8Array | null {
    const body = this.#body;
    const good = crc16Xmodem(body) === 0;
    this.reset();
    return good ? body.subarray(0, body.length - CHECKSUM_BYTES) : null;
  }

  /** Four characters at a time, as long as there are four and three bytes are wanted. */
  #takeGroups(chunk: Uint8Array, at: number): number {
    const body = this.#body;
    let write = this.#received;
    let read = at;
    // Both ends are checked here, so no index below leaves its array.
    const groups = Math.min((chunk.length - at) >> 2, Math.floor((body.length - write) / 3));
    for (let left = groups; left > 0; left--, read += 4, write += 3) {
      const group =
        (sextet18Of[chunk[read] as number] as number) |
        (sextet12Of[chunk[read + 1] as number] as number) |
        (sextet6Of[chunk[read + 2] as number] as number) |
        (sextetOf[chunk[read + 3] as number] as number);
      // A sextet of −1 sets every bit above it.
      if (group < 0) break;
      body[write] = group >> 16;
      body[write + 1] = group >> 8;
      body[write + 2] = group;
    }
    this.#received = write;
    if (write === body.length) this.#state = 'whole';
    return read;
  }

  #takeSextet(sextet: number): void {
    this.#bits = (this.#bits << 6) | sextet;
    this.#bitCount += 6;
    if (this.#bitCount < 8) return;
    this.#bitCount -= 8;
    const byte = (this.#bits >> this.#bitCount) & 0xff;
    this.#bits &= (1 << this.#bitCount) - 1;
    if (this.#state === 'length') this.#takeLengthByte(byte);
    else this.#takeBodyByte(byte);
  }

  #takeLengthByte(byte: number): void {
    this.#announced = (this.#announced << 8) | byte;
    if (++this.#received < LENGTH_BYTES) return;
    const packetBytes = this.#announced - CHECKSUM_BYTES;
    if (packetBytes < SMP_HEADER_BYTES || packetBytes > this.#maxPacketBytes) {
      this.#state = 'bad-length';
      return;
    }
    this.#body = new Uint8Array(this.#announced);
    this.#received = 0;
    this.#state = 'body';
  }

  #takeBodyByte(byte: number): void {
    this.#body[this.#received++] = byte;
    if (this.#received === this.#body.length) this.#state = 'whole';
  }
}
