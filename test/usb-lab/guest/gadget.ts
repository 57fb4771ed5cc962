/**
 * A USB device of the guest's own: a gadget made in configfs, on one of the emulated device
 * controllers (dummy_hcd). Binding it to a controller plugs the cable in, unbinding pulls it. Its
 * functions are a serial port (`acm.0`), or interfaces of a program's own (`ffs.NAME`,
 * usb-function.ts), or both.
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
  /** The serial port's other side: `/dev/ttyGS0`; '' without one. */
  readonly device: string;
  /** Which controller, and so which socket of the host, the cable leads to: 0 to 3. */
  socket: number;
  /** In configfs. */
  readonly folder: string;
  readonly #functions: readonly string[];

  constructor(
    name: string,
    socket: number,
    strings: UsbStrings,
    functions: readonly string[] = ['acm.0'],
  ) {
    this.#functions = functions;
    this.folder = join(gadgets, name);
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
    for (const each of functions) {
      this.#make(`functions/${each}`);
      symlinkSync(join(this.folder, 'functions', each), join(this.folder, 'configs/c.1', each));
    }
    const number = readText(join(this.folder, 'functions/acm.0/port_num'));
    this.device = number === '' ? '' : `/dev/ttyGS${number}`;
  }

  /** While its cable is out. */
  set productId(productId: string) {
    this.#write('idProduct', `0x${productId}`);
  }

  get plugged(): boolean {
    return readFileSync(join(this.folder, 'UDC'), 'utf8').trim() !== '';
  }

  plug(): void {
    if (!this.plugged) this.#write('UDC', `dummy_udc.${this.socket}`);
  }

  unplug(): void {
    if (this.plugged) this.#write('UDC', '\n');
  }

  /** Where the host finds it: `2-1`; null: nowhere yet, or its interfaces are not there. */
  hostPlace(): string | null {
    const folder = '/sys/bus/usb/devices';
    for (const name of readdirSync(folder)) {
      const place = /^([0-9]+-[1-9][0-9.]*):1\.0$/.exec(name)?.[1];
      const at = pathOf(join(folder, name));
      if (place !== undefined && at.includes(`/dummy_hcd.${this.socket}/`)) return place;
    }
    return null;
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
    return until(`a tty for ${this.folder}`, () => this.hostTty());
  }

  remove(): void {
    this.unplug();
    for (const each of this.#functions) rmSync(join(this.folder, 'configs/c.1', each));
    const functions = this.#functions.map((each) => `functions/${each}`);
    for (const part of ['configs/c.1', ...functions, 'strings/0x409', '.']) {
      rmdirSync(join(this.folder, part));
    }
  }

  #make(part: string): void {
    mkdirSync(join(this.folder, part));
  }

  #write(file: string, text: string): void {
    writeFileSync(join(this.folder, file), text);
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
