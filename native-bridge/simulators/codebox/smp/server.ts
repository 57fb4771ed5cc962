/**
 * The SMP server as Zephyr's is built: a pool of `bufCount` buffers shared by requests and replies,
 * a receiver that takes one at a packet's first line, and one thread that handles requests in order
 * and sends each reply before it looks at the next. A packet for which no buffer is free, or that
 * is larger than a buffer holds, is dropped without a word.
 */
import { PowerLost } from '../boot/nor-flash.ts';
import type { Scheduler } from '../engine/scheduler.ts';
import type { Slice } from '../line/line-in.ts';
import { FrameReceiver, frameLines, type Packet } from './console-frames.ts';
import { decodeRequest, type CborMap } from './cbor.ts';
import { GroupError, SmpError, rc, type Group, type Reply } from './group.ts';
import type { ReplyMishap } from './reply-mishaps.ts';
import { HEADER_BYTES, readHeader, replyPacket, type Header } from './packet.ts';

export interface ServerLimits {
  readonly bufSize: number;
  readonly bufCount: number;
  readonly turnaroundMs: number;
}

export interface ServerHost {
  readonly scheduler: Scheduler;
  /** Sends lines from an instant on; says when the last byte is out. */
  send(lines: readonly Uint8Array[], readyMs: number): number;
  /** The groups that answer now (fewer in the boot loader's recovery). */
  groups(): readonly Group[];
  /** Every request as it is handled, for the accounting. */
  observe(header: Header, fields: ReadonlyMap<string, unknown>, packet: Packet): void;
  /** False: the request is swallowed (a silent terminal, or not a request that it knows as one). */
  answers(header: Header): boolean;
  /** What happens to the reply on its way out. */
  mishap(header: Header): ReplyMishap | null;
  /** The power went while a request was handled: nothing more of it happens. */
  powerLost(atMs: number): void;
  /** Asked for each line that comes while a request is in work. */
  losesLine(): boolean;
}

/** The CRC and length that a buffer holds beside a packet received; one to be sent needs no room for them. */
const FRAMING_BYTES = 4;

export class SmpServer {
  readonly receiver: FrameReceiver;
  readonly #limits: ServerLimits;
  readonly #host: ServerHost;
  readonly #queue: Packet[] = [];
  #used = 0;
  #working = false;
  #generation = 0;

  constructor(limits: ServerLimits, host: ServerHost) {
    this.#limits = limits;
    this.#host = host;
    this.receiver = new FrameReceiver(
      {
        take: () => this.#take(),
        release: () => (this.#used -= 1),
        losesLine: () => this.#working && host.losesLine(),
        maxPacketBytes: limits.bufSize - FRAMING_BYTES,
      },
      (packet) => {
        this.#queue.push(packet);
        this.#next(packet.endMs);
      },
    );
  }

  receive(slice: Slice): void {
    this.receiver.push(slice);
  }

  /** A restart: nothing received or half done survives. */
  reset(): void {
    this.#generation += 1;
    this.#queue.length = 0;
    this.receiver.reset();
    this.#used = 0;
    this.#working = false;
  }

  #take(): boolean {
    if (this.#used >= this.#limits.bufCount) return false;
    this.#used += 1;
    return true;
  }

  #next(atMs: number): void {
    if (this.#working) return;
    const packet = this.#queue.shift();
    if (packet === undefined) return;
    this.#working = true;
    this.#handle(packet, Math.max(atMs, packet.endMs));
  }

  #handle(packet: Packet, startMs: number): void {
    const header = readHeader(packet.bytes);
    const mute = header === null || header.op === 'response' || !this.#host.answers(header);
    if (mute) {
      this.#done(1, startMs, undefined);
      return;
    }
    const ownBuffer = this.#take();
    const reply = this.#attempt(() =>
      ownBuffer ? this.#answer(header, packet, startMs) : { body: { rc: rc.noMemory } },
    );
    if (reply === null) {
      this.#host.powerLost(startMs);
      return;
    }
    const readyMs = startMs + (reply.busyMs ?? 0) + this.#limits.turnaroundMs;
    const buffers = ownBuffer ? 2 : 1;
    const generation = this.#generation;
    // Log text may go out until the reply is ready, so the reply joins the line only then.
    this.#host.scheduler.at(readyMs, () => {
      if (generation !== this.#generation) return;
      const endMs = this.#send(header, reply.body, readyMs);
      this.#host.scheduler.at(endMs, (atMs) => {
        if (generation === this.#generation) this.#done(buffers, atMs, reply.afterwards);
      });
    });
  }

  /** Null where the power went on the way. */
  #attempt(handle: () => Reply): Reply | null {
    try {
      return handle();
    } catch (error) {
      if (error instanceof PowerLost) return null;
      throw error;
    }
  }

  #send(header: Header, body: CborMap, readyMs: number): number {
    const mishap = this.#host.mishap(header);
    if (mishap === 'lost') return readyMs;
    const lines = frameLines(this.#fit(header, body));
    return this.#host.send(mishap === 'doubled' ? [...lines, ...lines] : lines, readyMs);
  }

  #done(buffers: number, atMs: number, afterwards: ((atMs: number) => void) | undefined): void {
    this.#used -= buffers;
    this.#working = false;
    const generation = this.#generation;
    afterwards?.(atMs);
    if (generation === this.#generation) this.#next(atMs);
  }

  #fit(header: Header, body: CborMap): Uint8Array {
    const packet = replyPacket(header, body);
    if (packet.length <= this.#limits.bufSize) return packet;
    return replyPacket(header, { rc: rc.tooLarge });
  }

  #answer(header: Header, packet: Packet, atMs: number): Reply {
    const fields = decodeRequest(packet.bytes.subarray(HEADER_BYTES));
    if (fields !== null) this.#host.observe(header, fields, packet);
    if (header.version > 1) return { body: { rc: rc.tooNew } };
    if (packet.bytes.length < HEADER_BYTES + header.bodyBytes) return { body: { rc: rc.corrupt } };
    const group = this.#host.groups().find((each) => each.id === header.group);
    const command = group?.commands.get(header.command);
    if (header.op === 'other') return { body: { rc: rc.notSupported } };
    const handler = header.op === 'write' ? command?.write : command?.read;
    if (group === undefined || handler === undefined) return { body: { rc: rc.notSupported } };
    if (fields === null) return { body: { rc: rc.invalid } };
    try {
      return handler({ fields, atMs });
    } catch (error) {
      return { body: errorBody(header, group, error) };
    }
  }
}

function errorBody(header: Header, group: Group, error: unknown): CborMap {
  if (error instanceof SmpError) return { rc: error.rc };
  if (!(error instanceof GroupError)) throw error;
  if (header.version === 0) return { rc: group.toVersion1(error.rc) };
  return { err: { group: group.id, rc: error.rc }, ...error.beside };
}
