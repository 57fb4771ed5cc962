/**
 * The direction from the host to the terminal. Bytes come from the socket as fast as they like, and
 * reach the terminal at the line's rate, in slices of at most two milliseconds. What has not yet
 * had its turn waits here; past a few kilobytes the socket is paused, as a driver's buffer fills.
 */
import type { Scheduler } from '../engine/scheduler.ts';

/** Bytes that crossed the line, with the instants at which they did. */
export interface Slice {
  readonly bytes: Uint8Array;
  readonly startMs: number;
  readonly byteMs: number;
}

export interface Flow {
  pause(): void;
  resume(): void;
}

const SLICE_MS = 2;
const UNPACED_SLICE_BYTES = 65_536;
const HIGH_BYTES = 4096;
const LOW_BYTES = 1024;

/** Milliseconds that one byte (start bit, eight bits, stop bit) takes; 0 for an unpaced line. */
export function byteTimeMs(baud: number): number {
  return baud === 0 ? 0 : 10_000 / baud;
}

export function sliceBytes(byteMs: number): number {
  return byteMs === 0 ? UNPACED_SLICE_BYTES : Math.max(1, Math.floor(SLICE_MS / byteMs));
}

export class LineIn {
  bytes = 0;
  firstMs: number | null = null;
  lastMs: number | null = null;

  readonly #scheduler: Scheduler;
  readonly #byteMs: number;
  readonly #deliver: (slice: Slice) => void;
  readonly #flow: Flow;
  readonly #sliceBytes: number;
  #waiting: Uint8Array = new Uint8Array(0);
  #freeMs = 0;
  #generation = 0;
  #scheduled = false;
  #paused = false;

  constructor(scheduler: Scheduler, byteMs: number, deliver: (slice: Slice) => void, flow: Flow) {
    this.#scheduler = scheduler;
    this.#byteMs = byteMs;
    this.#deliver = deliver;
    this.#flow = flow;
    this.#sliceBytes = sliceBytes(byteMs);
  }

  push(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    if (this.#waiting.length === 0 && !this.#scheduled) {
      this.#freeMs = Math.max(this.#freeMs, this.#scheduler.nowMs());
    }
    const joined = new Uint8Array(this.#waiting.length + bytes.length);
    joined.set(this.#waiting);
    joined.set(bytes, this.#waiting.length);
    this.#waiting = joined;
    if (!this.#paused && this.#byteMs > 0 && joined.length > HIGH_BYTES) {
      this.#paused = true;
      this.#flow.pause();
    }
    this.#schedule();
  }

  /** The cable is out: what had not crossed is gone. */
  clear(): void {
    this.#waiting = new Uint8Array(0);
    this.#generation += 1;
    this.#scheduled = false;
    this.#paused = false;
  }

  #schedule(): void {
    if (this.#scheduled || this.#waiting.length === 0) return;
    this.#scheduled = true;
    const generation = this.#generation;
    const count = Math.min(this.#waiting.length, this.#sliceBytes);
    this.#scheduler.at(this.#freeMs + count * this.#byteMs, (atMs) => {
      if (generation === this.#generation) this.#cross(count, atMs);
    });
  }

  #cross(count: number, endMs: number): void {
    this.#scheduled = false;
    const slice = this.#waiting.subarray(0, count);
    this.#waiting = this.#waiting.subarray(count);
    const startMs = this.#freeMs;
    this.#freeMs = endMs;
    this.bytes += count;
    this.firstMs ??= startMs;
    this.lastMs = endMs;
    if (this.#paused && this.#waiting.length < LOW_BYTES) {
      this.#paused = false;
      this.#flow.resume();
    }
    this.#schedule();
    this.#deliver({ bytes: slice, startMs, byteMs: this.#byteMs });
  }
}
