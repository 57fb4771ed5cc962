/**
 * Packets over a byte port. What arrives is copied once at most: a payload that stands in one piece
 * in the port's memory is a view of it, another is put together in its own buffer. A small payload goes out together
 * with its header, a large one after it.
 */
import {
  ADB_HEADER_BYTES,
  ADB_MAX_PAYLOAD_BYTES,
  type AdbHeader,
  readAdbHeader,
  writeAdbHeader,
} from '../../protocols/adb/packet.ts';
import { type BytePort, PortError } from '../../ports/port.ts';
import { type AdbPacket, IDLE_READ_MS, type PacketPipe, WRITE_TIMEOUT_MS } from './packet-pipe.ts';

/** Up to this, copying a payload costs less than a second write. */
const COALESCED_BYTES = 64 * 1024;
/** Smaller payloads that stand in several places get memory of their own. */
const WORTH_SPARING_BYTES = 256 * 1024;
const SMALL_BYTES = 1024;
const NOTHING = new Uint8Array(0);

export class BytePipe implements PacketPipe {
  readonly url: string;
  readonly closed: Promise<PortError | null>;
  maxPayloadBytes = ADB_MAX_PAYLOAD_BYTES;
  readonly #port: BytePort;
  /** Received, and not yet part of a packet. */
  #chunk: Uint8Array = NOTHING;
  /** Memory that payloads were put together in. */
  readonly #copies = new WeakSet<ArrayBufferLike>();
  #spareCopy: ArrayBufferLike | null = null;

  constructor(port: BytePort) {
    this.#port = port;
    this.url = port.url;
    this.closed = port.closed;
  }

  async receive(): Promise<AdbPacket | null> {
    const head = await this.#take(ADB_HEADER_BYTES);
    if (head === null) return null;
    const header = readAdbHeader(head, this.maxPayloadBytes);
    this.giveBack(head);
    const payload = header.payloadBytes === 0 ? NOTHING : await this.#take(header.payloadBytes);
    return payload === null ? null : { ...header, payload: this.#withoutSmallViews(payload) };
  }

  giveBack(payload: Uint8Array): void {
    const { buffer } = payload;
    if (this.#copies.has(buffer)) this.#spareCopy = buffer;
    else this.#port.giveBack?.(payload);
  }

  async send(header: AdbHeader, payload: Uint8Array): Promise<void> {
    const isSmall = payload.length <= COALESCED_BYTES;
    const bytes = new Uint8Array(ADB_HEADER_BYTES + (isSmall ? payload.length : 0));
    writeAdbHeader(header, bytes);
    if (isSmall) bytes.set(payload, ADB_HEADER_BYTES);
    const wait = { timeoutMs: WRITE_TIMEOUT_MS };
    const first = this.#port.write(bytes, wait);
    if (isSmall) return first;
    await Promise.all([first, this.#port.write(payload, wait)]);
  }

  close(): Promise<void> {
    return this.#port.close();
  }

  /** Exactly so many bytes; null after our close. */
  async #take(count: number): Promise<Uint8Array | null> {
    while (this.#chunk.length < count) {
      const next = await this.#read();
      if (next === null) return null;
      const joined = joinedViews(this.#chunk, next);
      if (joined === null) return await this.#copy(count, next);
      this.#chunk = joined;
    }
    return this.#cut(count);
  }

  /** What stands in several places. */
  async #copy(count: number, second: Uint8Array): Promise<Uint8Array | null> {
    const taken = this.#roomFor(count);
    for (let at = 0, next: Uint8Array | null = second; next; next = await this.#read()) {
      taken.set(this.#chunk, at);
      at += this.#chunk.length;
      this.#port.giveBack?.(this.#chunk);
      this.#chunk = next;
      if (at + next.length < count) continue;
      const last = this.#cut(count - at);
      taken.set(last, at);
      this.#port.giveBack?.(last);
      return taken;
    }
    return null;
  }

  /** A few bytes that somebody keeps would keep a large piece of the port's memory. */
  #withoutSmallViews(payload: Uint8Array): Uint8Array {
    if (payload.length === 0 || payload.length > SMALL_BYTES) return payload;
    const copy = payload.slice();
    this.giveBack(payload);
    return copy;
  }

  #roomFor(count: number): Uint8Array {
    if (count < WORTH_SPARING_BYTES) return new Uint8Array(count);
    const room = this.#spareCopy ?? Buffer.allocUnsafeSlow(ADB_MAX_PAYLOAD_BYTES).buffer;
    this.#spareCopy = null;
    this.#copies.add(room);
    return new Uint8Array(room, 0, count);
  }

  #cut(count: number): Uint8Array {
    const part = this.#chunk.subarray(0, count);
    this.#chunk = this.#chunk.subarray(count);
    return part;
  }

  async #read(): Promise<Uint8Array | null> {
    for (;;) {
      try {
        return await this.#port.read({ timeoutMs: IDLE_READ_MS });
      } catch (error) {
        if (!(error instanceof PortError && error.code === 'port-silent')) throw error;
      }
    }
  }
}

/** One view of both where the second begins at the end of the first; else null. */
function joinedViews(first: Uint8Array, second: Uint8Array): Uint8Array | null {
  if (first.length === 0) return second;
  const end = first.byteOffset + first.length;
  if (second.buffer !== first.buffer || second.byteOffset !== end) return null;
  return new Uint8Array(first.buffer, first.byteOffset, first.length + second.length);
}
