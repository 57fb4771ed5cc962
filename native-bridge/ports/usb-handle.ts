/**
 * One device as the library `usb` (2.18, over libusb) has it. Of the library only the lowest layer is
 * used: a transfer that is handed to the system and comes back, done or cancelled.
 */
import type { Device, LibUSBException, usb as Usb } from 'usb';
import type { UsbInterfaceMatch } from './usb-interfaces.ts';
import { attempt, later, quietly, type UsbTrouble } from './usb-trouble.ts';

/** As it is loaded (usb-library.ts). */
export type Library = typeof Usb;

/** One transfer that the system has. */
export interface Submitted {
  /** Settles always, and soon after `cancel`. `trouble` null: done. What came before trouble counts. */
  readonly done: Promise<{ readonly bytes: number; readonly trouble: UsbTrouble | null }>;
  cancel(): void;
}

export interface LibraryInterface extends UsbInterfaceMatch {
  readonly number: number;
  readonly alternate: number;
  readonly endpoints: readonly LibraryEndpoint[];
}

export interface LibraryEndpoint {
  /** With the direction in the highest bit: set towards the host. */
  readonly address: number;
  readonly kind: 'control' | 'isochronous' | 'bulk' | 'interrupt';
  readonly maxPacketBytes: number;
}

const kinds = ['control', 'isochronous', 'bulk', 'interrupt'] as const;
const endpointIn = 0x80;

/** Who uses a device here: libusb has one handle of it for the whole process. */
const users = new Map<Device, number>();

export class UsbHandle {
  readonly vendorId: string;
  readonly productId: string;
  /** null: this system does not tell. */
  readonly place: string | null;
  readonly bus: number;
  /** Its number on the bus. */
  readonly number: number;
  readonly #usb: Library;
  readonly #device: Device;
  #open = false;

  constructor(usb: Library, device: Device) {
    this.#usb = usb;
    this.#device = device;
    this.vendorId = hex(device.deviceDescriptor.idVendor);
    this.productId = hex(device.deviceDescriptor.idProduct);
    this.bus = device.busNumber;
    this.number = device.deviceAddress;
    // Not there for a root hub, whatever the types say.
    const sockets = device.portNumbers as number[] | undefined;
    this.place = sockets?.length ? `${this.bus}-${sockets.join('.')}` : null;
  }

  /** Of the configuration that the device is in, each alternate setting by itself. */
  interfaces(): LibraryInterface[] {
    try {
      const { interfaces } = this.#device.__getConfigDescriptor();
      return interfaces.flat().map((each) => ({
        number: each.bInterfaceNumber,
        alternate: each.bAlternateSetting,
        classCode: each.bInterfaceClass,
        subclass: each.bInterfaceSubClass,
        protocol: each.bInterfaceProtocol,
        endpoints: each.endpoints.map(({ bEndpointAddress, bmAttributes, wMaxPacketSize }) => ({
          address: bEndpointAddress,
          kind: kinds[bmAttributes & 3] ?? 'control',
          // USB 2.0, 9.6.6: the bits above count further packets in a microframe.
          maxPacketBytes: wMaxPacketSize & 0x7ff,
        })),
      }));
    } catch {
      return [];
    }
  }

  /** Still plugged in, as far as libusb was told. */
  isListed(): boolean {
    return this.#usb.getDeviceList().includes(this.#device);
  }

  /** Throws UsbError. */
  open(): void {
    const already = users.get(this.#device) ?? 0;
    if (already === 0) attempt('open', () => this.#device.__open());
    users.set(this.#device, already + 1);
    this.#open = true;
  }

  /** Lets go of the device; with transfers that never came back the system keeps it open. */
  close(): void {
    if (!this.#open) return;
    this.#open = false;
    const left = (users.get(this.#device) ?? 1) - 1;
    if (left > 0) {
      users.set(this.#device, left);
      return;
    }
    users.delete(this.#device);
    attempt('close', () => this.#device.__close());
  }

  /** A driver of the kernel's steps aside for as long (usbfs has it back). Throws UsbError. */
  claim(number: number): void {
    try {
      this.#device.setAutoDetachKernelDriver(true);
    } catch {
      // Windows and macOS know no such thing.
    }
    attempt('claim', () => this.#device.__claimInterface(number));
  }

  release(number: number): Promise<void> {
    return later('release', (done) => this.#device.__releaseInterface(number, done));
  }

  setAlternate(number: number, alternate: number): Promise<void> {
    return later('set interface', (done) => this.#device.__setInterface(number, alternate, done));
  }

  clearHalt(endpoint: number): Promise<void> {
    return later('clear halt', (done) => this.#device.__clearHalt(endpoint, done));
  }

  /** As if it had been plugged in anew; it may come back as another device. */
  reset(): Promise<void> {
    return later('reset', (done) => this.#device.reset(done));
  }

  /** `buffer` belongs to the system until it is done. Throws UsbError where it is not taken. */
  submit(endpoint: number, kind: 'bulk' | 'control', buffer: Buffer): Submitted {
    const { LIBUSB_TRANSFER_TYPE_BULK: bulk, LIBUSB_TRANSFER_TYPE_CONTROL: control } = this.#usb;
    let resolve: (outcome: Awaited<Submitted['done']>) => void = () => undefined;
    const done: Submitted['done'] = new Promise((settle) => (resolve = settle));
    const type = kind === 'bulk' ? bulk : control;
    // No time-out of libusb's: each wait has its own, and cancels.
    const transfer = new this.#usb.Transfer(this.#device, endpoint, type, 0, (error, _, bytes) =>
      resolve({ bytes, trouble: this.#troubleOfStatus(error) }),
    );
    attempt('submit', () => transfer.submit(buffer));
    return { done, cancel: () => quietly(() => transfer.cancel()) };
  }

  /** The callback's error holds the transfer's status. */
  #troubleOfStatus(error: LibUSBException | undefined): UsbTrouble | null {
    if (!error) return null;
    switch (error.errno) {
      case this.#usb.LIBUSB_TRANSFER_CANCELLED:
        return 'cancelled';
      case this.#usb.LIBUSB_TRANSFER_STALL:
        return 'stalled';
      case this.#usb.LIBUSB_TRANSFER_NO_DEVICE:
        return 'gone';
      default:
        return 'other';
    }
  }
}

function hex(id: number): string {
  return id.toString(16).padStart(4, '0');
}

/** Whether an endpoint leads to the host. */
export function leadsToHost({ address }: LibraryEndpoint): boolean {
  return (address & endpointIn) !== 0;
}
