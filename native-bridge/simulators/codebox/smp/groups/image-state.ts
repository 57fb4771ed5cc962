/** Group 1, images: state, test and confirm, slot information (Zephyr, image management). */
import type { Flash, SlotNumber } from '../../boot/flash.ts';
import { nextBoot } from '../../boot/next-boot.ts';
import { versionText, type ImageInfo } from '../../boot/mcuboot-image.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import type { CborMap } from '../cbor.ts';
import { GroupError, bytes, flag, rc, type Reply, type Request } from '../group.ts';

/** The image group's own codes. */
export const imageRc = {
  noImage: 3,
  hashNotFound: 8,
  noFreeSlot: 9,
  writeFailed: 12,
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

export function readState(terminal: Terminal, request: Request): Reply {
  for (let line = 0; line < 2; line += 1) {
    terminal.log(
      'inf',
      'mcuboot_util',
      `Image index: 0, Swap type: ${terminal.flash.swap}`,
      request.atMs,
    );
  }
  return { body: stateBody(terminal) };
}

function stateBody(terminal: Terminal): CborMap {
  const { flash, faults } = terminal;
  const next = nextBoot(flash);
  const claims = faults.has('confirm-claimed');
  const images = ([0, 1] as const).flatMap((slot) => {
    const image = flash.image(slot);
    if (image === null) return [];
    const active = slot === flash.active;
    const chosen = next.slot === slot && !active;
    const confirmed = active ? next.type !== 'revert' : chosen && next.type === 'revert';
    return {
      slot,
      version: told(terminal, active, image),
      hash: toldHash(terminal, active, image),
      bootable: image.bootable,
      pending: chosen && next.type !== 'revert',
      confirmed: claims ? active : confirmed,
      active,
      permanent: chosen && next.type === 'normal',
    };
  });
  return { images, splitStatus: 0 };
}

/** The version as it is, or as a faulty terminal has it. */
function told({ faults }: Terminal, active: boolean, { version }: ImageInfo): string {
  const wrong = active && faults.has('wrong-version-reported');
  return versionText(wrong ? { ...version, revision: version.revision + 1 } : version);
}

function toldHash({ faults }: Terminal, active: boolean, { hash }: ImageInfo): Uint8Array {
  const wrong = faults.has(active ? 'wrong-running-hash-reported' : 'wrong-stored-hash-reported');
  return wrong ? hash.map((byte, index) => (index === 0 ? byte ^ 1 : byte)) : hash;
}

export function writeState(terminal: Terminal, request: Request): Reply {
  const hash = bytes(request, 'hash');
  const confirm = flag(request, 'confirm');
  const slot = slotFor(terminal.flash, hash, confirm);
  const { faults } = terminal;
  if (confirm && faults.has('confirm-refused')) throw new GroupError(imageRc.writeFailed);
  const ignored = faults.has('confirm-ignored') || faults.has('confirm-claimed');
  if (!(confirm && ignored)) setNext(terminal.flash, slot, confirm);
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
  if (!confirm && slot === flash.active) throw new GroupError(imageRc.testToActiveDenied);
  if (flash.mode !== 'direct-xip-revert' && isSettled(flash, slot, confirm)) return;
  if (flash.mark(slot, confirm) === 'bad-trailer') throw new GroupError(imageRc.invalidMagic);
}

/** True where it is so already; throws where it can't be changed any more. */
function isSettled(flash: Flash, slot: SlotNumber, confirm: boolean): boolean {
  const next = nextBoot(flash);
  const active = slot === flash.active;
  if (next.type === 'test') {
    if (!confirm && slot === next.slot) return true;
    throw new GroupError(imageRc.alreadyPending);
  }
  if (confirm && slot === next.slot) return true;
  const changesMind = active ? next.slot !== slot : slot === next.slot;
  if (next.type === 'normal' && changesMind) throw new GroupError(imageRc.alreadyPending);
  if (next.type === 'revert' && !confirm) throw new GroupError(imageRc.alreadyPending);
  return false;
}

export function slotInfo(flash: Flash): Reply {
  const described = flash.slotNumbers.map((slot) => ({
    slot,
    size: flash.slotBytes,
    ...(slot === flash.uploadSlot ? { upload_image_id: 0 } : {}),
  }));
  return { body: { images: [{ image: 0, slots: described }] } };
}
