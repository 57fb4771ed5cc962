import type { Options } from '../options.ts';

/** Where the terminal was put up: what its installer set otherwise than the factory. */
export function installed({ serialNumber, uplink }: Options): Record<string, string> {
  const links = {
    wifi: {},
    cellular: { 'wifi/enabled': '0' },
    ethernet: { 'wifi/enabled': '0', 'eth/enabled': '1' },
  };
  return { 'sys/sn': serialNumber, ...links[uplink] };
}
