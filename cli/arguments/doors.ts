/** Which port to take of a terminal that shows several. */
import type { PortInfo } from '../../native-bridge/contract/port.ts';

/** The most that can be done first: ADB reads and corrects, a serial port too, the others only flash. */
const byUse: readonly PortInfo['door'][] = ['adb', null, 'fastboot', 'dfu'];
const rank = ({ door }: PortInfo): number => byUse.indexOf(door);

/** One port for each terminal, in the order in which they were listed. */
export function bestDoors(ports: readonly PortInfo[]): PortInfo[] {
  const best = new Map<string, PortInfo>();
  for (const port of ports) {
    const device = port.deviceId ?? port.url;
    const before = best.get(device);
    if (before === undefined || rank(port) < rank(before)) best.set(device, port);
  }
  return [...best.values()];
}
