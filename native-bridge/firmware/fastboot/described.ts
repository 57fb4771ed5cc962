/** Whether an image is the one that a vbmeta describes: the digest over what it puts on its partition. */
import { createHash, type Hash } from 'node:crypto';
import type { DigestDescriptor } from '../avb/descriptors.ts';
import { canHash, HashTree } from '../avb/hash-tree.ts';
import { packageMalformed } from '../firmware-error.ts';
import type { ContentSink } from './expand.ts';

const linear: readonly string[] = ['sha256', 'sha512'];
/** A boot loader reads these into memory at every start. */
const maxLinearBytes = 2 ** 30;
/** Larger than any terminal's system, at the usual 4 KiB a block. */
const maxTreeBlocks = 2 ** 24;
const sliceBytes = 64 * 1024;
/** A few times what the holes and fills of a terminal's whole system ask. */
const maxRepeatedBytes = 8 * 2 ** 30;

/** Those with a digest of their own, in a kind and a size that can be computed. */
export function canCheck(descriptor: DigestDescriptor): boolean {
  if (descriptor.digest.length === 0) return false;
  if (descriptor.kind === 'hash') {
    return linear.includes(descriptor.algorithm) && descriptor.imageBytes <= maxLinearBytes;
  }
  const { version, imageBytes, dataBlockBytes } = descriptor;
  return version === 1 && canHash(descriptor) && imageBytes / dataBlockBytes <= maxTreeBlocks;
}

/** How much a package may still have hashed that stands in none of its files: holes and fills. */
export class RepeatAllowance {
  #leftBytes = maxRepeatedBytes;

  /** Throws FirmwareError `package-malformed`. */
  take(hashedBytes: number): void {
    this.#leftBytes -= hashedBytes;
    if (this.#leftBytes < 0) throw packageMalformed('sparse-repeats');
  }
}

export class Described implements ContentSink {
  readonly #expected: Uint8Array;
  readonly #work: HashTree | Hash;
  readonly #allowance: RepeatAllowance;
  #leftBytes: number;

  /** `descriptor`: one that `canCheck`; `allowance`: the package's. */
  constructor(descriptor: DigestDescriptor, allowance: RepeatAllowance) {
    this.#allowance = allowance;
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

  /** Throws FirmwareError `package-malformed`: more than the package's allowance. */
  *repeat(word: Uint8Array, lengthBytes: number): Generator<void, void, void> {
    const ownBytes = Math.min(lengthBytes, this.#leftBytes);
    if (ownBytes === 0) return;
    this.#leftBytes -= ownBytes;
    if (this.#work instanceof HashTree) {
      this.#allowance.take(this.#work.repeat(word, ownBytes));
      yield;
      return;
    }
    const piece = Buffer.alloc(Math.min(sliceBytes, ownBytes), word);
    for (let left = ownBytes; left > 0; left -= piece.length) {
      const slice = piece.subarray(0, left);
      this.#allowance.take(slice.length);
      this.#work.update(slice);
      yield;
    }
  }

  /** Asked once, at the image's end. */
  isMet(): boolean {
    if (this.#leftBytes > 0) return false;
    const found = this.#work instanceof HashTree ? this.#work.root() : this.#work.digest();
    return Buffer.from(this.#expected).equals(found);
  }
}
