/** What a bad line does to bytes: loses, doubles or corrupts one now and then, or splits them up. */
import type { Random } from '../engine/random.ts';
import type { FaultSet } from '../faults.ts';

/** The first mishap comes soon, so that even a short talk meets one; then they are rarer. */
const FIRST_WITHIN_BYTES = 400;
const MEAN_GAP_BYTES = 9000;
const MAX_PIECE_BYTES = 7;

type Damage = 'lost' | 'doubled' | 'corrupted';

export class LineDamage {
  readonly #random: Random;
  readonly #faults: FaultSet;
  #untilNext: number;

  constructor(random: Random, faults: FaultSet) {
    this.#random = random;
    this.#faults = faults;
    this.#untilNext = random.below(FIRST_WITHIN_BYTES);
  }

  apply(bytes: Uint8Array): Uint8Array {
    const kinds = this.#kinds();
    if (kinds.length === 0) return bytes;
    const out: number[] = [];
    for (const byte of bytes) {
      if (this.#untilNext > 0) {
        this.#untilNext -= 1;
        out.push(byte);
        continue;
      }
      this.#untilNext = Math.ceil(-Math.log(1 - this.#random.next()) * MEAN_GAP_BYTES);
      out.push(...this.#damaged(byte, kinds[this.#random.below(kinds.length)]));
    }
    return Uint8Array.from(out);
  }

  /** The bytes in pieces of one to seven. */
  pieces(bytes: Uint8Array): Uint8Array[] {
    const pieces: Uint8Array[] = [];
    for (let offset = 0; offset < bytes.length;) {
      const size = 1 + this.#random.below(MAX_PIECE_BYTES);
      pieces.push(bytes.subarray(offset, offset + size));
      offset += size;
    }
    return pieces;
  }

  #kinds(): Damage[] {
    const kinds: Damage[] = [];
    if (this.#faults.has('lost-bytes')) kinds.push('lost');
    if (this.#faults.has('doubled-bytes')) kinds.push('doubled');
    if (this.#faults.has('corrupted-bytes')) kinds.push('corrupted');
    return kinds;
  }

  #damaged(byte: number, kind: Damage | undefined): number[] {
    if (kind === 'lost') return [];
    if (kind === 'doubled') return [byte, byte];
    return [byte ^ (1 << this.#random.below(8))];
  }
}
