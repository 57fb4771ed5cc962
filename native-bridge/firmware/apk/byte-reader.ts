/** Reads little-endian numbers and length-prefixed pieces, never beyond what it was given. */

export class ByteReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get leftBytes(): number {
    return this.#bytes.length - this.#at;
  }

  /** Throws RangeError beyond the end, as everything here. */
  u32(): number {
    const value = this.#view.getUint32(this.#at, true);
    this.#at += 4;
    return value;
  }

  u64(): number {
    const value = Number(this.#view.getBigUint64(this.#at, true));
    this.#at += 8;
    return value;
  }

  take(lengthBytes: number): Uint8Array {
    if (lengthBytes < 0 || lengthBytes > this.leftBytes) throw new RangeError('beyond the end');
    this.#at += lengthBytes;
    return this.#bytes.subarray(this.#at - lengthBytes, this.#at);
  }

  /** A piece that begins with its length. */
  prefixed(): Uint8Array {
    return this.take(this.u32());
  }

  /** A sequence of such pieces, itself with its length. */
  sequence(maxPieces: number): Uint8Array[] {
    const inner = new ByteReader(this.prefixed());
    const pieces: Uint8Array[] = [];
    while (inner.leftBytes > 0) {
      if (pieces.length >= maxPieces) throw new RangeError('too many pieces');
      pieces.push(inner.prefixed());
    }
    return pieces;
  }
}
