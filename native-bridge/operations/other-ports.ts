/**
 * Where a terminal may be that left its port: on one that shows its USB serial number (its boot
 * loader or its recovery may show another product), or on one that came since and is the model's USB
 * device. Ports that were there before are other things, another door of its device speaks another
 * protocol, and what is connected here already is left alone.
 */
import { parseAddress, portName } from '../ports/address.ts';
import type { DiscoveredPort } from '../ports/discovery.ts';
import { mayBeModel } from '../terminals/catalogue.ts';
import type { Profile } from '../terminals/profile.ts';
import type { Context } from './context.ts';

export interface LeftPort {
  readonly portUrl: string;
  /** Of the USB device behind it; null: none, or one that is not known. */
  readonly usbSerialNumber: string | null;
  /** Paths of the ports there were then; null: nobody knows. */
  readonly portsBefore: ReadonlySet<string> | null;
  /** null: not known; then only the USB serial number tells. */
  readonly profile: Profile | null;
}

export async function otherPorts(
  context: Context,
  { portUrl, usbSerialNumber: usb, portsBefore, profile }: LeftPort,
): Promise<readonly DiscoveredPort[]> {
  const address = parseAddress(portUrl);
  if (address.kind !== 'serial' && address.kind !== 'usb') return [];
  const door = address.kind === 'usb' ? 'adb' : null;
  // Whoever does not know this computer asks on its screen: ADB is not tried on one that came by chance.
  const isKnownByNumber = door === 'adb' && usb !== null;
  const { ports } = await context.discoverPorts();
  const cameAsModel = (port: DiscoveredPort): boolean =>
    !isKnownByNumber &&
    portsBefore?.has(port.path) === false &&
    profile !== null &&
    mayBeModel(profile, port);
  return ports.filter(
    (port) =>
      port.door === door &&
      port.path !== portName(address) &&
      context.connections.onPort(port.url) === null &&
      ((usb !== null && port.serialNumber === usb) || cameAsModel(port)),
  );
}
