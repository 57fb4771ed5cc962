/**
 * NOR flash as it is soldered in: sectors that are erased to ones, units that are programmed once
 * and only from ones to zeros. Its contents are all that outlives a power loss. Every sector erase
 * and every program is one operation; the power can be told to go after a number of them, and what
 * was under way then ends with PowerLost.
 */
export const SECTOR_BYTES = 4096;
/** The least that is programmed at once (eight bytes, as on parts that keep a check sum). */
export const WRITE_BYTES = 8;

const ERASED = 0xff;

/** Unwinds whatever was running when the power went. */
export class PowerLost extends Error {
  constructor() {
    super('power lost');
  }
}

/** Something that no driver may do; a mistake in the firmware, never in what came over the line. */
export class FlashError extends Error {
  readonly code: 'unaligned' | 'out-of-range' | 'not-erased';
  readonly offsetBytes: number;
  constructor(code: FlashError['code'], offsetBytes: number) {
    super(`${code} at ${offsetBytes}`);
    this.code = code;
    this.offsetBytes = offsetBytes;
  }
}

export class NorFlash {
  readonly bytes: Uint8Array;
  erases = 0;
  programs = 0;
  #leftOperations: number | null = null;

  constructor(sizeBytes: number) {
    if (sizeBytes % SECTOR_BYTES !== 0) throw new FlashError('unaligned', sizeBytes);
    this.bytes = new Uint8Array(sizeBytes).fill(ERASED);
  }

  get operations(): number {
    return this.erases + this.programs;
  }

  /** The power goes right after that many operations; with 0, before the next; null: it stays. */
  cutAfter(operations: number | null): void {
    this.#leftOperations = operations;
  }

  /** Operations until the power goes; null where it stays. */
  get operationsLeft(): number | null {
    return this.#leftOperations;
  }

  eraseSector(offset: number): void {
    if (offset % SECTOR_BYTES !== 0) throw new FlashError('unaligned', offset);
    this.#range(offset, SECTOR_BYTES);
    this.#powered();
    this.bytes.fill(ERASED, offset, offset + SECTOR_BYTES);
    this.erases += 1;
    this.#spend();
  }

  /** Throws FlashError where a unit that is to be written was written since its last erase. */
  program(offset: number, data: Uint8Array): void {
    if (offset % WRITE_BYTES !== 0) throw new FlashError('unaligned', offset);
    if (data.length % WRITE_BYTES !== 0) throw new FlashError('unaligned', offset + data.length);
    this.#range(offset, data.length);
    this.#powered();
    this.#refuseWritten(offset, data);
    for (let at = 0; at < data.length; at += 1) {
      const index = offset + at;
      // Programming clears bits; it never sets one.
      this.bytes[index] = (this.bytes[index] ?? 0) & (data[at] ?? 0);
    }
    this.programs += 1;
    this.#spend();
  }

  /** The same contents in another part, with its counters at zero and its power on. */
  clone(): NorFlash {
    const copy = new NorFlash(this.bytes.length);
    copy.bytes.set(this.bytes);
    return copy;
  }

  /** A unit that holds anything is not written to again; ones leave it as it is. */
  #refuseWritten(offset: number, data: Uint8Array): void {
    for (let unit = 0; unit < data.length; unit += WRITE_BYTES) {
      let [written, wanted] = [ERASED, ERASED];
      for (let at = unit; at < unit + WRITE_BYTES; at += 1) {
        written &= this.bytes[offset + at] ?? 0;
        wanted &= data[at] ?? 0;
      }
      if (written !== ERASED && wanted !== ERASED)
        throw new FlashError('not-erased', offset + unit);
    }
  }

  #range(offset: number, length: number): void {
    const inside = offset >= 0 && offset + length <= this.bytes.length;
    if (!inside) throw new FlashError('out-of-range', offset);
  }

  #powered(): void {
    if (this.#leftOperations === 0) throw new PowerLost();
  }

  #spend(): void {
    if (this.#leftOperations === null) return;
    this.#leftOperations -= 1;
    if (this.#leftOperations === 0) throw new PowerLost();
  }
}

export function isErased(bytes: Uint8Array): boolean {
  for (const byte of bytes) if (byte !== ERASED) return false;
  return true;
}

/** How many bytes a copy programs at once: the boot loader's buffer. */
const COPY_BYTES = 1024;

/** A part of the flash with a purpose, addressed from its own start. */
export class FlashArea {
  readonly sizeBytes: number;
  readonly #flash: NorFlash;
  readonly #offset: number;

  constructor(flash: NorFlash, offset: number, sizeBytes: number) {
    this.#flash = flash;
    this.#offset = offset;
    this.sizeBytes = sizeBytes;
  }

  get sectors(): number {
    return this.sizeBytes / SECTOR_BYTES;
  }

  /** A view, not a copy. */
  read(offset = 0, length = this.sizeBytes - offset): Uint8Array {
    const start = this.#offset + offset;
    return this.#flash.bytes.subarray(start, start + length);
  }

  /** Erases whole sectors. */
  erase(firstSector: number, count = 1): void {
    for (let sector = firstSector; sector < firstSector + count; sector += 1) {
      this.#within(sector * SECTOR_BYTES, SECTOR_BYTES);
      this.#flash.eraseSector(this.#offset + sector * SECTOR_BYTES);
    }
  }

  program(offset: number, data: Uint8Array): void {
    this.#within(offset, data.length);
    this.#flash.program(this.#offset + offset, data);
  }

  /** Fills a sector with another one's contents, which was erased before. */
  copySector(from: FlashArea, fromSector: number, toSector: number): void {
    for (let at = 0; at < SECTOR_BYTES; at += COPY_BYTES) {
      const piece = from.read(fromSector * SECTOR_BYTES + at, COPY_BYTES).slice();
      this.program(toSector * SECTOR_BYTES + at, piece);
    }
  }

  /** Where what was ever written ends, before a limit; 0 for an empty one. */
  usedBytes(limit = this.sizeBytes): number {
    const content = this.read(0, limit);
    let end = limit;
    while (end > 0 && content[end - 1] === ERASED) end -= 1;
    return end;
  }

  get empty(): boolean {
    return this.usedBytes() === 0;
  }

  #within(offset: number, length: number): void {
    const inside = offset >= 0 && offset + length <= this.sizeBytes;
    if (!inside) throw new FlashError('out-of-range', offset);
  }
}
