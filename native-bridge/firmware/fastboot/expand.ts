/**
 * What an image puts on its partition, in passing: a sparse one is unfolded without ever being whole
 * in memory. What it leaves as it is counts as zeros, as for who signs it (AOSP, avbtool's
 * `ImageHandler.read`).
 */
import { packageMalformed } from '../firmware-error.ts';
import {
  chunkHeaderBytes,
  isSparse,
  readSparseChunk,
  readSparseHeader,
  sparseHeaderBytes,
  type SparseChunk,
  type SparseHeader,
} from './sparse-format.ts';

export interface ContentSink {
  update(piece: Uint8Array): void;
  /**
   * A word of four bytes again and again; it begins anew at the start. Forty bytes of a file may ask
   * for gigabytes of it: it is taken in slices, and whoever reads may pause at each yield.
   */
  repeat(word: Uint8Array, lengthBytes: number): Iterable<void>;
}

const none = new Uint8Array();
const wordBytes = 4;

/** Takes an image piece by piece, whatever their borders. */
export class Expander {
  readonly #sink: ContentSink;
  #rest: Uint8Array = none;
  /** null: not known yet; `raw`: is as it is. */
  #header: SparseHeader | 'raw' | null = null;
  #chunk: SparseChunk | null = null;
  #chunks = 0;
  #blocks = 0;
  /** Of a longer header, of a checksum, of a chunk's blocks. */
  #passOver = 0;
  #rawLeft = 0;

  constructor(sink: ContentSink) {
    this.#sink = sink;
  }

  /** Yields between slices of what is repeated. Throws FirmwareError `package-malformed` for a sparse image that lies. */
  *update(piece: Uint8Array): Generator<void, void, void> {
    if (this.#header === 'raw') {
      this.#sink.update(piece);
      return;
    }
    this.#rest = this.#rest.length === 0 ? piece : Buffer.concat([this.#rest, piece]);
    while (yield* this.#step());
  }

  /** Nothing comes any more. Throws as `update`. */
  end(): void {
    if (this.#header === null) this.#sink.update(this.#rest);
    if (this.#header === null || this.#header === 'raw') return;
    const isOver = this.#rest.length === 0 && this.#rawLeft === 0 && this.#passOver === 0;
    const { chunks, blocks } = this.#header;
    if (isOver && !this.#chunk && this.#chunks === chunks && this.#blocks === blocks) return;
    throw packageMalformed('sparse-totals');
  }

  /** false: more has to come first. */
  *#step(): Generator<void, boolean, void> {
    if (this.#header === null) return this.#begin();
    if (this.#header === 'raw' || this.#rest.length === 0) return false;
    if (this.#passOver > 0) {
      this.#passOver -= this.#take(this.#passOver).length;
      return true;
    }
    if (this.#rawLeft > 0) {
      const piece = this.#take(this.#rawLeft);
      this.#rawLeft -= piece.length;
      this.#sink.update(piece);
      return true;
    }
    return yield* this.#chunk === null ? this.#nextChunk(this.#header) : this.#filled(this.#chunk);
  }

  #begin(): boolean {
    if (this.#rest.length < wordBytes) return false;
    if (!isSparse(this.#rest)) {
      this.#header = 'raw';
      this.#sink.update(this.#rest);
      this.#rest = none;
      return false;
    }
    if (this.#rest.length < sparseHeaderBytes) return false;
    this.#header = readSparseHeader(this.#take(sparseHeaderBytes));
    this.#passOver = this.#header.headerBytes - sparseHeaderBytes;
    return true;
  }

  *#nextChunk(header: SparseHeader): Generator<void, boolean, void> {
    if (this.#rest.length < chunkHeaderBytes) return false;
    const chunk = readSparseChunk(this.#take(chunkHeaderBytes), header);
    this.#chunks += 1;
    this.#blocks += chunk.blocks;
    const isMore = this.#chunks > header.chunks || this.#blocks > header.blocks;
    if (isMore) throw packageMalformed('sparse-totals');
    this.#passOver = header.chunkHeaderBytes - chunkHeaderBytes;
    if (chunk.kind === 'raw') this.#rawLeft = chunk.dataBytes;
    else if (chunk.kind === 'crc') this.#passOver += chunk.dataBytes;
    else if (chunk.kind === 'fill') this.#chunk = chunk;
    else yield* this.#repeat(new Uint8Array(wordBytes), chunk.blocks);
    return true;
  }

  *#filled({ blocks }: SparseChunk): Generator<void, boolean, void> {
    if (this.#rest.length < wordBytes) return false;
    yield* this.#repeat(this.#take(wordBytes), blocks);
    this.#chunk = null;
    return true;
  }

  *#repeat(word: Uint8Array, blocks: number): Generator<void, void, void> {
    if (this.#header === null || this.#header === 'raw' || blocks === 0) return;
    yield* this.#sink.repeat(word, blocks * this.#header.blockBytes);
  }

  #take(mostBytes: number): Uint8Array {
    const taken = this.#rest.subarray(0, mostBytes);
    this.#rest = this.#rest.subarray(taken.length);
    return taken;
  }
}
