/**
 * A USB device of the guest's own: a CDC-ACM gadget made in configfs, on one of the emulated device
 * controllers (dummy_hcd). Binding it to a controller plugs the cable in, unbinding pulls it.
 */
import { mkdirSync, readdirSync, readFileSync, realpathSync, rmdirSync, rmSync } from 'node:fs';
import { existsSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { until } from './harness.ts';

export interface UsbStrings {
  /** Four hex digits. */
  readonly vendorId: string;
  readonly productId: string;
  readonly manufacturer: string;
  readonly product: string;
  /** null: the device has none. */
  readonly serialNumber: string | null;
}

const gadgets = '/sys/kernel/config/usb_gadget';

export class Gadget {
  /** The device's side: `/dev/ttyGS0`. */
  readonly device: string;
  /** Which controller, and so which socket of the host, the cable leads to: 0 to 3. */
  socket: number;
  readonly #folder: string;

  constructor(name: string, socket: number, strings: UsbStrings) {
    this.#folder = join(gadgets, name);
    this.socket = socket;
    const { vendorId, productId, manufacturer, product, serialNumber } = strings;
    this.#make('.');
    this.#write('idVendor', `0x${vendorId}`);
    this.#write('idProduct', `0x${productId}`);
    this.#make('strings/0x409');
    this.#write('strings/0x409/manufacturer', manufacturer);
    this.#write('strings/0x409/product', product);
    if (serialNumber !== null) this.#write('strings/0x409/serialnumber', serialNumber);
    this.#make('configs/c.1');
    this.#make('functions/acm.0');
    symlinkSync(join(this.#folder, 'functions/acm.0'), join(this.#folder, 'configs/c.1/acm.0'));
    const number = readFileSync(join(this.#folder, 'functions/acm.0/port_num'), 'utf8').trim();
    this.device = `/dev/ttyGS${number}`;
  }

  get plugged(): boolean {
    return readFileSync(join(this.#folder, 'UDC'), 'utf8').trim() !== '';
  }

  plug(): void {
    if (!this.plugged) this.#write('UDC', `dummy_udc.${this.socket}`);
  }

  unplug(): void {
    if (this.plugged) this.#write('UDC', '\n');
  }

  /** The host's name of it, `/dev/ttyACM0`, once the device manager is through with it; null: none. */
  hostTty(): string | null {
    for (const name of readdirSync('/sys/class/tty')) {
      if (!name.startsWith('ttyACM')) continue;
      const at = `/sys/class/tty/${name}`;
      if (!pathOf(at).includes(`/dummy_hcd.${this.socket}/`)) continue;
      const known = readText(join(at, 'dev'));
      return existsSync(`/run/udev/data/c${known}`) ? `/dev/${name}` : null;
    }
    return null;
  }

  appeared(): Promise<string> {
    return until(`a tty for ${this.#folder}`, () => this.hostTty());
  }

  remove(): void {
    this.unplug();
    rmSync(join(this.#folder, 'configs/c.1/acm.0'));
    for (const part of ['configs/c.1', 'functions/acm.0', 'strings/0x409', '.']) {
      rmdirSync(join(this.#folder, part));
    }
  }

  #make(part: string): void {
    mkdirSync(join(this.#folder, part));
  }

  #write(file: string, text: string): void {
    writeFileSync(join(this.#folder, file), text);
  }
}

/** '' for one that has just gone. */
function pathOf(link: string): string {
  try {
    return realpathSync(link);
  } catch {
    return '';
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return '';
  }
}
