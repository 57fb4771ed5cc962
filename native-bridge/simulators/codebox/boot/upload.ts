/**
 * An image on its way into a slot, as Zephyr's img_mgmt and flash_img do it: what comes is gathered
 * into blocks, and only whole blocks are programmed; the last is filled up. The slot is erased at
 * the beginning, or sector by sector as the image grows. How far it is, is known only here, in
 * memory; after a reset the flash holds what was programmed, and nobody knows how far that is.
 */
import { padded, type Flash, type SlotNumber } from './flash.ts';
import { SECTOR_BYTES } from './nor-flash.ts';

const BLOCK_BYTES = 512;

export interface UploadInto {
  readonly slot: SlotNumber;
  readonly lengthBytes: number;
  readonly sha: Uint8Array;
  readonly progressive: boolean;
}

export class Upload {
  readonly lengthBytes: number;
  readonly sha: Uint8Array;
  /** Accepted, programmed or not. */
  off = 0;
  readonly #flash: Flash;
  readonly #slot: SlotNumber;
  readonly #startBytes: number;
  readonly #block = new Uint8Array(BLOCK_BYTES);
  #inBlock = 0;
  /** Sectors before this one are erased; null where the slot was found empty. */
  #erasedTo: number | null = null;

  constructor(flash: Flash, { slot, lengthBytes, sha, progressive }: UploadInto) {
    this.lengthBytes = lengthBytes;
    this.sha = sha;
    this.#flash = flash;
    this.#slot = slot;
    this.#startBytes = flash.imageStart(slot);
    if (flash.isEmpty(slot)) return;
    this.#erasedTo = 0;
    if (!progressive) this.#eraseTo(lengthBytes);
    if (!progressive) this.#eraseTrailer();
  }

  /** Takes the next part; one bit of what it stores is wrong where `damages`. */
  store(data: Uint8Array, damages: boolean): void {
    const taken = data.subarray(0, this.lengthBytes - this.off);
    let at = 0;
    while (at < taken.length) {
      const piece = taken.subarray(at, at + BLOCK_BYTES - this.#inBlock);
      this.#block.set(piece, this.#inBlock);
      if (damages && at === 0) this.#block[this.#inBlock] = (piece[0] ?? 0) ^ 0x10;
      this.#inBlock += piece.length;
      at += piece.length;
      if (this.#inBlock === BLOCK_BYTES) this.#program(this.off + at);
    }
    this.off += taken.length;
    if (this.off < this.lengthBytes) return;
    if (this.#inBlock > 0) this.#program(this.off);
    this.#eraseTrailer();
  }

  /** What the slot holds where the image is to be. */
  get stored(): Uint8Array {
    return this.#flash.slot(this.#slot).area.read(this.#startBytes, this.lengthBytes);
  }

  #program(endBytes: number): void {
    const block = padded(this.#block.subarray(0, this.#inBlock));
    this.#eraseTo(endBytes);
    const { area } = this.#flash.slot(this.#slot);
    area.program(this.#startBytes + endBytes - this.#inBlock, block);
    this.#inBlock = 0;
  }

  #eraseTo(endBytes: number): void {
    if (this.#erasedTo === null) return;
    const end = Math.ceil((this.#startBytes + endBytes) / SECTOR_BYTES);
    if (end <= this.#erasedTo) return;
    this.#flash.slot(this.#slot).area.erase(this.#erasedTo, end - this.#erasedTo);
    this.#erasedTo = end;
  }

  /** A trailer left from before would speak for the new image. */
  #eraseTrailer(): void {
    if (this.#erasedTo === null) return;
    const { area, trailer } = this.#flash.slot(this.#slot);
    const first = Math.max(this.#erasedTo, trailer.firstSector);
    area.erase(first, area.sectors - first);
    this.#erasedTo = null;
  }
}
