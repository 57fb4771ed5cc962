/** One process at a time has a port: the name of its lock. */
import { parseAddress, portName } from '../ports/address.ts';

export function portLockName(portUrl: string): string {
  return `port ${portName(parseAddress(portUrl))}`;
}
