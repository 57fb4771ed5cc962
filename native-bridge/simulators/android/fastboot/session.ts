/**
 * The boot loader's side of fastboot (AOSP, fastboot/README.md), apart from what carries it: a command
 * in, INFO lines and one OKAY, FAIL or DATA out.
 */
import type { Device } from '../device/device.ts';
import { SparseError, unsparse } from './sparse.ts';
import { variables } from './variables.ts';

export interface FastbootHost {
  readonly device: Device;
  /** Android's fastboot in userspace, not the boot loader's. */
  readonly userspace: boolean;
  /** Once its reply is out. */
  reboot(target: string): void;
  /** At once, in the middle of whatever it did. */
  die(target: string): void;
}

export interface FastbootLink {
  send(message: Uint8Array): void;
  cut(): void;
}

const MAX_TEXT_BYTES = 256;
/** Of boot loaders that list only what somebody thought of. */
const shortList: ReadonlySet<string> = new Set(['version', 'product', 'serialno', 'secure']);

export class FastbootSession {
  static readonly maxCommandBytes = 4096;
  readonly #host: FastbootHost;
  readonly #link: FastbootLink;
  #expected = 0;
  #pieces: Buffer[] = [];
  #arrived = 0;
  #downloaded: Buffer | null = null;

  constructor(host: FastbootHost, link: FastbootLink) {
    this.#host = host;
    this.#link = link;
  }

  get wantsBytes(): boolean {
    return this.#expected > 0;
  }

  /** Of a download, still to come. */
  get missingBytes(): number {
    return this.#expected === 0 ? 0 : this.#expected - this.#arrived;
  }

  /** Of a download. */
  data(piece: Buffer): void {
    const { faults } = this.#host.device;
    this.#pieces.push(Buffer.from(piece));
    this.#arrived += piece.length;
    if (this.#arrived * 2 >= this.#expected && faults.takeOnce('fastboot-dies-midway')) {
      this.#link.cut();
      this.#host.die('bootloader');
      return;
    }
    if (this.#arrived * 2 >= this.#expected && faults.takeOnce('fastboot-goes-to-system')) {
      this.#link.cut();
      this.#host.die('');
      return;
    }
    if (this.#arrived < this.#expected) return;
    this.#downloaded = Buffer.concat(this.#pieces).subarray(0, this.#expected);
    this.#pieces = [];
    this.#expected = 0;
    this.#okay();
  }

  command(text: string): void {
    const [verb = '', ...rest] = text.split(':');
    const act = this.#commands.get(verb);
    if (act === undefined) this.#flashing(text);
    else act(rest.join(':'));
  }

  readonly #commands = new Map<string, (argument: string) => void>([
    ['getvar', (name) => this.#getvar(name)],
    ['download', (bytes) => this.#download(Number.parseInt(bytes, 16))],
    ['flash', (name) => this.#unlocked(() => this.#flash(name))],
    ['erase', (name) => this.#unlocked(() => this.#erase(name))],
    ['set_active', (slot) => this.#unlocked(() => this.#setActive(slot))],
    ['reboot', () => this.#reboot('')],
    ['continue', () => this.#reboot('')],
    ['reboot-bootloader', () => this.#reboot('bootloader')],
    ['reboot-recovery', () => this.#reboot('recovery')],
    ['reboot-fastboot', () => this.#reboot('fastboot')],
    ['resize-logical-partition', (rest) => this.#unlocked(() => this.#resize(rest))],
    ['update-super', (rest) => this.#unlocked(() => this.#updateSuper(rest.endsWith(':wipe')))],
    ['create-logical-partition', () => this.#inUserspace()],
    ['delete-logical-partition', () => this.#inUserspace()],
    ['snapshot-update', () => this.#okay()],
    ['oem device-info', () => this.#deviceInfo()],
  ]);

  #inUserspace(): void {
    if (this.#host.userspace) this.#okay();
    else this.#fail('unknown command');
  }

  #deviceInfo(): void {
    this.#info(`Device unlocked: ${!this.#host.device.locked}`);
    this.#okay();
  }

  #flashing(text: string): void {
    const { device } = this.#host;
    if (text === 'flashing get_unlock_ability') {
      this.#info('get_unlock_ability: 1');
      this.#okay();
    } else if (text === 'flashing unlock' || text === 'flashing lock') {
      device.faults.set('bootloader-locked', text === 'flashing lock');
      device.settings.lose();
      this.#okay();
    } else this.#fail('unknown command');
  }

  #getvar(name: string): void {
    const all = variables(this.#host.device, this.#host.userspace);
    if (name === 'all') {
      const isShort = this.#host.device.faults.has('fastboot-short-list');
      for (const [key, value] of all) {
        if (!isShort || shortList.has(key)) this.#info(`${key}:${value}`);
      }
      this.#okay();
      return;
    }
    const value = all.get(name);
    if (value === undefined) this.#fail('GetVar Variable Not found');
    else this.#okay(value);
  }

  #download(bytes: number): void {
    const { device } = this.#host;
    const lies = device.faults.has('fastboot-lies-max-download');
    const most = lies ? device.maxDownloadBytes / 100 : device.maxDownloadBytes;
    if (!(bytes > 0) || bytes > most) {
      this.#fail('data too large');
      return;
    }
    const asked = device.faults.has('fastboot-short-download') ? Math.ceil(bytes / 2) : bytes;
    this.#expected = asked;
    this.#arrived = 0;
    this.#pieces = [];
    this.#say(`DATA${asked.toString(16).padStart(8, '0')}`);
  }

  #flash(name: string): void {
    const { device, userspace } = this.#host;
    const image = this.#downloaded;
    const partition = device.partitions.find(name, userspace);
    if (image === null) {
      this.#fail('no image downloaded');
      return;
    }
    if (partition === null) {
      this.#fail(`partition does not exist`);
      return;
    }
    if (device.faults.has('fastboot-hangs')) return;
    if (device.faults.has('fastboot-flash-fails')) {
      this.#info('erasing flash');
      this.#fail('flash write failure');
      return;
    }
    try {
      const runs = unsparse(image, partition.bytes);
      device.partitions.write(partition.fullName, runs);
      device.flashed(partition.fullName);
    } catch (error) {
      if (!(error instanceof SparseError)) throw error;
      this.#fail(error.message);
      return;
    }
    this.#okay();
  }

  /** fastbootd (AOSP, fastboot/device/commands.cpp): NAME:SIZE, the size in decimal. */
  #resize(rest: string): void {
    const { device, userspace } = this.#host;
    const [name = '', size = ''] = rest.split(':');
    const partition = device.partitions.find(name, userspace);
    if (!userspace) this.#fail('unknown command');
    else if (partition?.logical !== true) this.#fail('Partition does not exist');
    else if (!/^\d+$/.test(size)) this.#fail('Invalid partition size');
    else {
      device.partitions.resize(partition.fullName, Number(size));
      this.#okay();
    }
  }

  /**
   * The slot that runs gets its logical partitions anew, without room; the other one's stay unless the
   * whole table is to be made anew.
   */
  #updateSuper(wipe: boolean): void {
    const { device, userspace } = this.#host;
    if (!userspace) this.#fail('unknown command');
    else if (this.#downloaded === null) this.#fail('No data available');
    else {
      const own = device.slot === null ? '' : `_${device.slot}`;
      const logical = device.partitions.list(true).filter(({ logical: is }) => is);
      for (const { fullName } of logical.filter((each) => wipe || each.fullName.endsWith(own))) {
        device.partitions.resize(fullName, 0);
      }
      this.#okay();
    }
  }

  #erase(name: string): void {
    const { device, userspace } = this.#host;
    const partition = device.partitions.find(name, userspace);
    if (partition === null) {
      this.#fail('partition does not exist');
      return;
    }
    device.partitions.erase(partition.fullName);
    if (name === 'userdata') device.settings.lose();
    this.#okay();
  }

  #setActive(slot: string): void {
    const { device } = this.#host;
    if (device.model.slots === null) {
      this.#fail('unknown command');
      return;
    }
    if (slot !== 'a' && slot !== 'b') {
      this.#fail('invalid slot');
      return;
    }
    device.slot = slot;
    this.#okay();
  }

  #reboot(target: string): void {
    const { device } = this.#host;
    if (target === 'fastboot' && !device.model.userspaceFastboot) {
      this.#fail('unknown command');
      return;
    }
    this.#okay();
    this.#host.reboot(target);
  }

  #unlocked(act: () => void): void {
    const { locked, faults } = this.#host.device;
    const refuses = locked || faults.has('fastboot-refuses-unlocked');
    if (refuses) this.#fail('not allowed in locked state');
    else act();
  }

  #info(text: string): void {
    this.#say(`INFO${text}`);
  }

  #okay(text = ''): void {
    this.#say(`OKAY${text}`);
  }

  #fail(text: string): void {
    this.#say(`FAIL${text}`);
  }

  #say(text: string): void {
    this.#link.send(Buffer.from(text.slice(0, MAX_TEXT_BYTES)));
  }
}
