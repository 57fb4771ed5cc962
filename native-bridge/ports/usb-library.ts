/**
 * The library `usb` (2.18, over libusb): the devices that it knows. It is loaded where there is USB at
 * all: without it libusb does not start, and says so on the console.
 */
import { existsSync } from 'node:fs';
import type { Device } from 'usb';
import type { UsbDevice } from './usb-devices.ts';
import { UsbHandle, type Library } from './usb-handle.ts';
import { doorAmong } from './usb-interfaces.ts';
import { quietly } from './usb-trouble.ts';

const stringTimeoutMs = 1000;

let loaded: Promise<Library | null> | null = null;

/** null: this machine has no USB, or libusb does not start on it. */
async function library(): Promise<Library | null> {
  if (process.platform === 'linux' && !hasUsb()) return null;
  loaded ??= import('usb').then(
    ({ usb }) => (usb.INIT_ERROR === 0 ? usb : null),
    () => null,
  );
  return loaded;
}

function hasUsb(): boolean {
  return existsSync('/sys/bus/usb/devices') && existsSync('/dev/bus/usb');
}

/** The devices that libusb knows now, each as what can be done with it. */
export async function libraryHandles(): Promise<UsbHandle[]> {
  const usb = await library();
  return usb ? usb.getDeviceList().map((device) => new UsbHandle(usb, device)) : [];
}

/** For systems that tell of devices nowhere else: those with a door, with the names they give. */
export async function libraryDevices(): Promise<UsbDevice[]> {
  const usb = await library();
  if (!usb) return [];
  const found: UsbDevice[] = [];
  for (const device of usb.getDeviceList()) {
    const handle = new UsbHandle(usb, device);
    const door = doorAmong(handle.interfaces());
    if (door !== null && handle.place !== null) {
      const { place, vendorId, productId } = handle;
      found.push({ place, vendorId, productId, ...(await namesOf(device, handle)), door });
    }
  }
  return found;
}

type Names = Pick<UsbDevice, 'manufacturer' | 'product' | 'serialNumber'>;
const noNames: Names = { manufacturer: null, product: null, serialNumber: null };
/** A device is asked for its names once. */
const namesKnown = new WeakMap<Device, Names>();

/** What the device calls itself; nulls where it may not be opened. */
async function namesOf(device: Device, handle: UsbHandle): Promise<Names> {
  const names = namesKnown.get(device) ?? (await readNames(device, handle));
  namesKnown.set(device, names);
  return names;
}

async function readNames(device: Device, handle: UsbHandle): Promise<Names> {
  const { iManufacturer, iProduct, iSerialNumber } = device.deviceDescriptor;
  try {
    handle.open();
  } catch {
    return noNames;
  }
  try {
    return {
      manufacturer: await textAt(device, iManufacturer),
      product: await textAt(device, iProduct),
      serialNumber: await textAt(device, iSerialNumber),
    };
  } finally {
    quietly(() => handle.close());
  }
}

function textAt(device: Device, index: number): Promise<string | null> {
  if (index === 0) return Promise.resolve(null);
  device.timeout = stringTimeoutMs;
  return new Promise((resolve) =>
    device.getStringDescriptor(index, (error, text) =>
      resolve(error || text === undefined || text === '' ? null : text),
    ),
  );
}
