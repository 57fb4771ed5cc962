/** The way to the payment host: which link carries it, whether names resolve, what a request gets. */
import type { CellularState } from './cellular.ts';
import type { Joined } from './wifi.ts';
import type { FaultSet } from '../faults.ts';

export interface NetworkInput {
  readonly faults: FaultSet;
  readonly wifi: Joined | null;
  readonly cellular: CellularState;
  readonly paymentHost: string;
  readonly proxy: string;
  readonly privateDns: { readonly mode: string; readonly server: string };
  readonly vpn: VpnState;
  readonly paysThroughVpn: boolean;
}

export interface VpnState {
  /** Package of the app whose tunnel is up. */
  readonly up: string | null;
  readonly alwaysOn: string | null;
  readonly lockdown: boolean;
}

export type Link = 'wifi' | 'cellular' | 'none';

export interface NetworkState {
  readonly link: Link;
  readonly interface: string | null;
  readonly address: string | null;
  readonly prefixLength: number;
  readonly gateway: string | null;
  readonly dns: readonly string[];
  readonly resolves: boolean;
  readonly portal: boolean;
  /** Android's own verdict on the link. */
  readonly validated: boolean;
  readonly host: HostAnswer;
}

export interface HostAnswer {
  readonly reach: 'ok' | 'no-link' | 'portal' | 'dns' | 'timeout' | 'refused';
  readonly lossPercent: number;
  readonly rttMs: number;
  readonly jitterMs: number;
  readonly tls: 'ok' | 'expired' | 'not-yet-valid' | 'name' | 'issuer' | 'none';
}

export const PAYMENT_HOST = 'pay.posbench.test';
export const PAYMENT_ADDRESS = '203.0.113.24';
const PUBLIC_RESOLVER = '223.5.5.5';

export function networkState(input: NetworkInput): NetworkState {
  const { faults, wifi, cellular } = input;
  const link: Link = wifi !== null ? 'wifi' : cellular.attached ? 'cellular' : 'none';
  const portal = wifi?.portal === true;
  const passes = link === 'wifi' ? !portal : cellular.passes;
  const dnsOk =
    input.privateDns.mode !== 'hostname' || /posbench\.test$/.test(input.privateDns.server);
  const resolverOk = link !== 'wifi' || !faults.has('router-dns-silent');
  const resolves = passes && dnsOk && resolverOk;
  const proxied = input.proxy !== '' && input.proxy !== ':0';
  return {
    ...addresses(link),
    link,
    resolves,
    portal,
    validated: resolves && !proxied,
    host: hostAnswer(input, { link, portal, resolves, passes: passes && !proxied }),
  };
}

function addresses(link: Link) {
  if (link === 'wifi') {
    return {
      interface: 'wlan0',
      address: '192.168.31.57',
      prefixLength: 24,
      gateway: '192.168.31.1',
      dns: ['192.168.31.1', PUBLIC_RESOLVER],
    };
  }
  if (link === 'cellular') {
    return {
      interface: 'rmnet_data0',
      address: '10.77.14.203',
      prefixLength: 29,
      gateway: '10.77.14.204',
      dns: ['211.136.17.107', '211.136.20.203'],
    };
  }
  return { interface: null, address: null, prefixLength: 0, gateway: null, dns: [] };
}

interface Way {
  readonly link: Link;
  readonly portal: boolean;
  readonly resolves: boolean;
  readonly passes: boolean;
}

function hostAnswer(input: NetworkInput, way: Way): HostAnswer {
  const reach = reachOf(input, way);
  const { faults } = input;
  if (reach !== 'ok') return { reach, lossPercent: 100, rttMs: 0, jitterMs: 0, tls: 'none' };
  const slow = faults.has('slow-network');
  const jittery = faults.has('jittery-network');
  return {
    reach,
    lossPercent: faults.has('packet-loss') ? 40 : 0,
    rttMs: slow ? 1800 : jittery ? 290 : 38,
    jitterMs: jittery ? 260 : 6,
    tls: tlsOf(faults),
  };
}

function reachOf(
  input: NetworkInput,
  { link, portal, resolves, passes }: Way,
): HostAnswer['reach'] {
  if (link === 'none') return 'no-link';
  if (portal) return 'portal';
  if (!resolves || input.paymentHost !== PAYMENT_HOST) return 'dns';
  if (!passes || input.faults.has('payment-host-unreachable')) return 'timeout';
  if (input.paysThroughVpn !== (input.vpn.up !== null)) return 'timeout';
  return input.faults.has('platform-down') ? 'refused' : 'ok';
}

function tlsOf(faults: FaultSet): HostAnswer['tls'] {
  if (faults.has('certificate-expired-at-host')) return 'expired';
  // The terminal's clock lies before the certificate's first day.
  if (faults.has('certificate-not-yet-valid') || faults.has('clock-reset')) return 'not-yet-valid';
  if (faults.has('certificate-wrong-name')) return 'name';
  if (faults.has('certificate-unknown-issuer')) return 'issuer';
  return 'ok';
}
