/**
 * `ip addr` of toybox or iproute2: interfaces with their addresses. Without the routes it does not
 * tell which interface is in use, so an address is named only where there is but one candidate.
 */
import { linesOf } from './text.ts';

export interface IpInterface {
  readonly name: string;
  readonly up: boolean;
  /** Without the prefix's length; link-local and host ones are left out. */
  readonly addresses: readonly string[];
}

const MAX_INTERFACES = 256;
const MAX_ADDRESSES = 64;

/** null: this is no list of addresses. Loopback has one wherever there is a list. */
export function parseIpAddress(text: string): readonly IpInterface[] | null {
  const interfaces: { name: string; up: boolean; addresses: string[] }[] = [];
  let hasAddress = false;
  for (const line of linesOf(text)) {
    const [, name, flags] =
      /^\d{1,6}: ([\w.:-]{1,32})(?:@[\w.:-]{1,32})?: <([A-Z0-9_,-]{0,256})>/.exec(line) ?? [];
    if (name !== undefined && interfaces.length < MAX_INTERFACES) {
      interfaces.push({ name, up: flags?.split(',').includes('UP') ?? false, addresses: [] });
      continue;
    }
    const [, address, scope] =
      /^\s{1,8}inet6? ([0-9a-f.:]{2,45})(?:\/\d{1,3})? .{0,160}?\bscope (\w{1,16})/.exec(line) ??
      [];
    if (address !== undefined) hasAddress = true;
    const last = interfaces.at(-1)?.addresses;
    if (
      address !== undefined &&
      scope === 'global' &&
      last !== undefined &&
      last.length < MAX_ADDRESSES
    )
      last.push(address);
  }
  return hasAddress ? interfaces : null;
}

/** Loopback, tunnels, and what carries nothing by itself. */
const notOutward =
  /^(?:lo|dummy|tun|tap|ppp|wg|ipsec|ip_vti|ip6_vti|sit|ip6tnl|p2p|rndis|usb|ap)\d*$/;

/** The terminal's address to the outside: '' for none, null where it is not clear which. */
export function outwardAddress(interfaces: readonly IpInterface[] | null): string | null {
  if (interfaces === null) return null;
  const outward = interfaces.filter(
    ({ name, up, addresses }) => up && addresses.length > 0 && !notOutward.test(name),
  );
  if (outward.length === 0) return '';
  if (outward.length > 1) return null;
  const [{ addresses } = { addresses: [] }] = outward;
  return addresses.find((address) => !address.includes(':')) ?? addresses[0] ?? null;
}
