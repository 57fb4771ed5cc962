/** The image list of SMP's image group, in the flash's words. */
import type { ImageSlot, ImageState } from '../../../protocols/smp/image/state.ts';
import { toHex } from '../../firmware-state.ts';
import type { Firmware, FirmwareState, NextStart } from '../method.ts';

/**
 * Of image 0. Where no slot is marked active nothing runs: MCUboot's recovery answers (its list has
 * no flags unless it was built with them).
 */
export function firmwareState({ slots }: ImageState): FirmwareState {
  const own = slots.filter(({ image }) => image === 0);
  const active = own.find((slot) => slot.active);
  return {
    answering: active ? 'application' : 'boot-loader',
    running: active ? { ...firmware(active), confirmed: active.confirmed } : null,
    stored: own
      .filter((slot) => slot !== active)
      .map((slot) => ({ ...firmware(slot), start: nextStart(slot) })),
  };
}

function firmware({ version, hash }: ImageSlot): Firmware {
  return { version, id: hash ? toHex(hash) : null };
}

function nextStart({ pending, permanent }: ImageSlot): NextStart {
  if (!pending) return 'no';
  return permanent ? 'for-good' : 'trial';
}
