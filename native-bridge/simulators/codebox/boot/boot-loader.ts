/**
 * MCUboot at a reset (MCUboot design, "High-level operation"): it finishes a swap that lost its
 * power, looks at what the trailers ask for, checks what it is to run, exchanges or copies the
 * slots, and starts an image; where there is none, serial recovery. It runs to its end at once;
 * what it took is counted in flash operations, and the power can go between any two of them.
 */
import { bootNewest } from './boot-newest.ts';
import type { Flash } from './flash.ts';
import { isValidImage, readImage, versionText, type Trust } from './mcuboot-image.ts';
import { isSwapMode, picksNewest } from './modes.ts';
import { SECTOR_BYTES } from './nor-flash.ts';
import { interruptedSwap, swapOperations, swapSlots, type Swap, type SwapJob } from './swap.ts';

export interface Boot {
  /** Printed before the slots are exchanged or copied, and after. */
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** Operations that a whole exchange or copy takes; 0 where nothing moves. */
  readonly wholeOperations: number;
  readonly runs: 'application' | 'recovery';
}

export interface BootOptions {
  readonly trust: Trust;
  /** The boot pin is held: serial recovery, before anything else. */
  readonly pinHeld: boolean;
  /** A faulty boot loader that drops what was asked of it. */
  readonly ignoresNew: boolean;
}

const BANNER = ['*** Booting MCUboot v2.1.0-rc1 ***', '*** Using Zephyr OS build v3.7.0 ***'];
/** An erase, and four kilobytes in pieces of one. */
const OPERATIONS_A_COPY = 5;
const ALGORITHMS: Partial<Record<Flash['mode'], string>> = {
  swap: 'move',
  'swap-offset': 'offset',
  'swap-scratch': 'scratch',
};

/** Throws PowerLost where the flash loses its power on the way; `said` holds what was printed. */
export function boot(flash: Flash, options: BootOptions, said: string[] = []): Boot {
  said.push(...BANNER, 'I: Starting bootloader');
  if (options.pinHeld) return recovery(said, ['I: Enter the serial recovery mode']);
  if (picksNewest(flash.mode)) {
    if (!bootNewest(flash, options.trust, said)) return recovery(said);
    return started(flash, options.trust, said, 0);
  }
  flash.active = 0;
  const moved = flash.mode === 'single-slot' ? 0 : update(flash, options, said);
  return started(flash, options.trust, said, moved);
}

function update(flash: Flash, options: BootOptions, said: string[]): number {
  const begun = isSwapMode(flash.mode) ? interruptedSwap(flash) : null;
  if (begun !== null && begun.stepsDone > 0) return exchange(flash, begun, said);
  if (options.ignoresNew) dropRequest(flash);
  const type = begun?.type ?? flash.swap;
  said.push(`I: Image index: 0, Swap type: ${type}`);
  if (type === 'none') return 0;
  const content = secondaryContent(flash, type);
  if (!fits(flash, content) || !isValidImage(content, options.trust)) {
    said.push('E: Image in the secondary slot is not valid!');
    refuse(flash);
    return 0;
  }
  const fresh = begun ?? {
    type,
    sizeBytes: swapBytes(flash, type),
    stepsDone: 0,
    announced: false,
  };
  return isSwapMode(flash.mode) ? exchange(flash, fresh, said) : overwrite(flash, content, said);
}

function exchange(flash: Flash, job: SwapJob, said: string[]): number {
  said.push(`I: Starting swap using ${ALGORITHMS[flash.mode] ?? ''} algorithm.`);
  swapSlots(flash, job);
  return swapOperations(flash, job.sizeBytes);
}

/** Overwrite-only: the request in the secondary slot goes last, so that a copy can begin again. */
function overwrite(flash: Flash, content: Uint8Array, said: string[]): number {
  said.push('I: Image 0 upgrade secondary slot -> primary slot', 'I: Erasing the primary slot');
  const { primary, secondary } = flash;
  const sectors = Math.ceil((readImage(content)?.totalBytes ?? 0) / SECTOR_BYTES);
  primary.area.erase(0, primary.area.sectors);
  for (let sector = 0; sector < sectors; sector += 1) {
    primary.area.copySector(secondary.area, sector, sector);
  }
  // Its header first: a request without an image asks for nothing.
  secondary.area.erase(0);
  secondary.trailer.erase();
  return primary.area.sectors + sectors * (OPERATIONS_A_COPY - 1);
}

function secondaryContent(flash: Flash, type: Swap): Uint8Array {
  const start = flash.mode === 'swap-offset' && type !== 'revert' ? SECTOR_BYTES : 0;
  return flash.secondary.area.read(start);
}

function fits(flash: Flash, content: Uint8Array): boolean {
  const image = readImage(content);
  return image !== null && image.totalBytes <= flash.maxImageBytes;
}

/** The larger of both images, so that all of each is exchanged. */
function swapBytes(flash: Flash, type: Swap): number {
  const sizes = [flash.primary.area.read(), secondaryContent(flash, type)].map((content) => {
    const bytes = readImage(content)?.totalBytes ?? 0;
    return Math.min(bytes, flash.maxImageBytes);
  });
  return Math.max(...sizes);
}

/** "Persist failure": the image goes, and what runs is good from now on. */
function refuse(flash: Flash): void {
  const { primary, secondary } = flash;
  secondary.area.erase(0, secondary.area.sectors);
  if (isSwapMode(flash.mode) && primary.trailer.read().imageOk === 'unset') {
    primary.trailer.writeImageOk();
  }
}

function dropRequest(flash: Flash): void {
  const asked = flash.swap;
  if (asked === 'test' || asked === 'perm') flash.secondary.trailer.erase();
}

function started(flash: Flash, trust: Trust, said: readonly string[], moved: number): Boot {
  const content = flash.slot(flash.active).area.read();
  const image = readImage(content);
  if (image === null || !isValidImage(content, trust)) return recovery(said, NOT_BOOTABLE, moved);
  const after = [
    'I: Bootloader chainload address offset: 0x10000',
    `I: Image version: v${versionText(image.version)}`,
    'I: Jumping to the first image slot',
  ];
  return { before: said, after, wholeOperations: moved, runs: 'application' };
}

const NOT_BOOTABLE = [
  'E: Image in the primary slot is not valid!',
  'E: Unable to find bootable image',
];

function recovery(said: readonly string[], after = NOT_BOOTABLE, moved = 0): Boot {
  return { before: said, after, wholeOperations: moved, runs: 'recovery' };
}
