/**
 * The USB devices as Linux tells of them in /sys/bus/usb/devices: a folder for each device, named by
 * its place (`1-1.4`), and one for each of its interfaces (`1-1.4:1.0`), with their descriptors as
 * files. Nothing is opened, so devices without permission are seen as well.
 */
import { lstat, readdir, readFile } from 'node:fs/promises';
import type { UsbDevice } from './usb-devices.ts';
import { doorAmong, type UsbInterfaceMatch } from './usb-interfaces.ts';

const MAX_VALUE_CHARACTERS = 256;
const interfaceName = /^([0-9]+-[0-9.]+):[0-9]+\.[0-9]+$/;

/** Those that have a door; none where the system has no USB. */
export async function sysfsDevices(sysFolder: string): Promise<UsbDevice[]> {
  const folder = `${sysFolder}/bus/usb/devices`;
  const interfaces = new Map<string, UsbInterfaceMatch[]>();
  await Promise.all(
    (await interfaceNames(folder)).map(async (name) => {
      const match = matchOf(await value(`${folder}/${name}/modalias`));
      const place = interfaceName.exec(name)?.[1];
      if (match === null || place === undefined) return;
      interfaces.set(place, [...(interfaces.get(place) ?? []), match]);
    }),
  );
  const devices = await Promise.all(
    [...interfaces].map(async ([place, matches]) => {
      const door = doorAmong(matches);
      return door && deviceAt(`${folder}/${place}`, place, door);
    }),
  );
  return devices.filter((device) => device !== null);
}

/** Which interfaces there are, each as it was made, as one text: another text, another picture. */
export async function usbGlance(sysFolder: string): Promise<string> {
  const folder = `${sysFolder}/bus/usb/devices`;
  const looks = (await interfaceNames(folder)).map(async (name) => {
    const info = await lstat(`${folder}/${name}`).catch(() => null);
    return `${name} ${info?.ino ?? 0}`;
  });
  return (await Promise.all(looks)).sort().join('\n');
}

/** The device's number on its bus, another one each time it is plugged in; null: nothing is there. */
export async function numberAt(place: string, sysFolder = '/sys'): Promise<number | null> {
  const text = await value(`${sysFolder}/bus/usb/devices/${place}/devnum`);
  return text === null ? null : Number(text);
}

async function interfaceNames(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => interfaceName.test(name));
}

async function deviceAt(
  folder: string,
  place: string,
  door: UsbDevice['door'],
): Promise<UsbDevice | null> {
  const [vendorId, productId, manufacturer, product, serialNumber] = await Promise.all(
    ['idVendor', 'idProduct', 'manufacturer', 'product', 'serial'].map((name) =>
      value(`${folder}/${name}`),
    ),
  );
  if (!isId(vendorId) || !isId(productId)) return null;
  return {
    place,
    vendorId: vendorId.toLowerCase(),
    productId: productId.toLowerCase(),
    manufacturer: manufacturer ?? null,
    product: product ?? null,
    serialNumber: serialNumber ?? null,
    door,
  };
}

function isId(text: string | null | undefined): text is string {
  return /^[0-9a-f]{4}$/i.test(text ?? '');
}

/** `usb:v18D1p4EE7d0440dc00dsc00dp00icFFisc42ip01in00` (kernel: file2alias.c). */
function matchOf(modalias: string | null): UsbInterfaceMatch | null {
  const match = /ic([0-9A-F]{2})isc([0-9A-F]{2})ip([0-9A-F]{2})/i.exec(modalias ?? '');
  if (!match) return null;
  const [, classCode = '', subclass = '', protocol = ''] = match;
  return {
    classCode: parseInt(classCode, 16),
    subclass: parseInt(subclass, 16),
    protocol: parseInt(protocol, 16),
  };
}

async function value(file: string): Promise<string | null> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text.trim().slice(0, MAX_VALUE_CHARACTERS) || null;
}
