/** What is attached as the bridge reports it: terminals, and the ports that none of them stands on. */
import type { PortInfo, PortList } from '../../native-bridge/contract/port.ts';
import type { Terminal } from '../../native-bridge/contract/terminal.ts';
import { portDevices, type PortDevice } from './port-devices.ts';

export class Attached {
  list = $state.raw<readonly Terminal[]>([]);
  ports = $state.raw<PortList>({ ports: [], listedBy: 'system' });

  /** Ports that no terminal in the list stands on. */
  get freePorts(): readonly PortInfo[] {
    const taken = this.list.filter(({ connected }) => connected).map(({ portUrl }) => portUrl);
    return this.ports.ports.filter(({ url }) => !taken.includes(url));
  }

  /** As `freePorts`, a device's doors together. */
  get freeDevices(): readonly PortDevice[] {
    return portDevices(this.freePorts);
  }

  /** By another of its doors. */
  isConnected({ ports }: PortDevice): boolean {
    return this.list.some(
      ({ connected, portUrl }) =>
        connected && this.otherDoors(portUrl).some(({ url }) => url === ports[0]?.url),
    );
  }

  /** Other ways to the terminal on this port: the rest of its USB device's doors. */
  otherDoors(portUrl: string): readonly PortInfo[] {
    const { ports } = this.ports;
    const deviceId = ports.find(({ url }) => url === portUrl)?.deviceId ?? null;
    if (deviceId === null) return [];
    return ports.filter((port) => port.deviceId === deviceId && port.url !== portUrl);
  }
}
