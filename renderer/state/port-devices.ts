/** Ports that are doors of one USB device, together: a terminal shows as serial port, ADB and modem at once. */
import type { PortInfo } from '../../native-bridge/contract/port.ts';

export interface PortDevice {
  /** Stays the same while the device is plugged in. */
  readonly key: string;
  /** What the device calls itself; null: nothing, or it is one port and no device. */
  readonly name: string | null;
  readonly serialNumber: string | null;
  readonly ports: readonly PortInfo[];
}

/** In the order of the ports; the doors of one device stand where its first one does. */
export function portDevices(ports: readonly PortInfo[]): PortDevice[] {
  const groups = new Map<string, PortInfo[]>();
  for (const port of ports) {
    const key = port.deviceId ?? port.url;
    groups.set(key, [...(groups.get(key) ?? []), port]);
  }
  return [...groups].map(([key, doors]) => ({
    key,
    name: nameOf(doors),
    serialNumber: doors.find(({ serialNumber }) => serialNumber !== null)?.serialNumber ?? null,
    ports: doors,
  }));
}

function nameOf(doors: readonly PortInfo[]): string | null {
  const known = doors.find(({ product }) => product !== null) ?? doors[0];
  const words = [known?.manufacturer ?? null, known?.product ?? null].filter(
    (word) => word !== null,
  );
  const [maker = '', product = ''] = words;
  // Many makers stand in their product's name as well.
  if (product.toLowerCase().startsWith(maker.toLowerCase()) && product !== '') return product;
  return words.length === 0 ? null : words.join(' ');
}
