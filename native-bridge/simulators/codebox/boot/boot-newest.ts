/**
 * Direct-XIP and RAM load (MCUboot design, "Direct XIP"): the highest version runs from where it
 * is. What does not check out is erased. With revert, an image needs a trailer that was marked; it
 * is selected once ("copy done"), and where it was not confirmed by the next boot, erased.
 */
import type { Flash, SlotNumber } from './flash.ts';
import { compareVersions, isValidImage, readVersion, type Trust } from './mcuboot-image.ts';

/** False where no slot holds an image that may run. */
export function bootNewest(flash: Flash, trust: Trust, said: string[]): boolean {
  for (const slot of candidates(flash)) {
    if (!isValidImage(flash.content(slot), trust) || !selects(flash, slot)) {
      said.push(`E: Image in the ${name(slot)} slot is not valid!`);
      flash.erase(slot);
      continue;
    }
    flash.active = slot;
    said.push(`I: Image 0 loaded from the ${name(slot)} slot`);
    return true;
  }
  return false;
}

/** Slots that begin like an image, the highest version first. */
function candidates(flash: Flash): SlotNumber[] {
  const found = ([0, 1] as const).flatMap((slot) => {
    const version = readVersion(flash.content(slot));
    return version === null ? [] : [{ slot, version }];
  });
  found.sort((a, b) => compareVersions(b.version, a.version));
  return found.map(({ slot }) => slot);
}

function selects(flash: Flash, slot: SlotNumber): boolean {
  if (flash.mode !== 'direct-xip-revert') return true;
  const { trailer } = flash.slot(slot);
  const { magic, copyDone, imageOk } = trailer.read();
  if (magic !== 'good' || (copyDone === 'set' && imageOk !== 'set')) return false;
  if (copyDone !== 'set') trailer.writeCopyDone();
  return true;
}

function name(slot: SlotNumber): string {
  return slot === 0 ? 'primary' : 'secondary';
}
