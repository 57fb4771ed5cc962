/**
 * Memory that the system reads into, piece after piece of a larger one: nothing is allocated for a
 * single read, and bytes that came one after the other mostly stand so, too, which spares who wants
 * many of them in one piece a copy. A slab whose bytes were all given back is used again; one that
 * somebody keeps a view of lives as long as that. The first is small, and they grow with what the
 * port carries.
 */

const FIRST_BYTES = 64 * 1024;
const LARGEST_BYTES = 4 * 1024 * 1024;
/** With less room a read would be too small to be worth it. */
const LEAST_ROOM_BYTES = 16 * 1024;
const MOST_ROOM_BYTES = 1024 * 1024;
const MOST_SPARES = 2;

/** How many of a slab's bytes were handed out and not given back. */
interface Lent {
  bytes: number;
}

export class ReceiveSlabs {
  readonly #lent = new WeakMap<ArrayBufferLike, Lent>();
  readonly #spares: Uint8Array[] = [];
  #slab: Uint8Array;
  #slabLent: Lent;
  #used = 0;

  constructor() {
    this.#slab = newSlab(FIRST_BYTES);
    this.#slabLent = this.#register(this.#slab);
  }

  /** Where the next bytes go. */
  room(): Uint8Array {
    if (this.#slabLent.bytes === 0) this.#used = 0;
    if (this.#slab.length - this.#used < LEAST_ROOM_BYTES) this.#nextSlab();
    return this.#slab.subarray(this.#used, this.#used + MOST_ROOM_BYTES);
  }

  /** The `count` bytes that came into what `room` gave last. */
  take(count: number): Uint8Array {
    const bytes = this.#slab.subarray(this.#used, this.#used + count);
    this.#used += count;
    this.#slabLent.bytes += count;
    return bytes;
  }

  /** Each byte that `take` gave may be given back once; nobody looks at it any more. */
  giveBack(bytes: Uint8Array): void {
    const lent = this.#lent.get(bytes.buffer);
    if (!lent) return;
    lent.bytes -= bytes.length;
    if (lent.bytes > 0 || lent === this.#slabLent) return;
    const isWorthIt = bytes.buffer.byteLength === LARGEST_BYTES;
    if (isWorthIt && this.#spares.length < MOST_SPARES) this.#spares.push(wholeOf(bytes));
  }

  #nextSlab(): void {
    const larger = Math.min(LARGEST_BYTES, this.#slab.length * 2);
    this.#slab = this.#spares.pop() ?? newSlab(larger);
    this.#slabLent = this.#lent.get(this.#slab.buffer) ?? this.#register(this.#slab);
    this.#used = 0;
  }

  #register(slab: Uint8Array): Lent {
    const lent = { bytes: 0 };
    this.#lent.set(slab.buffer, lent);
    return lent;
  }
}

/** Not cleared: only what was read into it is ever handed out. */
function newSlab(bytes: number): Uint8Array {
  return new Uint8Array(Buffer.allocUnsafeSlow(bytes).buffer);
}

function wholeOf(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes.buffer);
}
