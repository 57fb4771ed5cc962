/**
 * The two image slots and what MCUboot's trailers say about them. The trailers are kept as the one
 * thing that is read from them: what the boot loader will do next (`swap`).
 */
import { readImage, type ImageInfo } from './mcuboot-image.ts';

export const bootModes = {
  swap: 3,
  'swap-scratch': 1,
  'swap-offset': 9,
  'overwrite-only': 2,
  'single-slot': 0,
  'direct-xip': 4,
  'ram-load': 6,
} as const;
export type BootMode = keyof typeof bootModes;

/** What the next boot does: MCUboot's swap types. */
export type Swap = 'none' | 'test' | 'perm' | 'revert';
export type SlotNumber = 0 | 1;

export function isSwapMode(mode: BootMode): boolean {
  return mode === 'swap' || mode === 'swap-scratch' || mode === 'swap-offset';
}

/** The newest valid image runs from where it is; nothing can be marked. */
export function picksNewest(mode: BootMode): boolean {
  return mode === 'direct-xip' || mode === 'ram-load';
}

interface Slot {
  content: Uint8Array;
  info: ImageInfo | null | undefined;
}

export class Flash {
  readonly mode: BootMode;
  readonly slotBytes: number;
  swap: Swap = 'none';
  active: SlotNumber = 0;
  /** With swap using offset the old image sits one sector off and can't be read after a confirm. */
  secondaryHidden = false;
  #factory: Uint8Array = new Uint8Array(0);
  readonly #slots: [Slot, Slot] = [empty(), empty()];

  constructor(mode: BootMode, slotBytes: number, firmware: Uint8Array) {
    this.mode = mode;
    this.slotBytes = slotBytes;
    this.install(firmware);
  }

  /** As it leaves the factory: one image, trusted without a signature. */
  install(firmware: Uint8Array): void {
    this.#factory = firmware;
    this.active = 0;
    this.swap = 'none';
    this.write(0, firmware);
    this.erase(1);
  }

  isFactory(slot: SlotNumber): boolean {
    return this.#slots[slot].content === this.#factory;
  }

  get other(): SlotNumber {
    return this.active === 0 ? 1 : 0;
  }

  /** Where an upload goes. */
  get uploadSlot(): SlotNumber {
    return this.mode === 'single-slot' ? 0 : this.other;
  }

  content(slot: SlotNumber): Uint8Array {
    return this.#slots[slot].content;
  }

  write(slot: SlotNumber, content: Uint8Array): void {
    this.#slots[slot] = { content, info: undefined };
    if (slot === 1) this.secondaryHidden = false;
  }

  erase(slot: SlotNumber): void {
    this.write(slot, new Uint8Array(0));
  }

  isEmpty(slot: SlotNumber): boolean {
    return this.#slots[slot].content.length === 0;
  }

  /** The image in a slot as the application reads it; null where there is none to be read. */
  image(slot: SlotNumber): ImageInfo | null {
    if (slot === 1 && this.secondaryHidden) return null;
    const entry = this.#slots[slot];
    entry.info ??= readImage(entry.content);
    return entry.info;
  }

  exchange(): void {
    const first = this.#slots[0];
    this.#slots[0] = this.#slots[1];
    this.#slots[1] = first;
    this.secondaryHidden = false;
  }
}

function empty(): Slot {
  return { content: new Uint8Array(0), info: undefined };
}
