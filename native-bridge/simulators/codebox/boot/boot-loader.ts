/**
 * MCUboot's decision at a reset (MCUboot design, "Boot swap types"): which image runs, whether the
 * slots are exchanged first, and what it prints while it does so.
 */
import type { KeyObject } from 'node:crypto';
import { isSwapMode, picksNewest, type Flash, type SlotNumber, type Swap } from './flash.ts';
import { compareVersions, isValidImage, versionText } from './mcuboot-image.ts';

export interface Boot {
  /** Printed before the slots are exchanged or copied, and after. */
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** Images move: the terminal is silent in between. */
  readonly moves: boolean;
  /** Another image than before the reset was put into place for the first time. */
  readonly swapped: boolean;
  readonly runs: 'application' | 'recovery';
}

const BANNER = ['*** Booting MCUboot v2.1.0-rc1 ***', '*** Using Zephyr OS build v3.7.0 ***'];

export function boot(flash: Flash, keys: readonly KeyObject[], ignoreNew: boolean): Boot {
  const before = [...BANNER, 'I: Starting bootloader'];
  if (picksNewest(flash.mode)) return bootNewest(flash, keys, before);
  const swap: Swap = ignoreNew && flash.swap !== 'revert' ? 'none' : flash.swap;
  if (ignoreNew && flash.swap !== 'revert') flash.swap = 'none';
  before.push(`I: Image index: 0, Swap type: ${swap}`);
  if (swap === 'none') return started(flash, keys, before, false, false);
  if (swap === 'revert') {
    before.push('I: Starting swap using move algorithm.');
    flash.exchange();
    flash.swap = 'none';
    return started(flash, keys, before, true, false);
  }
  if (!isValidImage(flash.content(1), keys)) {
    before.push('E: Image in the secondary slot is not valid!');
    flash.erase(1);
    flash.swap = 'none';
    return started(flash, keys, before, false, false);
  }
  install(flash, swap, before);
  return started(flash, keys, before, true, true);
}

function install(flash: Flash, swap: Swap, before: string[]): void {
  if (isSwapMode(flash.mode)) {
    before.push('I: Starting swap using move algorithm.');
    flash.exchange();
    flash.swap = swap === 'test' ? 'revert' : 'none';
    return;
  }
  before.push('I: Image 0 upgrade secondary slot -> primary slot', 'I: Erasing the primary slot');
  flash.write(0, flash.content(1));
  flash.erase(1);
  flash.swap = 'none';
}

function bootNewest(flash: Flash, keys: readonly KeyObject[], before: string[]): Boot {
  const candidates = ([0, 1] as const).filter((slot) => runnable(flash, keys, slot));
  candidates.sort((a, b) => {
    const [left, right] = [flash.image(a), flash.image(b)];
    return left === null || right === null ? 0 : compareVersions(right.version, left.version);
  });
  const chosen = candidates[0];
  if (chosen === undefined) return recovery(before);
  const swapped = chosen !== flash.active;
  flash.active = chosen;
  flash.swap = 'none';
  before.push(`I: Image 0 loaded from the ${chosen === 0 ? 'primary' : 'secondary'} slot`);
  return started(flash, keys, before, false, swapped);
}

function runnable(flash: Flash, keys: readonly KeyObject[], slot: SlotNumber): boolean {
  return isValidImage(flash.content(slot), flash.isFactory(slot) ? [] : keys);
}

function started(
  flash: Flash,
  keys: readonly KeyObject[],
  before: readonly string[],
  moves: boolean,
  swapped: boolean,
): Boot {
  const image = flash.image(flash.active);
  if (image === null || !runnable(flash, keys, flash.active)) return recovery(before);
  const after = [
    'I: Bootloader chainload address offset: 0x10000',
    `I: Image version: v${versionText(image.version)}`,
    'I: Jumping to the first image slot',
  ];
  return { before, after, moves, swapped, runs: 'application' };
}

function recovery(before: readonly string[]): Boot {
  const after = ['E: Image in the primary slot is not valid!', 'E: Unable to find bootable image'];
  return { before, after, moves: false, swapped: false, runs: 'recovery' };
}
