/** The interfaces of a USB device that lead to a terminal: its doors, besides serial ports. */

export interface UsbInterfaceMatch {
  readonly classCode: number;
  readonly subclass: number;
  readonly protocol: number;
}

export type UsbDoor = 'adb' | 'fastboot' | 'dfu';

/** AOSP: packages/modules/adb (ADB_CLASS, ADB_SUBCLASS, ADB_PROTOCOL). */
export const adbInterface: UsbInterfaceMatch = { classCode: 255, subclass: 66, protocol: 1 };
/** AOSP: system/core/fastboot (match_fastboot). */
export const fastbootInterface: UsbInterfaceMatch = { classCode: 255, subclass: 66, protocol: 3 };

/** What is seen first of a device that has several. */
const doors: readonly (readonly [UsbDoor, UsbInterfaceMatch])[] = [
  ['adb', adbInterface],
  ['fastboot', fastbootInterface],
  // USB DFU 1.1, 4.2.1 and 4.2.3: while the application runs, and in the boot loader.
  ['dfu', { classCode: 254, subclass: 1, protocol: 1 }],
  ['dfu', { classCode: 254, subclass: 1, protocol: 2 }],
];

/** null: none of these interfaces is one. */
export function doorAmong(interfaces: readonly UsbInterfaceMatch[]): UsbDoor | null {
  const found = doors.find(([, wanted]) => interfaces.some((each) => isSame(wanted, each)));
  return found?.[0] ?? null;
}

export function isSame(wanted: UsbInterfaceMatch, seen: UsbInterfaceMatch): boolean {
  return (
    wanted.classCode === seen.classCode &&
    wanted.subclass === seen.subclass &&
    wanted.protocol === seen.protocol
  );
}
