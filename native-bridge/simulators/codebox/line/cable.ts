/**
 * Everything between the host's port and the terminal: the port itself, the paced line in both
 * directions, and what a bad line or a bad port does to bytes.
 */
import { Random } from '../engine/random.ts';
import type { Scheduler } from '../engine/scheduler.ts';
import type { FaultSet } from '../faults.ts';
import type { Options } from '../options.ts';
import type { HostEnd } from './host-end.ts';
import { DeviceEnd } from './device-end.ts';
import { LineDamage } from './line-faults.ts';
import { LineIn, byteTimeMs, type Slice } from './line-in.ts';
import { LineOut } from './line-out.ts';
import { noiseBetween } from './noise.ts';
import { PtyEnd } from './pty-end.ts';
import { TcpEnd } from './tcp-end.ts';

export interface LineStats {
  readonly bytes: number;
  /** Milliseconds in which a byte was on the line. */
  readonly busyMs: number;
}

const PIECE_MS = 1;

export class Cable {
  readonly byteMs: number;
  plugged = true;
  readonly #options: Options;
  readonly #faults: FaultSet;
  readonly #scheduler: Scheduler;
  readonly #random: Random;
  readonly #end: HostEnd;
  readonly #in: LineIn;
  readonly #out: LineOut;
  readonly #inDamage: LineDamage;
  readonly #outDamage: LineDamage;
  /** Waiting to be delivered piece by piece. */
  readonly #pieces: Uint8Array[] = [];

  /** `deliver` takes what crossed the line to the terminal. */
  constructor(
    options: Options,
    faults: FaultSet,
    scheduler: Scheduler,
    deliver: (slice: Slice) => void,
  ) {
    this.#options = options;
    this.#faults = faults;
    this.#scheduler = scheduler;
    this.byteMs = byteTimeMs(options.baud);
    this.#random = new Random(options.seed);
    this.#inDamage = new LineDamage(new Random(options.seed + 1), faults);
    this.#outDamage = new LineDamage(new Random(options.seed + 2), faults);
    this.#end = this.#makeEnd();
    const arrived = (slice: Slice): void => this.#arrived(slice, deliver);
    this.#in = new LineIn(scheduler, this.byteMs, arrived, this.#end);
    this.#out = new LineOut(scheduler, this.byteMs, (bytes) => this.#leave(bytes));
  }

  open(): Promise<string> {
    return this.#end.open();
  }

  close(): Promise<void> {
    return this.#end.close();
  }

  async pull(): Promise<void> {
    this.plugged = false;
    this.#in.clear();
    this.#pieces.length = 0;
    await this.#end.pull();
  }

  async plug(): Promise<string> {
    const url = await this.#end.plug();
    this.plugged = true;
    return url;
  }

  /** Out and in again at another address, where it can have one; says at which. */
  async move(): Promise<string> {
    if (this.#end.move === undefined) return this.plug();
    this.#in.clear();
    this.#pieces.length = 0;
    const url = await this.#end.move();
    this.plugged = true;
    return url;
  }

  /** Log text, whenever the line has room for it. */
  print(text: string, atMs: number): void {
    if (this.#faults.has('silent') || this.#faults.has('echoing-port')) return;
    this.#out.text(Buffer.from(text, 'utf8'), atMs);
  }

  /** A packet's lines; says when the last byte is out. */
  send(lines: readonly Uint8Array[], readyMs: number): number {
    if (!this.#faults.has('log-noise')) return this.#out.frame(Buffer.concat(lines), readyMs);
    return this.#out.frame(noiseBetween(lines, this.#random), readyMs);
  }

  /** The terminal lost power: what it had begun to send is gone. */
  silence(): void {
    this.#out.clear();
  }

  stats(): { readonly toTerminal: LineStats; readonly toHost: LineStats } {
    const line = ({ bytes }: { readonly bytes: number }): LineStats => ({
      bytes,
      busyMs: bytes * this.byteMs,
    });
    return { toTerminal: line(this.#in), toHost: line(this.#out) };
  }

  #makeEnd(): HostEnd {
    const events = { received: (bytes: Uint8Array) => this.#in.push(bytes) };
    const { listen, baud } = this.#options;
    if (listen.kind === 'in-process') return listen.host.end(events);
    if (listen.kind === 'tcp') return new TcpEnd(listen.host, listen.port, events);
    if (listen.kind === 'device') return new DeviceEnd(listen.path, events);
    return new PtyEnd(listen.link, baud, events);
  }

  #arrived(slice: Slice, deliver: (slice: Slice) => void): void {
    if (!this.plugged) return;
    if (this.#faults.has('echoing-port')) {
      this.#out.text(Uint8Array.from(slice.bytes), this.#scheduler.nowMs());
      return;
    }
    deliver({ ...slice, bytes: this.#inDamage.apply(slice.bytes) });
  }

  #leave(bytes: Uint8Array): void {
    if (!this.plugged) return;
    const damaged = this.#outDamage.apply(bytes);
    if (this.#pieces.length === 0 && !this.#faults.has('split-bytes')) {
      this.#end.write(damaged);
      return;
    }
    const idle = this.#pieces.length === 0;
    this.#pieces.push(...this.#outDamage.pieces(damaged));
    if (idle) this.#nextPiece();
  }

  /** One piece a millisecond of real time: faster, and the system would join them again. */
  #nextPiece(): void {
    const piece = this.#pieces.shift();
    if (piece === undefined) return;
    this.#end.write(piece);
    const next = (): void => this.#nextPiece();
    if (this.#pieces.length > 0) this.#scheduler.at(performance.now() + PIECE_MS, next);
  }
}
