/** Small flashes for tests of the boot loader: slots of 48 KiB, unsigned images, no line. */
import { boot, type BootOptions } from '../../native-bridge/simulators/codebox/boot/boot-loader.ts';
import { Flash } from '../../native-bridge/simulators/codebox/boot/flash.ts';
import { makeImage } from '../../native-bridge/simulators/codebox/boot/make-image.ts';
import { versionText } from '../../native-bridge/simulators/codebox/boot/mcuboot-image.ts';
import type { BootMode } from '../../native-bridge/simulators/codebox/boot/modes.ts';
import { PowerLost } from '../../native-bridge/simulators/codebox/boot/nor-flash.ts';
import { Upload } from '../../native-bridge/simulators/codebox/boot/upload.ts';

export const SLOT_BYTES = 12 * 4096;
/** Of different sizes, so that a swap moves more than either needs. */
export const OLD = plainImage(1, 9000);
export const NEW = plainImage(2, 14_000);

/** A plain copy: cbor2 writes a Buffer as something else. */
function plainImage(major: number, payloadBytes: number): Uint8Array {
  return new Uint8Array(makeImage({ major, minor: 0, revision: 0, build: 0 }, payloadBytes));
}

export const plainBoot: BootOptions = {
  trust: { keys: [], factoryHashes: new Set() },
  pinHeld: false,
  ignoresNew: false,
};

export function factory(mode: BootMode, image = OLD): Flash {
  const flash = new Flash(mode, SLOT_BYTES);
  flash.install(image);
  return flash;
}

export function store(flash: Flash, image = NEW, progressive = false): void {
  const into = { slot: flash.uploadSlot, lengthBytes: image.length, sha: new Uint8Array(0) };
  new Upload(flash, { ...into, progressive }).store(image, false);
}

/** A flash with the new image in the second slot, marked. */
export function requested(mode: BootMode, confirm: boolean): Flash {
  const flash = factory(mode);
  store(flash);
  flash.mark(1, confirm);
  return flash;
}

/** Boots; false where the power went on the way, and is back now. */
export function boots(flash: Flash, options = plainBoot): boolean {
  try {
    boot(flash, options);
    return true;
  } catch (error) {
    if (!(error instanceof PowerLost)) throw error;
    return false;
  } finally {
    flash.nor.cutAfter(null);
  }
}

/** Versions and marks in one line. */
export function summary(flash: Flash): string {
  const versions = flash.slotNumbers.map((slot) => {
    const image = flash.image(slot);
    return image === null ? '-' : versionText(image.version);
  });
  const { magic, imageOk, copyDone } = flash.slot(flash.active).trailer.read();
  return `${versions.join(' ')} ${flash.swap} ${magic} ${imageOk} ${copyDone}`;
}

/** Every flash operation that something takes, from before the first to after the last. */
export function cuts(flash: Flash, act: (flash: Flash) => void): number[] {
  const copy = flash.clone();
  act(copy);
  return Array.from({ length: copy.nor.operations + 1 }, (_, index) => index);
}

/** Does it with the power going after so many operations; it is back afterwards. */
export function cutShort(flash: Flash, operations: number, act: (flash: Flash) => void): Flash {
  const copy = flash.clone();
  copy.nor.cutAfter(operations);
  try {
    act(copy);
  } catch (error) {
    if (!(error instanceof PowerLost)) throw error;
  }
  copy.nor.cutAfter(null);
  return copy;
}
