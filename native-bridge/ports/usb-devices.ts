/**
 * The USB devices that have a door (ADB, fastboot, DFU). Linux tells of them in /sys without anything
 * being opened; elsewhere the library lists them and reads their names where it may. A machine
 * without USB lists none.
 */
import type { UsbDoor } from './usb-interfaces.ts';
import { libraryDevices } from './usb-library.ts';
import { sysfsDevices } from './usb-sysfs.ts';

export interface UsbDevice {
  /** Where it is plugged in: `1-1.4`. */
  readonly place: string;
  /** Four lower-case hex digits. */
  readonly vendorId: string;
  readonly productId: string;
  /** As the device says; null: it does not, or could not be asked. */
  readonly manufacturer: string | null;
  readonly product: string | null;
  readonly serialNumber: string | null;
  readonly door: UsbDoor;
}

export interface UsbSources {
  readonly sysFolder: string;
  readonly platform: NodeJS.Platform;
}

export async function listUsbDevices({ sysFolder, platform }: UsbSources): Promise<UsbDevice[]> {
  return platform === 'linux' ? sysfsDevices(sysFolder) : libraryDevices();
}
