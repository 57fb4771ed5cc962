/**
 * Packets over a byte port. What arrives is copied once at most: a payload that came in one chunk
 * is a view of it, another is put together in its own buffer. A small payload goes out together
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
const NOTHING = new Uint8Array(0);

export class BytePipe implements PacketPipe {
  readonly url: string;
  readonly closed: Promise<PortError | null>;
  maxPayloadBytes = ADB_MAX_PAYLOAD_BYTES;
  readonly #port: BytePort;
  /** Received, and not yet part of a packet. */
  #chunk: Uint8Array = NOTHING;

  constructor(port: BytePort) {
    this.#port = port;
    this.url = port.url;
    this.closed = port.closed;
  }

  async receive(): Promise<AdbPacket | null> {
    const head = await this.#take(ADB_HEADER_BYTES);
    if (head === null) return null;
    const header = readAdbHeader(head, this.maxPayloadBytes);
    const payload = header.payloadBytes === 0 ? NOTHING : await this.#take(header.payloadBytes);
    return payload === null ? null : { ...header, payload };
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
    if (this.#chunk.length === 0) {
      const next = await this.#read();
      if (next === null) return null;
      this.#chunk = next;
    }
    if (this.#chunk.length >= count) return this.#cut(count);
    const taken = new Uint8Array(count);
    for (let at = 0; ;) {
      const part = this.#cut(Math.min(count - at, this.#chunk.length));
      taken.set(part, at);
      at += part.length;
      if (at === count) return taken;
      const next = await this.#read();
      if (next === null) return null;
      this.#chunk = next;
    }
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
