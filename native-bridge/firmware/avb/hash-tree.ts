/**
 * The root of a dm-verity tree (kernel, Documentation/admin-guide/device-mapper/verity.rst, version 1):
 * each data block is hashed behind the salt; the digests, padded to a power of two, fill blocks of the
 * next level; and so on until one digest is left. Only the block of each level that is being filled is
 * kept: some kilobytes, however large the image is.
 */
// eslint-disable-next-line n/no-unsupported-features/node-builtins -- in Node 20 since 20.12
import { hash } from 'node:crypto';

export interface HashTreePlan {
  readonly algorithm: string;
  readonly salt: Uint8Array;
  readonly dataBlockBytes: number;
  readonly hashBlockBytes: number;
}

/** Of the kernel's, those that can be computed here; digests' lengths. */
const digestBytes: Readonly<Record<string, number>> = { sha1: 20, sha256: 32, sha512: 64 };
const maxSaltBytes = 256;
const [minBlockBytes, maxBlockBytes] = [512, 64 * 1024];

/** Whether the root can be computed at all. */
export function canHash({
  algorithm,
  salt,
  dataBlockBytes,
  hashBlockBytes,
}: HashTreePlan): boolean {
  const isBlock = (bytes: number): boolean =>
    bytes >= minBlockBytes && bytes <= maxBlockBytes && (bytes & (bytes - 1)) === 0;
  return (
    digestBytes[algorithm] !== undefined &&
    salt.length <= maxSaltBytes &&
    isBlock(dataBlockBytes) &&
    isBlock(hashBlockBytes)
  );
}

/** A block that is filled bit by bit, behind the salt. */
interface Filling {
  readonly salted: Uint8Array;
  filledBytes: number;
}

interface Level extends Filling {
  digests: number;
  last: Uint8Array;
}

export class HashTree {
  readonly #plan: HashTreePlan;
  readonly #data: Filling;
  readonly #levels: Level[] = [];
  /** Of one digest in its block. */
  readonly #stepBytes: number;
  #hashedBytes = 0;

  /** `plan`: one that `canHash`. */
  constructor(plan: HashTreePlan) {
    this.#plan = plan;
    this.#data = this.#filling(plan.dataBlockBytes);
    this.#stepBytes = 2 ** Math.ceil(Math.log2(digestBytes[plan.algorithm] ?? 0));
  }

  /** The image's next bytes, whatever their borders. */
  update(piece: Uint8Array): void {
    const block = this.#data;
    const { dataBlockBytes, salt } = this.#plan;
    for (let at = 0; at < piece.length;) {
      const taken = Math.min(dataBlockBytes - block.filledBytes, piece.length - at);
      block.salted.set(piece.subarray(at, at + taken), salt.length + block.filledBytes);
      block.filledBytes += taken;
      at += taken;
      if (block.filledBytes < dataBlockBytes) continue;
      block.filledBytes = 0;
      this.#add(0, this.#digestOf(block));
    }
  }

  /**
   * As `update`, of one word again and again; equal blocks are hashed once, on every level. How many
   * bytes were hashed for it.
   */
  repeat(word: Uint8Array, lengthBytes: number): number {
    const { dataBlockBytes, salt } = this.#plan;
    const before = this.#hashedBytes;
    const block = Buffer.alloc(dataBlockBytes, word);
    const begun = this.#data.filledBytes;
    const head = begun === 0 ? 0 : Math.min(dataBlockBytes - begun, lengthBytes);
    this.update(block.subarray(0, head));
    const blocks = Math.floor((lengthBytes - head) / dataBlockBytes);
    if (blocks > 0) {
      this.#data.salted.set(block, salt.length);
      this.#addEqual(0, this.#digestOf(this.#data), blocks);
    }
    this.update(block.subarray(0, lengthBytes - head - blocks * dataBlockBytes));
    return this.#hashedBytes - before;
  }

  /** What was not a whole block is filled with zeros. Ends the tree. */
  root(): Uint8Array {
    if (this.#data.filledBytes > 0)
      this.update(new Uint8Array(this.#plan.dataBlockBytes - this.#data.filledBytes));
    for (let n = 0; ; n++) {
      const level = this.#levels[n];
      if (level === undefined) return new Uint8Array();
      if (level.digests === 1) return level.last;
      if (level.filledBytes > 0) this.#close(n, level);
    }
  }

  #levelAt(n: number): Level {
    return (this.#levels[n] ??= {
      ...this.#filling(this.#plan.hashBlockBytes),
      digests: 0,
      last: new Uint8Array(),
    });
  }

  #add(n: number, digest: Uint8Array): void {
    const level = this.#levelAt(n);
    level.salted.set(digest, this.#plan.salt.length + level.filledBytes);
    level.filledBytes += this.#stepBytes;
    level.digests += 1;
    level.last = digest;
    if (level.filledBytes === this.#plan.hashBlockBytes) this.#close(n, level);
  }

  /** Whole blocks of one digest have one digest again: the level above takes that as many times. */
  #addEqual(n: number, digest: Uint8Array, count: number): void {
    const level = this.#levelAt(n);
    const mostPerBlock = this.#plan.hashBlockBytes / this.#stepBytes;
    let left = count;
    for (; left > 0 && level.filledBytes > 0; left--) this.#add(n, digest);
    const blocks = Math.floor(left / mostPerBlock);
    if (blocks > 0) {
      for (let at = 0; at < mostPerBlock; at++) {
        level.salted.set(digest, this.#plan.salt.length + at * this.#stepBytes);
      }
      level.digests += blocks * mostPerBlock;
      level.last = digest;
      this.#addEqual(n + 1, this.#emptied(level), blocks);
    }
    for (left -= blocks * mostPerBlock; left > 0; left--) this.#add(n, digest);
  }

  #close(n: number, level: Level): void {
    this.#add(n + 1, this.#emptied(level));
  }

  #emptied(level: Level): Uint8Array {
    const digest = this.#digestOf(level);
    level.salted.fill(0, this.#plan.salt.length);
    level.filledBytes = 0;
    return digest;
  }

  #filling(blockBytes: number): Filling {
    const { salt } = this.#plan;
    const salted = new Uint8Array(salt.length + blockBytes);
    salted.set(salt);
    return { salted, filledBytes: 0 };
  }

  #digestOf({ salted }: Filling): Uint8Array {
    this.#hashedBytes += salted.length;
    return hash(this.#plan.algorithm, salted, 'buffer');
  }
}
