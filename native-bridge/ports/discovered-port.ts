/**
 * One shape for every port that is found. Ports of one USB device carry the same `deviceId`: they are
 * doors of one terminal.
 */
import { formatAddress } from './address.ts';
import type { SystemPort } from './serial-binding.ts';
import { usbAddressOf } from './usb-address.ts';
import type { UsbDevice } from './usb-devices.ts';
import type { UsbDoor } from './usb-interfaces.ts';

export interface DiscoveredPort {
  /** Canonical, without a rate: `serial:///dev/ttyUSB0`, `usb://2fb8:2205/SERIAL`. */
  readonly url: string;
  /** What a person calls it: `/dev/ttyUSB0`, `2fb8:2205/SERIAL`. */
  readonly path: string;
  readonly kind: 'serial' | 'usb';
  /** Which interface leads in; null: a serial port. */
  readonly door: UsbDoor | null;
  /** Where the USB device is plugged in, `1-1.4`; null: none, or not told. */
  readonly deviceId: string | null;
  readonly manufacturer: string | null;
  readonly product: string | null;
  /** Of the USB device; null: none, or one that another device shows as well. */
  readonly serialNumber: string | null;
  /** Four lower-case hex digits. */
  readonly vendorId: string | null;
  readonly productId: string | null;
}

/**
 * Serial ports first, sorted. Clones of one device often show one serial number: what two devices
 * show tells nobody which of them it is. Several ports of one device share theirs rightly.
 */
export function portsOf(
  serial: readonly SystemPort[],
  usb: readonly UsbDevice[],
): DiscoveredPort[] {
  const shared = sharedAmong([
    ...serial.map(({ serialNumber, locationId }) => ({ serialNumber, place: locationId })),
    ...usb,
  ]);
  const own = <T extends { readonly serialNumber?: string | null | undefined }>(port: T): T =>
    shared.has(port.serialNumber ?? '') ? { ...port, serialNumber: null } : port;
  return [
    ...serial.map((port) => serialPort(own(port))).sort(byPath),
    ...usb.map((device) => usbPort(own(device))).sort(byPath),
  ];
}

interface Placed {
  readonly serialNumber?: string | null | undefined;
  readonly place?: string | undefined;
}

function sharedAmong(all: readonly Placed[]): Set<string> {
  const places = new Map<string, Set<string>>();
  for (const { serialNumber, place } of all) {
    if (serialNumber == null || place === undefined) continue;
    places.set(serialNumber, (places.get(serialNumber) ?? new Set()).add(place));
  }
  return new Set([...places].filter(([, where]) => where.size > 1).map(([number]) => number));
}

function serialPort(port: Omit<SystemPort, 'serialNumber'> & Placed): DiscoveredPort {
  return {
    url: formatAddress({ kind: 'serial', path: port.path, baud: null }),
    path: port.path,
    kind: 'serial',
    door: null,
    deviceId: port.locationId ?? null,
    manufacturer: port.manufacturer ?? null,
    product: port.product ?? null,
    serialNumber: port.serialNumber ?? null,
    vendorId: hexId(port.vendorId),
    productId: hexId(port.productId),
  };
}

function usbPort(device: UsbDevice): DiscoveredPort {
  const { place, manufacturer, product, serialNumber, vendorId, productId, door } = device;
  const url = formatAddress(usbAddressOf(device));
  const path = url.slice('usb://'.length);
  const facts = { manufacturer, product, serialNumber, vendorId, productId };
  return { url, path, kind: 'usb', door, deviceId: place, ...facts };
}

function byPath(a: DiscoveredPort, b: DiscoveredPort): number {
  return a.path.localeCompare(b.path, 'en', { numeric: true });
}

function hexId(id: string | undefined): string | null {
  const digits = /^(?:0x)?([0-9a-f]{1,4})$/i.exec(id ?? '')?.[1];
  return digits === undefined ? null : digits.toLowerCase().padStart(4, '0');
}
