/** The terminal as it is, for tests that compare what was read with what is true. */
import { versionText } from '../boot/mcuboot-image.ts';
import type { Terminal } from './terminal.ts';

export function terminalState(terminal: Terminal): Record<string, unknown> {
  const { flash, settings, power, resets } = terminal;
  const slots = ([0, 1] as const).map((slot) => {
    const image = flash.image(slot);
    if (image === null) return null;
    return { version: versionText(image.version), hash: Buffer.from(image.hash).toString('hex') };
  });
  return {
    power,
    resets,
    active: flash.active,
    swap: flash.swap,
    slots,
    settings: settings.snapshot(),
    faults: terminal.activeFaults(),
  };
}
