/**
 * The direction from the terminal to the host: one transmitter, two writers. Frames go first; log
 * text goes out whenever no frame is due, and a frame cuts it anywhere in the line, as on real
 * devices (the text goes on after the frame).
 */
import type { Scheduled, Scheduler } from '../engine/scheduler.ts';
import { sliceBytes } from './line-in.ts';

interface Frame {
  readonly startMs: number;
  readonly bytes: Uint8Array;
  sent: number;
}

interface Text {
  readonly readyMs: number;
  readonly bytes: Uint8Array;
  sent: number;
}

/** Text nobody takes is dropped beyond this, as a log buffer does. */
const MAX_TEXT_BYTES = 16_384;

export class LineOut {
  bytes = 0;
  readonly #scheduler: Scheduler;
  readonly #byteMs: number;
  readonly #sliceBytes: number;
  readonly #sink: (bytes: Uint8Array) => void;
  readonly #frames: Frame[] = [];
  readonly #texts: Text[] = [];
  #textBytes = 0;
  #framesFreeMs = 0;
  #cursorMs = 0;
  #pending: Scheduled | null = null;

  constructor(scheduler: Scheduler, byteMs: number, sink: (bytes: Uint8Array) => void) {
    this.#scheduler = scheduler;
    this.#byteMs = byteMs;
    this.#sliceBytes = sliceBytes(byteMs);
    this.#sink = sink;
  }

  /** Sends as soon as it can from `readyMs`; says when the last byte will be out. */
  frame(bytes: Uint8Array, readyMs: number): number {
    const startMs = Math.max(readyMs, this.#framesFreeMs, this.#cursorMs);
    this.#framesFreeMs = startMs + bytes.length * this.#byteMs;
    this.#frames.push({ startMs, bytes, sent: 0 });
    this.#pump();
    return this.#framesFreeMs;
  }

  text(bytes: Uint8Array, readyMs: number): void {
    if (this.#textBytes + bytes.length > MAX_TEXT_BYTES) return;
    this.#textBytes += bytes.length;
    this.#texts.push({ readyMs, bytes, sent: 0 });
    this.#pump();
  }

  /** Power is gone: nothing more goes out. */
  clear(): void {
    this.#frames.length = 0;
    this.#texts.length = 0;
    this.#textBytes = 0;
    this.#framesFreeMs = 0;
    this.#pending?.cancel();
    this.#pending = null;
  }

  #pump(): void {
    this.#pending?.cancel();
    this.#pending = null;
    const nowMs = this.#scheduler.nowMs();
    for (;;) {
      const waitMs = this.#step(nowMs);
      if (waitMs === 'idle') return;
      if (waitMs !== null) {
        this.#pending = this.#scheduler.at(waitMs, () => {
          this.#pump();
        });
        return;
      }
    }
  }

  /** One slice: null when it went out, the instant when it will be over, or 'idle'. */
  #step(nowMs: number): number | null | 'idle' {
    const frame = this.#frames[0];
    if (frame !== undefined && frame.startMs <= this.#cursorMs)
      return this.#sendFrame(frame, nowMs);
    const text = this.#texts[0];
    if (text !== undefined) {
      const startMs = Math.max(this.#cursorMs, text.readyMs);
      const count = this.#textRoom(text, startMs, frame);
      if (count > 0) return this.#sendText(text, startMs, count, nowMs);
    }
    if (frame === undefined) return 'idle';
    if (frame.startMs > nowMs) return frame.startMs;
    this.#cursorMs = frame.startMs;
    return null;
  }

  #textRoom(text: Text, startMs: number, frame: Frame | undefined): number {
    const left = Math.min(text.bytes.length - text.sent, this.#sliceBytes);
    if (frame === undefined) return left;
    if (startMs > frame.startMs) return 0;
    if (this.#byteMs === 0) return left;
    return Math.min(left, Math.floor((frame.startMs - startMs) / this.#byteMs));
  }

  #sendFrame(frame: Frame, nowMs: number): number | null {
    const count = Math.min(frame.bytes.length - frame.sent, this.#sliceBytes);
    const endMs = Math.max(this.#cursorMs, frame.startMs) + count * this.#byteMs;
    if (endMs > nowMs) return endMs;
    this.#emit(frame.bytes.subarray(frame.sent, frame.sent + count), endMs);
    frame.sent += count;
    if (frame.sent === frame.bytes.length) this.#frames.shift();
    return null;
  }

  #sendText(text: Text, startMs: number, count: number, nowMs: number): number | null {
    const endMs = startMs + count * this.#byteMs;
    if (endMs > nowMs) return endMs;
    this.#emit(text.bytes.subarray(text.sent, text.sent + count), endMs);
    text.sent += count;
    this.#textBytes -= count;
    if (text.sent === text.bytes.length) this.#texts.shift();
    return null;
  }

  #emit(bytes: Uint8Array, endMs: number): void {
    this.#cursorMs = endMs;
    this.bytes += bytes.length;
    this.#sink(bytes);
  }
}
