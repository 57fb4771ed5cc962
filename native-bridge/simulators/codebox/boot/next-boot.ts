/**
 * What the application makes of the trailers: which slot the next boot will run, and which may not
 * be touched (Zephyr, img_mgmt_get_next_boot_slot and img_mgmt_slot_in_use).
 */
import type { Flash, SlotNumber } from './flash.ts';
import { compareVersions } from './mcuboot-image.ts';
import { picksNewest } from './modes.ts';

interface NextBoot {
  readonly slot: SlotNumber;
  readonly type: 'normal' | 'test' | 'revert';
}

/** What the next boot will run, as the trailers (or, without them, the versions) say. */
export function nextBoot(flash: Flash): NextBoot {
  if (flash.mode === 'direct-xip-revert') return nextByTrailers(flash);
  if (picksNewest(flash.mode)) {
    return { slot: hasNewer(flash) ? flash.other : flash.active, type: 'normal' };
  }
  switch (flash.swap) {
    case 'none':
      return { slot: flash.active, type: 'normal' };
    case 'perm':
      return { slot: flash.other, type: 'normal' };
    case 'test':
      return { slot: flash.other, type: 'test' };
    case 'revert':
      return { slot: flash.other, type: 'revert' };
  }
}

/** Zephyr's table for direct-XIP with revert: each slot has a trailer of its own. */
function nextByTrailers(flash: Flash): NextBoot {
  const stay: NextBoot = { slot: flash.active, type: 'normal' };
  if (flash.image(flash.other) === null) return stay;
  const [active, other] = [mark(flash, flash.active), mark(flash, flash.other)];
  if (active === 'tried') return { slot: flash.other, type: 'revert' };
  if (other === 'unset') return active === 'once' ? { ...stay, type: 'test' } : stay;
  if (!hasNewer(flash)) return stay;
  if (other === 'good') return { slot: flash.other, type: 'normal' };
  return other === 'once' ? { slot: flash.other, type: 'test' } : stay;
}

function mark(flash: Flash, slot: SlotNumber): 'unset' | 'once' | 'tried' | 'good' {
  const { magic, imageOk, copyDone } = flash.slot(slot).trailer.read();
  if (magic !== 'good') return 'unset';
  if (imageOk === 'set') return 'good';
  return copyDone === 'set' ? 'tried' : 'once';
}

function hasNewer(flash: Flash): boolean {
  const [active, other] = [flash.image(flash.active), flash.image(flash.other)];
  return active !== null && other !== null && compareVersions(other.version, active.version) > 0;
}

export function slotInUse(flash: Flash, slot: SlotNumber): boolean {
  if (slot === flash.active) return flash.mode !== 'single-slot';
  if (picksNewest(flash.mode) && flash.mode !== 'direct-xip-revert') return false;
  return nextBoot(flash).slot === slot;
}
