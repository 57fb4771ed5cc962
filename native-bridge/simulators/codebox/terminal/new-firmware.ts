/**
 * What an update can do to a terminal beside running: settings gone, a reading broken, another
 * identity, a late return. Which image ran before is remembered here only to tell an update from
 * its revert; what is true of the slots is in the flash.
 */
import { hashText } from '../boot/mcuboot-image.ts';
import type { Flash } from '../boot/flash.ts';
import type { FaultSet } from '../faults.ts';
import type { Identity } from '../models/model.ts';
import type { Settings } from './settings.ts';

export type Change = 'none' | 'update' | 'revert';

const SOME_SETTINGS = ['pay/tid', 'wifi/psk', 'qr/mode'];

export class NewFirmware {
  readonly #flash: Flash;
  readonly #faults: FaultSet;
  readonly #settings: Settings;
  readonly #other: Identity;
  #running: string | null = null;
  #replaced: string | null = null;
  /** The new image runs that came with an update. */
  #updated = false;

  constructor(flash: Flash, faults: FaultSet, settings: Settings, other: Identity) {
    this.#flash = flash;
    this.#faults = faults;
    this.#settings = settings;
    this.#other = other;
  }

  /** The image that runs now is the one that the terminal always had. */
  settle(): void {
    this.#running = this.#hash();
    this.#replaced = null;
    this.#updated = false;
  }

  /** Called when the boot loader has chosen an image. */
  chosen(): Change {
    const hash = this.#hash();
    if (hash === this.#running) return 'none';
    const reverts = hash === this.#replaced;
    this.#replaced = this.#running;
    this.#running = hash;
    this.#updated = !reverts;
    return reverts ? 'revert' : 'update';
  }

  /** Called when that image comes up, with the settings it found. */
  comesUp(change: Change): void {
    if (change === 'revert' && this.#faults.has('settings-lost-by-revert')) this.#settings.lose();
    if (change !== 'update') return;
    if (this.#faults.has('settings-lost-some')) this.#settings.lose(SOME_SETTINGS);
    if (this.#faults.has('settings-lost-all')) this.#settings.lose();
    if (this.#faults.has('other-device-after-swap')) {
      this.#settings.force('sys/sn', this.#other.serialNumber);
    }
    if (this.#faults.has('other-model-after-swap'))
      this.#settings.force('sys/model', this.#other.model);
  }

  get breaksBattery(): boolean {
    return this.#updated && this.#faults.has('battery-unreadable-after-swap');
  }

  /** The image that runs came with an update. */
  get updated(): boolean {
    return this.#updated;
  }

  /** Nobody has confirmed it yet. */
  get onTrial(): boolean {
    if (this.#flash.mode !== 'direct-xip-revert') return this.#flash.swap === 'revert';
    return this.#flash.slot(this.#flash.active).trailer.read().imageOk !== 'set';
  }

  #hash(): string | null {
    const image = this.#flash.image(this.#flash.active);
    return image === null ? null : hashText(image);
  }
}
