/**
 * Packets over USB: header and payload are transfers of their own. A transfer to the daemon that
 * fills its last packet is ended with an empty one, as the platform's own host does it; one from it
 * is not, because its length was announced.
 */
import {
  ADB_HEADER_BYTES,
  ADB_MAX_PAYLOAD_BYTES,
  type AdbHeader,
  readAdbHeader,
  writeAdbHeader,
} from '../../protocols/adb/packet.ts';
import { AdbFormatError } from '../../protocols/adb/errors.ts';
import { PortError } from '../../ports/port.ts';
import type { TransferPort } from '../../ports/transfer-port.ts';
import { type AdbPacket, IDLE_READ_MS, type PacketPipe, WRITE_TIMEOUT_MS } from './packet-pipe.ts';

const NOTHING = new Uint8Array(0);
/**
 * What the daemon still says as we leave is taken from it: a write of its that nobody reads makes adbd
 * end the next conversation as broken (its usb.cpp cancels that write at the next CNXN).
 */
const QUIET_MS = 60;
const MOST_PARTING_MS = 400;
const PARTING_BYTES = 16_384;
/** Transfers that are no packets: what a program before us left unread in the daemon's buffers. */
const MAX_LEFTOVERS = 1000;

export class TransferPipe implements PacketPipe {
  readonly url: string;
  readonly closed: Promise<PortError | null>;
  maxPayloadBytes = ADB_MAX_PAYLOAD_BYTES;
  readonly #port: TransferPort;
  readonly #stop = new AbortController();
  #receiving: Promise<unknown> = Promise.resolve();
  #closing: Promise<void> | null = null;
  #isInStep = false;

  constructor(port: TransferPort) {
    this.#port = port;
    this.url = port.url;
    this.closed = port.closed;
  }

  async receive(): Promise<AdbPacket | null> {
    const header = await this.#header();
    if (header === null) return null;
    const payload = header.payloadBytes === 0 ? NOTHING : await this.#take(header.payloadBytes);
    return payload === null ? null : { ...header, payload };
  }

  giveBack(): void {
    // Each transfer has memory of its own.
  }

  async send(header: AdbHeader, payload: Uint8Array): Promise<void> {
    const head = new Uint8Array(ADB_HEADER_BYTES);
    writeAdbHeader(header, head);
    const sent = [this.#send(head)];
    if (payload.length > 0) sent.push(this.#send(payload));
    await Promise.all(sent);
  }

  close(): Promise<void> {
    this.#closing ??= this.#leave();
    return this.#closing;
  }

  async #leave(): Promise<void> {
    this.#stop.abort();
    await this.#receiving.catch(() => undefined);
    await this.#partingWords();
    await this.#port.close();
  }

  async #partingWords(): Promise<void> {
    const untilMs = performance.now() + MOST_PARTING_MS;
    while (performance.now() < untilMs) {
      try {
        await this.#port.receive(PARTING_BYTES, { timeoutMs: QUIET_MS });
      } catch {
        return;
      }
    }
  }

  #send(bytes: Uint8Array): Promise<void> {
    const zeroLengthPacket = bytes.length % this.#port.maxPacketBytes === 0;
    return this.#port.send(bytes, { timeoutMs: WRITE_TIMEOUT_MS, zeroLengthPacket });
  }

  /** Empty transfers between packets are passed over, and leftovers until the first packet. */
  async #header(): Promise<AdbHeader | null> {
    for (let leftovers = 0; leftovers < MAX_LEFTOVERS; leftovers++) {
      const bytes = await this.#transfer(this.#port.maxPacketBytes);
      if (bytes === null) return null;
      if (bytes.length === ADB_HEADER_BYTES) {
        const header = this.#readHeader(bytes);
        if (header) return header;
      } else if (this.#isInStep && bytes.length > 0) {
        throw new AdbFormatError('payload-length');
      }
    }
    throw new AdbFormatError('stray-packets');
  }

  #readHeader(bytes: Uint8Array): AdbHeader | null {
    try {
      const header = readAdbHeader(bytes, this.maxPayloadBytes);
      this.#isInStep = true;
      return header;
    } catch (error) {
      if (this.#isInStep) throw error;
      return null;
    }
  }

  /** Exactly so many bytes, in however many transfers. */
  async #take(count: number): Promise<Uint8Array | null> {
    let taken: Uint8Array | null = null;
    for (let at = 0; ;) {
      const part = await this.#transfer(wholePackets(count - at, this.#port.maxPacketBytes));
      if (part === null) return null;
      if (at + part.length > count) throw new AdbFormatError('payload-length');
      if (part.length === count) return part;
      taken ??= new Uint8Array(count);
      taken.set(part, at);
      at += part.length;
      if (at === count) return taken;
    }
  }

  /** Null after our close. */
  async #transfer(maxBytes: number): Promise<Uint8Array | null> {
    const { signal } = this.#stop;
    for (;;) {
      const receiving = this.#port.receive(maxBytes, { timeoutMs: IDLE_READ_MS, signal });
      this.#receiving = receiving;
      try {
        return await receiving;
      } catch (error) {
        if (signal.aborted) return null;
        if (!(error instanceof PortError && error.code === 'port-silent')) throw error;
      }
    }
  }
}

function wholePackets(bytes: number, packetBytes: number): number {
  return Math.ceil(bytes / packetBytes) * packetBytes;
}
