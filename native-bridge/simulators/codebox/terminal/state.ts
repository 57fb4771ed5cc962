/**
 * The terminal as it is, for tests that hold a verdict against it. What is said of the flash is
 * read from the flash itself, at that instant, and what would boot by letting the boot loader try
 * on a copy.
 */
import { boot } from '../boot/boot-loader.ts';
import type { Flash, SlotNumber } from '../boot/flash.ts';
import { hasTrueHash, hashText, isValidImage, versionText } from '../boot/mcuboot-image.ts';
import { isSwapMode } from '../boot/modes.ts';
import { SECTOR_BYTES } from '../boot/nor-flash.ts';
import { interruptedSwap } from '../boot/swap.ts';
import { activeFaults } from './fault-effects.ts';
import type { Terminal } from './terminal.ts';

export function terminalState(terminal: Terminal, atMs: number): Record<string, unknown> {
  const { settings, resets } = terminal;
  const flash = terminal.power.flashAt(atMs);
  const slots = ([0, 1] as const).map((slot) => {
    const image = flash.image(slot);
    return image === null ? null : { version: versionText(image.version), hash: hashText(image) };
  });
  return {
    power: terminal.state,
    resets,
    active: flash.active,
    swap: flash.swap,
    slots,
    flash: flashState(terminal, flash),
    settings: settings.snapshot(),
    faults: activeFaults(terminal),
  };
}

function flashState(terminal: Terminal, flash: Flash): Record<string, unknown> {
  const left = terminal.flash.nor.operationsLeft;
  return {
    mode: flash.mode,
    slotBytes: flash.slotBytes,
    sectorBytes: SECTOR_BYTES,
    operations: terminal.flash.nor.operations,
    operationsUntilPowerLoss: left,
    swapInterrupted: isSwapMode(flash.mode) && interruptedSwap(flash) !== null,
    slots: flash.slotNumbers.map((slot) => slotState(terminal, flash, slot)),
    nextBoot: nextBootOf(terminal, flash),
  };
}

function slotState(terminal: Terminal, flash: Flash, slot: SlotNumber): Record<string, unknown> {
  const { area, trailer } = flash.slot(slot);
  const image = flash.image(slot);
  const content = flash.content(slot);
  return {
    slot,
    active: slot === flash.active,
    version: image === null ? null : versionText(image.version),
    hash: image === null ? null : hashText(image),
    hashTrue: image !== null && hasTrueHash(content, image),
    bootable: image !== null && isValidImage(content, terminal.trust),
    writtenBytes: area.usedBytes(trailer.firstSector * SECTOR_BYTES),
    trailer: trailer.read(),
  };
}

/** What runs if the power went off and on now. */
function nextBootOf(terminal: Terminal, flash: Flash): Record<string, unknown> {
  const then = flash.clone();
  const { runs } = boot(then, terminal.power.bootOptions());
  const image = runs === 'application' ? then.image(then.active) : null;
  return {
    runs,
    slot: image === null ? null : then.active,
    version: image === null ? null : versionText(image.version),
    hash: image === null ? null : hashText(image),
    changes: then.active !== flash.active || !sameImage(flash, then),
  };
}

function sameImage(now: Flash, then: Flash): boolean {
  const [before, after] = [now.image(now.active), then.image(then.active)];
  if (before === null || after === null) return before === after;
  return hashText(before) === hashText(after);
}
