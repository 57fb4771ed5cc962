/** The shop's network as the terminal meets it: its Wi-Fi, the 4G network, DNS, the payment host. */
import type { FaultSet } from '../faults.ts';
import type { Settings } from './settings.ts';

export interface WifiState {
  readonly state: 'COMPLETED' | 'SCANNING' | 'DISCONNECTED';
  readonly ssid: string;
  readonly bssid: string;
  readonly channel: number;
  readonly security: string;
  readonly rssiDbm: number;
  readonly portal: string | null;
}

export interface CellState {
  readonly registered: boolean;
  readonly operator: string;
  readonly rsrpDbm: number;
  readonly sinrDb: number;
  readonly address: string;
}

export interface Interface {
  readonly link: 'wifi' | 'cellular' | 'none';
  readonly address: string;
  readonly gateway: string;
  readonly dns: string;
}

export interface Probe {
  readonly address: string | null;
  readonly reached: boolean;
  readonly reason: string | null;
  readonly sent: number;
  readonly received: number;
  readonly rtt: { readonly min: number; readonly avg: number; readonly max: number };
  readonly jitterMs: number;
  readonly largePassed: number;
}

const SHOP = { ssid: 'LAOWANG-2F', psk: 'posbench-training' };
const PUBLIC_SSID = 'CMCC-FREE';
const NAMES: Readonly<Record<string, string>> = {
  'pay.posbench.test': '203.0.113.24',
  'time.posbench.test': '203.0.113.30',
};
const DNS_SERVERS = new Set([
  '192.168.31.1',
  '10.131.0.1',
  '223.5.5.5',
  '119.29.29.29',
  '114.114.114.114',
]);

export class Network {
  readonly #settings: Settings;
  readonly #faults: FaultSet;

  constructor(settings: Settings, faults: FaultSet) {
    this.#settings = settings;
    this.#faults = faults;
  }

  wifi(): WifiState {
    const ssid = this.#settings.active('wifi/ssid');
    const off = { bssid: '', channel: 0, security: '', rssiDbm: 0, portal: null };
    const open = ssid === PUBLIC_SSID;
    if (this.#faults.has('no-network') || (!open && ssid !== SHOP.ssid)) {
      return { state: 'SCANNING', ssid, ...off };
    }
    if (!open && this.#settings.active('wifi/psk') !== SHOP.psk) {
      return { state: 'DISCONNECTED', ssid, ...off };
    }
    const rssiDbm = open ? -71 : -52;
    return {
      state: 'COMPLETED',
      ssid,
      bssid: open ? '8C:53:C3:0E:11:40' : '5A:11:C0:20:31:07',
      channel: open ? 11 : 6,
      security: open ? 'OPEN' : 'WPA2-PSK',
      rssiDbm: this.#faults.has('wifi-weak') ? -88 : rssiDbm,
      portal: this.#faults.has('wifi-captive-portal') ? 'http://192.168.31.1/login' : null,
    };
  }

  cell(): CellState {
    return {
      registered: !this.#faults.has('no-network'),
      operator: 'CMCC',
      rsrpDbm: -94,
      sinrDb: 12,
      address: '10.131.7.42',
    };
  }

  interface(): Interface {
    const server = this.#settings.active('net/dns');
    if (this.wifi().state === 'COMPLETED') {
      const dns = server === 'auto' ? '192.168.31.1' : server;
      return { link: 'wifi', address: '192.168.31.57/24', gateway: '192.168.31.1', dns };
    }
    if (!this.cell().registered) return { link: 'none', address: '-', gateway: '-', dns: '-' };
    const dns = server === 'auto' ? '10.131.0.1' : server;
    return { link: 'cellular', address: '10.131.7.42/29', gateway: '10.131.7.41', dns };
  }

  paymentHost(): string {
    return this.#settings.active('net/host');
  }

  /** The address of a name, or null where nobody answers it. */
  resolve(name: string): string | null {
    const { link, dns } = this.interface();
    if (link === 'none' || !DNS_SERVERS.has(dns)) return null;
    return Object.hasOwn(NAMES, name) ? (NAMES[name] ?? null) : null;
  }

  probe(host: string): Probe {
    const link = this.interface().link;
    const address = this.resolve(host);
    const nothing = { sent: 0, received: 0, rtt: { min: 0, avg: 0, max: 0 }, jitterMs: 0 };
    const failed = (reason: string, sent = 0): Probe => ({
      ...nothing,
      address,
      reached: false,
      reason,
      sent,
      largePassed: 0,
    });
    if (link === 'none') return failed('no link');
    if (address === null) return failed('dns');
    if (link === 'wifi' && this.wifi().portal !== null) return failed('portal', 10);
    if (this.#faults.has('platform-down')) return failed('refused', 10);
    if (this.#faults.has('payment-host-unreachable')) return failed('timeout', 10);
    return { address, reached: true, reason: null, ...this.#quality(link) };
  }

  #quality(link: Interface['link']): Omit<Probe, 'address' | 'reached' | 'reason'> {
    const weak = link === 'wifi' && this.#faults.has('wifi-weak');
    const base = link === 'wifi' ? 38 : 71;
    const avg = this.#faults.has('slow-network') ? 1812 : weak ? 164 : base;
    const lost = this.#faults.has('packet-loss') ? 4 : weak ? 1 : 0;
    const largePassed = this.#faults.has('mtu-blackhole') ? 0 : 3;
    const rtt = { min: Math.round(avg * 0.82), avg, max: Math.round(avg * 1.37) };
    return { sent: 10, received: 10 - lost, rtt, jitterMs: Math.round(avg * 0.16), largePassed };
  }
}
