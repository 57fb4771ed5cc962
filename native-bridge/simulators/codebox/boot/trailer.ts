/**
 * The image trailer at the end of a slot (MCUboot design, "Image trailer"), from its last byte
 * backwards: magic (16 bytes), image OK, copy done, swap info, swap size, each in a write unit of
 * its own, and before them the swap status: one unit for each step of a swap, written as it is
 * taken. A unit can be written once between erases, which is why everything has one to itself.
 */
import { SECTOR_BYTES, WRITE_BYTES, isErased, type FlashArea } from './nor-flash.ts';

const MAGIC = Uint8Array.from([
  0x77, 0xc2, 0x95, 0xf3, 0x60, 0xd2, 0xef, 0x7f, 0x35, 0x52, 0x50, 0x0f, 0x2c, 0xb6, 0x79, 0x80,
]);
const SET = 0x01;
const IMAGE_OK = MAGIC.length + WRITE_BYTES;
const COPY_DONE = IMAGE_OK + WRITE_BYTES;
const SWAP_INFO = COPY_DONE + WRITE_BYTES;
const SWAP_SIZE = SWAP_INFO + WRITE_BYTES;
/** Sectors that the status has room for, whatever the slot has (MCUboot's usual maximum). */
const MAX_SECTORS = 128;

export type Magic = 'good' | 'unset' | 'bad';
export type Flag = 'set' | 'unset' | 'bad';
export type SwapType = 'none' | 'test' | 'perm' | 'revert';
const swapCodes: Readonly<Record<SwapType, number>> = { none: 1, test: 2, perm: 3, revert: 4 };

export interface TrailerState {
  readonly magic: Magic;
  readonly imageOk: Flag;
  readonly copyDone: Flag;
  /** What a swap that is under way was begun as; none where nothing says so. */
  readonly swapType: SwapType;
  readonly swapSizeBytes: number | null;
}

export class Trailer {
  readonly area: FlashArea;
  readonly #records: number;

  /** `recordsPerSector`: status records that the algorithm writes for each sector it swaps. */
  constructor(area: FlashArea, recordsPerSector: number) {
    this.area = area;
    this.#records = recordsPerSector * Math.max(MAX_SECTORS, area.sectors);
  }

  get sizeBytes(): number {
    return SWAP_SIZE + this.#records * WRITE_BYTES;
  }

  /** The sectors from here on hold the trailer, and nothing of an image that is to be swapped. */
  get firstSector(): number {
    return this.area.sectors - Math.ceil(this.sizeBytes / SECTOR_BYTES);
  }

  erase(): void {
    this.area.erase(this.firstSector, this.area.sectors - this.firstSector);
  }

  read(): TrailerState {
    const magic = this.#field(MAGIC.length, MAGIC.length);
    const kind = (this.#field(SWAP_INFO, 1)[0] ?? 0) & 0x0f;
    const found = Object.entries(swapCodes).find(([, code]) => code === kind)?.[0] as
      SwapType | undefined;
    const size = this.#field(SWAP_SIZE, 4);
    return {
      magic: Buffer.from(magic).equals(MAGIC) ? 'good' : isErased(magic) ? 'unset' : 'bad',
      imageOk: this.#flag(IMAGE_OK),
      copyDone: this.#flag(COPY_DONE),
      swapType: found ?? 'none',
      swapSizeBytes: isErased(size) ? null : Buffer.from(size).readUInt32LE(0),
    };
  }

  writeMagic(): void {
    this.area.program(this.area.sizeBytes - MAGIC.length, MAGIC);
  }

  writeImageOk(): void {
    this.#write(IMAGE_OK, [SET]);
  }

  writeCopyDone(): void {
    this.#write(COPY_DONE, [SET]);
  }

  /** Before a swap: what it is, how far it goes, and last the magic that makes it count. */
  begin(type: SwapType, sizeBytes: number, imageOk: boolean): void {
    this.writeSwapType(type);
    if (imageOk) this.writeImageOk();
    const size = Buffer.alloc(4);
    size.writeUInt32LE(sizeBytes);
    this.#write(SWAP_SIZE, size);
    this.writeMagic();
  }

  writeSwapType(type: SwapType): void {
    this.#write(SWAP_INFO, [swapCodes[type]]);
  }

  /** One step of a swap is over. */
  writeStatus(record: number): void {
    const unit = new Uint8Array(WRITE_BYTES).fill(0xff);
    unit[0] = SET;
    this.area.program(this.#statusOffset + record * WRITE_BYTES, unit);
  }

  /** One more than the last step that is over; 0 before the first. */
  get statusEnd(): number {
    for (let record = this.#records; record > 0; record -= 1) {
      const offset = this.#statusOffset + (record - 1) * WRITE_BYTES;
      if (this.area.read(offset, 1)[0] !== 0xff) return record;
    }
    return 0;
  }

  /** Steps for which there is room, where the algorithm counts in several rows. */
  get rowRecords(): number {
    return Math.max(MAX_SECTORS, this.area.sectors);
  }

  get #statusOffset(): number {
    return this.area.sizeBytes - this.sizeBytes;
  }

  #flag(fromEnd: number): Flag {
    const value = this.#field(fromEnd, 1)[0];
    if (value === SET) return 'set';
    return value === 0xff ? 'unset' : 'bad';
  }

  #field(fromEnd: number, length: number): Uint8Array {
    return this.area.read(this.area.sizeBytes - fromEnd, length);
  }

  #write(fromEnd: number, value: ArrayLike<number>): void {
    const unit = new Uint8Array(WRITE_BYTES).fill(0xff);
    unit.set(value);
    this.area.program(this.area.sizeBytes - fromEnd, unit);
  }
}
