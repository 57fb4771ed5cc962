/** Whether an image is the one that a vbmeta describes: the digest over what it puts on its partition. */
import { createHash, type Hash } from 'node:crypto';
import type { DigestDescriptor } from '../avb/descriptors.ts';
import { canHash, HashTree } from '../avb/hash-tree.ts';
import type { ContentSink } from './expand.ts';

const linear: readonly string[] = ['sha256', 'sha512'];
/** A boot loader reads these into memory at every start. */
const maxLinearBytes = 2 ** 30;
/** Larger than any terminal's system, at the usual 4 KiB a block. */
const maxTreeBlocks = 2 ** 24;
const repeatedBytes = 64 * 1024;

/** Those with a digest of their own, in a kind and a size that can be computed. */
export function canCheck(descriptor: DigestDescriptor): boolean {
  if (descriptor.digest.length === 0) return false;
  if (descriptor.kind === 'hash') {
    return linear.includes(descriptor.algorithm) && descriptor.imageBytes <= maxLinearBytes;
  }
  const { version, imageBytes, dataBlockBytes } = descriptor;
  return version === 1 && canHash(descriptor) && imageBytes / dataBlockBytes <= maxTreeBlocks;
}

export class Described implements ContentSink {
  readonly #expected: Uint8Array;
  readonly #work: HashTree | Hash;
  #leftBytes: number;

  /** `descriptor`: one that `canCheck`. */
  constructor(descriptor: DigestDescriptor) {
    this.#expected = descriptor.digest;
    this.#leftBytes = descriptor.imageBytes;
    this.#work =
      descriptor.kind === 'hash'
        ? createHash(descriptor.algorithm).update(descriptor.salt)
        : new HashTree(descriptor);
  }

  update(piece: Uint8Array): void {
    if (this.#leftBytes === 0) return;
    const own = piece.subarray(0, this.#leftBytes);
    this.#work.update(own);
    this.#leftBytes -= own.length;
  }

  repeat(word: Uint8Array, lengthBytes: number): void {
    const ownBytes = Math.min(lengthBytes, this.#leftBytes);
    this.#leftBytes -= ownBytes;
    if (this.#work instanceof HashTree) {
      this.#work.repeat(word, ownBytes);
      return;
    }
    const piece = Buffer.alloc(Math.min(repeatedBytes, ownBytes), word);
    for (let left = ownBytes; left > 0; left -= piece.length) {
      this.#work.update(piece.subarray(0, left));
    }
  }

  /** Asked once, at the image's end. */
  isMet(): boolean {
    if (this.#leftBytes > 0) return false;
    const found = this.#work instanceof HashTree ? this.#work.root() : this.#work.digest();
    return Buffer.from(this.#expected).equals(found);
  }
}
