/**
 * Where a terminal may be that left its port: on one that shows its USB serial number (its boot
 * loader or its recovery may show another product), or on one that came since and is the model's USB
 * device. Ports that were there before are other things, another door of its device speaks another
 * protocol, and what is connected here already is left alone. An Android has two such doors, which it
 * never shows at once: ADB, and its boot loader's fastboot; over the network that is at another port.
 */
import {
  ADB_PORT,
  FASTBOOT_PORT,
  formatAddress,
  isNetwork,
  parseAddress,
  portName,
  type NetworkAddress,
} from '../ports/address.ts';
import type { DiscoveredPort } from '../ports/discovery.ts';
import { mayBeModel } from '../terminals/catalogue.ts';
import type { Profile } from '../terminals/profile.ts';
import type { Context } from './context.ts';
import { ignoredAmong } from './ignored-ports.ts';

export interface LeftPort {
  readonly portUrl: string;
  /** Of the USB device behind it; null: none, or one that is not known. */
  readonly usbSerialNumber: string | null;
  /** Paths of the ports there were then; null: nobody knows. */
  readonly portsBefore: ReadonlySet<string> | null;
  /** Addresses that it had before this one. */
  readonly portsLeft?: ReadonlySet<string>;
  /** null: not known; then only the USB serial number tells. */
  readonly profile: Profile | null;
}

export async function otherPorts(
  context: Context,
  { portUrl, usbSerialNumber: usb, portsBefore, profile, portsLeft }: LeftPort,
): Promise<readonly string[]> {
  const address = parseAddress(portUrl);
  if (isNetwork(address)) {
    const training = context.trainings.doorsOf(portUrl);
    const doors = training.length > 0 ? training : networkDoors(address, portsLeft);
    const urls = address.kind === 'tcp' ? [] : doors;
    return urls.filter((url) => url !== portUrl && context.connections.onPort(url) === null);
  }
  if (address.kind !== 'serial' && address.kind !== 'usb') return [];
  const doors: readonly DiscoveredPort['door'][] =
    address.kind === 'usb' ? ['adb', 'fastboot'] : [null];
  // Whoever does not know this computer asks on its screen: ADB is not tried on one that came by chance.
  const isKnownByNumber = address.kind === 'usb' && usb !== null;
  const { ports } = await (address.kind === 'usb'
    ? context.discoverUsb()
    : context.discoverPorts());
  const ignored = await ignoredAmong(context, ports);
  const cameAsModel = (port: DiscoveredPort): boolean =>
    !isKnownByNumber &&
    portsBefore?.has(port.path) === false &&
    profile !== null &&
    mayBeModel(profile, port);
  return ports
    .filter(
      (port) =>
        doors.includes(port.door) &&
        !ignored.has(port.url) &&
        port.path !== portName(address) &&
        context.connections.onPort(port.url) === null &&
        ((usb !== null && port.serialNumber === usb) || cameAsModel(port)),
    )
    .map(({ url }) => url);
}

/** Where else the same host may answer: at the usual port of its other door, and where it was before. */
function networkDoors(
  { kind, host }: NetworkAddress,
  portsLeft: ReadonlySet<string> = new Set(),
): string[] {
  const other: NetworkAddress =
    kind === 'adb'
      ? { kind: 'fastboot', host, portNumber: FASTBOOT_PORT }
      : { kind: 'adb', host, portNumber: ADB_PORT };
  return [...new Set([...portsLeft, formatAddress(other)])];
}
