/**
 * A port whose line loses frames (SMP packets), both ways: one byte of a lost frame is spoilt, so
 * that it takes its time on the line and the other end throws it away. The same seed, the same
 * losses. Counts what goes out.
 */
import type { BytePort, PortError, Wait } from '../../native-bridge/ports/port.ts';

const LINE_END = 0x0a;
const FIRST_LINE = 0x06;
/** No letter of base64. */
const SPOILT = 0x2a;

export interface Noise {
  /** Of the frames of each direction: 0..1. */
  readonly lostShare: number;
  /** Instead: of the lines that frames are made of. */
  readonly perLine?: boolean;
  readonly seed?: number;
}

class Direction {
  frames = 0;
  lost = 0;
  readonly #random: () => number;
  readonly #noise: Noise;
  /** Of the line that is passing; 0: it begins. */
  #at = 0;
  #marker = 0;
  #spoils = false;

  constructor(noise: Noise, random: () => number) {
    this.#noise = noise;
    this.#random = random;
  }

  pass(bytes: Uint8Array): Uint8Array {
    return bytes.map((byte) => this.#pass(byte));
  }

  #pass(byte: number): number {
    if (this.#at === 0) this.#marker = byte;
    const place = this.#at;
    this.#at = byte === LINE_END ? 0 : place + 1;
    if (place !== 4 || byte === LINE_END) return byte;
    if (this.#marker === FIRST_LINE) this.frames++;
    else if (!this.#noise.perLine) return byte;
    this.#spoils = this.#random() < this.#noise.lostShare;
    if (this.#spoils) this.lost++;
    return this.#spoils ? SPOILT : byte;
  }
}

export class NoisyPort implements BytePort {
  readonly url: string;
  readonly baud: number | null;
  readonly closed: Promise<PortError | null>;
  readonly out: Direction;
  readonly in: Direction;
  bytesOut = 0;
  readonly #port: BytePort;

  constructor(port: BytePort, noise: Noise) {
    this.#port = port;
    this.url = port.url;
    this.baud = port.baud;
    this.closed = port.closed;
    const seed = noise.seed ?? 1;
    this.out = new Direction(noise, random(seed));
    this.in = new Direction(noise, random(seed + 1));
  }

  async read(wait: Wait): Promise<Uint8Array | null> {
    const bytes = await this.#port.read(wait);
    return bytes === null ? null : this.in.pass(bytes);
  }

  write(bytes: Uint8Array, wait: Wait): Promise<void> {
    this.bytesOut += bytes.length;
    return this.#port.write(this.out.pass(bytes), wait);
  }

  setSignals(...signals: Parameters<BytePort['setSignals']>): Promise<void> {
    return this.#port.setSignals(...signals);
  }

  close(): Promise<void> {
    return this.#port.close();
  }
}

/** Mulberry32: small, and good enough to lose frames by. */
export function random(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
