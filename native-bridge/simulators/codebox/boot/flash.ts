/**
 * The slots in the flash, and what the application reads from them. Nothing is kept beside the
 * flash's own bytes but which slot the boot loader started (`active`), as on a real device, where
 * only the boot loader knows.
 */
import { isSwapMode, picksNewest, recordsPerSector, type BootMode } from './modes.ts';
import { readImage, type ImageInfo } from './mcuboot-image.ts';
import { FlashArea, NorFlash, SECTOR_BYTES, WRITE_BYTES } from './nor-flash.ts';
import { swapType } from './swap-type.ts';
import { Trailer, type SwapType } from './trailer.ts';

export type SlotNumber = 0 | 1;

export interface Slot {
  readonly area: FlashArea;
  readonly trailer: Trailer;
}

export class Flash {
  readonly mode: BootMode;
  readonly slotBytes: number;
  readonly nor: NorFlash;
  readonly primary: Slot;
  /** The same as the primary where there is only one slot. */
  readonly secondary: Slot;
  /** One sector, with swap using scratch. */
  readonly scratch: Slot | null;
  active: SlotNumber = 0;

  constructor(mode: BootMode, slotBytes: number, nor = new NorFlash(flashBytes(mode, slotBytes))) {
    this.mode = mode;
    this.slotBytes = slotBytes;
    this.nor = nor;
    const slotAt = (offset: number): Slot => {
      const area = new FlashArea(nor, offset, slotBytes);
      return { area, trailer: new Trailer(area, recordsPerSector(mode)) };
    };
    this.primary = slotAt(0);
    this.secondary = mode === 'single-slot' ? this.primary : slotAt(slotBytes);
    this.scratch = mode === 'swap-scratch' ? scratchAt(nor, 2 * slotBytes) : null;
  }

  /** As it leaves the factory: one image, in place for good. */
  install(firmware: Uint8Array): void {
    this.active = 0;
    const left = this.nor.operationsLeft;
    this.nor.cutAfter(null);
    this.#fill(firmware);
    this.nor.cutAfter(left);
  }

  #fill(firmware: Uint8Array): void {
    for (const { area } of this.#all()) area.erase(0, area.sectors);
    this.primary.area.program(0, padded(firmware));
    if (this.mode !== 'direct-xip-revert') return;
    this.primary.trailer.writeMagic();
    this.primary.trailer.writeImageOk();
    this.primary.trailer.writeCopyDone();
  }

  /** Another part with the same contents. */
  clone(): Flash {
    const copy = new Flash(this.mode, this.slotBytes, this.nor.clone());
    copy.active = this.active;
    return copy;
  }

  /** Puts back what another part of the same kind holds. */
  restore(from: Flash): void {
    this.nor.bytes.set(from.nor.bytes);
    this.active = from.active;
  }

  get slotNumbers(): readonly SlotNumber[] {
    return this.mode === 'single-slot' ? [0] : [0, 1];
  }

  slot(slot: SlotNumber): Slot {
    return slot === 0 ? this.primary : this.secondary;
  }

  get other(): SlotNumber {
    return this.active === 0 ? 1 : 0;
  }

  /** Where an upload goes. */
  get uploadSlot(): SlotNumber {
    return this.mode === 'single-slot' ? 0 : this.other;
  }

  /** What the next boot does, as the trailers have it. */
  get swap(): SwapType {
    if (this.mode === 'single-slot' || picksNewest(this.mode)) return 'none';
    return swapType(this.primary.trailer.read(), this.secondary.trailer.read());
  }

  /** Where an image begins: with swap using offset new ones are a sector up, old ones are not. */
  imageStart(slot: SlotNumber): number {
    const shifted = this.mode === 'swap-offset' && slot === 1 && this.swap !== 'revert';
    return shifted ? SECTOR_BYTES : 0;
  }

  content(slot: SlotNumber): Uint8Array {
    return this.slot(slot).area.read(this.imageStart(slot));
  }

  /** The image in a slot as the application reads it; null where there is none to be read. */
  image(slot: SlotNumber): ImageInfo | null {
    if (!this.slotNumbers.includes(slot)) return null;
    return readImage(this.content(slot));
  }

  isEmpty(slot: SlotNumber): boolean {
    return this.slot(slot).area.empty;
  }

  erase(slot: SlotNumber): void {
    const { area } = this.slot(slot);
    area.erase(0, area.sectors);
  }

  /** The largest image with which the boot loader can do what it does in this mode. */
  get maxImageBytes(): number {
    const { firstSector } = this.primary.trailer;
    if (!isSwapMode(this.mode)) return firstSector * SECTOR_BYTES;
    // Moving and shifting need one sector of room; scratch has its own.
    return (firstSector - (this.mode === 'swap-scratch' ? 0 : 1)) * SECTOR_BYTES;
  }

  /** MCUboot's boot_set_next: marks a slot for the next boot, or the running one as good. */
  mark(slot: SlotNumber, confirm: boolean): 'done' | 'bad-trailer' {
    const active = slot === this.active;
    const { area, trailer } = this.slot(slot);
    const state = trailer.read();
    if (state.magic === 'bad') {
      if (!active) area.erase(0, area.sectors);
      return 'bad-trailer';
    }
    if (active) {
      if (state.magic === 'good' && state.imageOk === 'unset') trailer.writeImageOk();
      return 'done';
    }
    if (state.magic === 'good') return 'done';
    trailer.writeMagic();
    if (confirm) trailer.writeImageOk();
    trailer.writeSwapType(confirm ? 'perm' : 'test');
    return 'done';
  }

  #all(): Slot[] {
    const slots = this.secondary === this.primary ? [this.primary] : [this.primary, this.secondary];
    return this.scratch === null ? slots : [...slots, this.scratch];
  }
}

function flashBytes(mode: BootMode, slotBytes: number): number {
  const slots = mode === 'single-slot' ? 1 : 2;
  return slots * slotBytes + (mode === 'swap-scratch' ? SECTOR_BYTES : 0);
}

function scratchAt(nor: NorFlash, offset: number): Slot {
  const area = new FlashArea(nor, offset, SECTOR_BYTES);
  return { area, trailer: new Trailer(area, 0) };
}

/** Filled up with ones to whole write units. */
export function padded(bytes: Uint8Array): Uint8Array {
  const whole = new Uint8Array(Math.ceil(bytes.length / WRITE_BYTES) * WRITE_BYTES).fill(0xff);
  whole.set(bytes);
  return whole;
}
