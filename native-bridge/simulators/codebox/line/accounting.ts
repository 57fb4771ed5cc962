/**
 * What an upload cost on the line: how long it took from the first byte to the last, how much of
 * that the line from the host was busy, and what was sent in vain.
 */
import type { Packet } from '../smp/console-frames.ts';

export interface UploadAccount {
  imageBytes: number;
  /** Up to here the terminal has the image. */
  haveBytes: number;
  requests: number;
  /** Image bytes in the requests, whether of use or not. */
  payloadBytes: number;
  /** Of these, bytes that the terminal already had. */
  sentTwiceBytes: number;
  /** Of these, bytes that came before their turn and were not kept. */
  discardedBytes: number;
  /** Everything that came over the line meanwhile. */
  wireBytes: number;
  /** From the start of the first byte to the end of the last. */
  spanMs: number;
  /** Share of that in which bytes were on the line; null for an unpaced line. */
  busyRatio: number | null;
}

interface Record extends UploadAccount {
  readonly startMs: number;
  readonly startBytes: number;
}

export class UploadAccounting {
  readonly #byteMs: number;
  readonly #records: Record[] = [];

  constructor(byteMs: number) {
    this.#byteMs = byteMs;
  }

  /** A request to take a part of an image, before it is handled; `haveBytes` as of then. */
  request(
    chunk: { readonly off: number; readonly bytes: number; readonly imageBytes: number | null },
    packet: Packet,
    haveBytes: number,
  ): void {
    const record = this.#recordFor(chunk, packet);
    record.requests += 1;
    record.payloadBytes += chunk.bytes;
    const known = Math.max(0, Math.min(chunk.off + chunk.bytes, haveBytes) - chunk.off);
    record.sentTwiceBytes += known;
    if (chunk.off > haveBytes) record.discardedBytes += chunk.bytes;
    record.wireBytes = packet.endBytes - record.startBytes;
    record.spanMs = packet.endMs - record.startMs;
    const busyMs = record.wireBytes * this.#byteMs;
    record.busyRatio = this.#byteMs === 0 || record.spanMs === 0 ? null : busyMs / record.spanMs;
  }

  progress(haveBytes: number, imageBytes: number): void {
    const record = this.#records.at(-1);
    if (record === undefined) return;
    record.haveBytes = haveBytes;
    record.imageBytes = imageBytes;
  }

  report(): UploadAccount[] {
    return this.#records.map(({ startMs: _, startBytes: __, ...account }) => account);
  }

  #recordFor(
    chunk: { readonly off: number; readonly imageBytes: number | null },
    packet: Packet,
  ): Record {
    const last = this.#records.at(-1);
    const finished = last !== undefined && last.haveBytes === last.imageBytes;
    if (last !== undefined && !(chunk.off === 0 && finished)) return last;
    const record: Record = {
      imageBytes: chunk.imageBytes ?? 0,
      haveBytes: 0,
      requests: 0,
      payloadBytes: 0,
      sentTwiceBytes: 0,
      discardedBytes: 0,
      wireBytes: 0,
      spanMs: 0,
      busyRatio: null,
      startMs: packet.startMs,
      startBytes: packet.startBytes,
    };
    this.#records.push(record);
    return record;
  }
}
