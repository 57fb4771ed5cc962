/** Group 1, images: state, test and confirm, slot information (Zephyr, image management). */
import { picksNewest, type Flash, type SlotNumber } from '../../boot/flash.ts';
import { compareVersions, versionText } from '../../boot/mcuboot-image.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import type { CborMap } from '../cbor.ts';
import { GroupError, bytes, flag, rc, type Reply, type Request } from '../group.ts';

/** The image group's own codes. */
export const imageRc = {
  noImage: 3,
  hashNotFound: 8,
  noFreeSlot: 9,
  invalidSlot: 14,
  invalidOffset: 20,
  invalidLength: 21,
  invalidHeader: 22,
  invalidMagic: 23,
  invalidHash: 24,
  currentVersionIsNewer: 27,
  alreadyPending: 28,
  tooLarge: 30,
  dataOverrun: 31,
  testToActiveDenied: 33,
} as const;

const ENTRY_MISSING = new Set<number>([imageRc.noImage]);
const BAD_STATE = new Set<number>([
  imageRc.noFreeSlot,
  imageRc.currentVersionIsNewer,
  imageRc.alreadyPending,
]);
const INVALID = new Set<number>([
  imageRc.invalidSlot,
  imageRc.invalidOffset,
  imageRc.invalidLength,
  imageRc.invalidHeader,
  imageRc.invalidHash,
]);

export function imageToVersion1(code: number): number {
  if (ENTRY_MISSING.has(code)) return rc.noEntry;
  if (BAD_STATE.has(code)) return rc.badState;
  return INVALID.has(code) ? rc.invalid : rc.unknown;
}

interface NextBoot {
  readonly slot: SlotNumber;
  readonly type: 'normal' | 'test' | 'revert';
}

/** What the next boot will run, as the trailers (or, without them, the versions) say. */
export function nextBoot(flash: Flash): NextBoot {
  if (picksNewest(flash.mode)) {
    const [active, other] = [flash.image(flash.active), flash.image(flash.other)];
    const newer =
      active !== null && other !== null && compareVersions(other.version, active.version) > 0;
    return { slot: newer ? flash.other : flash.active, type: 'normal' };
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

export function slotInUse(flash: Flash, slot: SlotNumber): boolean {
  if (slot === flash.active) return flash.mode !== 'single-slot';
  if (picksNewest(flash.mode)) return false;
  const next = nextBoot(flash);
  return next.slot === slot;
}

export function readState(terminal: Terminal, request: Request): Reply {
  for (let line = 0; line < 2; line += 1) {
    terminal.log(
      'inf',
      'mcuboot_util',
      `Image index: 0, Swap type: ${terminal.flash.swap}`,
      request.atMs,
    );
  }
  return { body: stateBody(terminal.flash) };
}

function stateBody(flash: Flash): CborMap {
  const next = nextBoot(flash);
  const images = ([0, 1] as const).flatMap((slot) => {
    const image = flash.image(slot);
    if (image === null) return [];
    const active = slot === flash.active;
    const chosen = next.slot === slot && !active;
    return {
      slot,
      version: versionText(image.version),
      hash: image.hash,
      bootable: image.bootable,
      pending: chosen && next.type !== 'revert',
      confirmed: active ? next.type !== 'revert' : chosen && next.type === 'revert',
      active,
      permanent: chosen && next.type === 'normal',
    };
  });
  return { images, splitStatus: 0 };
}

export function writeState(terminal: Terminal, request: Request): Reply {
  const hash = bytes(request, 'hash');
  const confirm = flag(request, 'confirm');
  const slot = slotFor(terminal.flash, hash, confirm);
  if (!(confirm && terminal.faults.has('confirm-ignored'))) {
    setNext(terminal.flash, slot, confirm);
  }
  return readState(terminal, request);
}

function slotFor(flash: Flash, hash: Uint8Array | null, confirm: boolean): SlotNumber {
  if (hash === null || hash.length === 0) {
    if (confirm) return flash.active;
    throw new GroupError(imageRc.invalidHash);
  }
  const hashes = ([0, 1] as const).map((slot) => flash.image(slot)?.hash);
  if (!hashes.some((each) => each?.length === hash.length))
    throw new GroupError(imageRc.invalidHash);
  const slot = hashes.findIndex((each) => each !== undefined && Buffer.from(each).equals(hash));
  if (slot === 0 || slot === 1) return slot;
  throw new GroupError(imageRc.hashNotFound);
}

/** The rules of Zephyr's img_mgmt_set_next_boot_slot for one image. */
function setNext(flash: Flash, slot: SlotNumber, confirm: boolean): void {
  const next = nextBoot(flash);
  const active = slot === flash.active;
  if (!confirm && active) throw new GroupError(imageRc.testToActiveDenied);
  if (next.type === 'test') {
    if (!confirm && slot === next.slot) return;
    throw new GroupError(imageRc.alreadyPending);
  }
  if (confirm && slot === next.slot) return;
  const changesMind = active ? next.slot !== slot : slot === next.slot;
  if (next.type === 'normal' && changesMind) throw new GroupError(imageRc.alreadyPending);
  if (next.type === 'revert' && !confirm) throw new GroupError(imageRc.alreadyPending);
  if (active) {
    flash.swap = 'none';
    flash.secondaryHidden = flash.mode === 'swap-offset';
    return;
  }
  flash.swap = confirm ? 'perm' : 'test';
}

export function slotInfo(flash: Flash): Reply {
  const slots = flash.mode === 'single-slot' ? ([0] as const) : ([0, 1] as const);
  const described = slots.map((slot) => ({
    slot,
    size: flash.slotBytes,
    ...(slot === flash.uploadSlot ? { upload_image_id: 0 } : {}),
  }));
  return { body: { images: [{ image: 0, slots: described }] } };
}
