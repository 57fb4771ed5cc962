/**
 * The device that an address names. Linux knows of a device before libusb does, which hears of it
 * from the device manager: as long as the system has it and libusb has not, it is waited for.
 */
import { portName } from './address.ts';
import { pause } from './pause.ts';
import { PortError } from './port.ts';
import type { UsbAddress } from './usb-address.ts';
import { listUsbDevices, type UsbDevice } from './usb-devices.ts';
import type { UsbHandle } from './usb-handle.ts';
import { libraryHandles } from './usb-library.ts';
import { numberAt } from './usb-sysfs.ts';

const POLL_MS = 50;

/** @throws PortError `port-missing`, `port-ambiguous {count}`, `cancelled` */
export async function findUsbDevice(address: UsbAddress, signal: AbortSignal): Promise<UsbHandle> {
  const port = portName(address);
  for (;;) {
    const place = await placeOf(address);
    const number = process.platform === 'linux' ? await numberAt(place) : null;
    const handle = (await libraryHandles()).find(
      (each) => each.place === place && (number === null || each.number === number),
    );
    if (handle) return handle;
    if (signal.aborted) throw new PortError('cancelled', { port });
    await pause(POLL_MS);
  }
}

async function placeOf(address: UsbAddress): Promise<string> {
  const port = portName(address);
  const devices = await listUsbDevices({ sysFolder: '/sys', platform: process.platform });
  const matching = devices.filter((device) => isMeant(address, device));
  if (matching.length > 1) throw new PortError('port-ambiguous', { port, count: matching.length });
  const place = matching[0]?.place;
  if (place === undefined) throw new PortError('port-missing', { port });
  return place;
}

function isMeant(address: UsbAddress, device: UsbDevice): boolean {
  const { vendorId, productId, serialNumber, place } = address;
  if (device.vendorId !== vendorId || device.productId !== productId) return false;
  return serialNumber === null ? device.place === place : device.serialNumber === serialNumber;
}
