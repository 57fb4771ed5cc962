/**
 * The network as the terminal meets it: Wi-Fi, 4G or Ethernet, names, the tunnel, and the payment
 * host at the end of it. Everything is worked out when it is asked for, from settings and faults.
 */
import type { Random } from '../../engine/random.ts';
import type { FaultSet } from '../../faults.ts';
import type { Model } from '../../models/model.ts';
import type { Settings } from '../settings.ts';
import { cellState, type CellState } from './cellular.ts';
import {
  problemsOf,
  shownCertificate,
  type Certificate,
  type CertificateProblem,
} from './certificate.ts';
import { REQUESTS, quality, type Quality } from './quality.ts';
import { CARRIER, PUBLIC, ROUTER, ask, type Link } from './resolvers.ts';
import { tunnelState, type TunnelState } from './tunnel.ts';
import { wifiState, type WifiState } from './wifi.ts';

export interface Interface {
  readonly link: Link;
  readonly address: string;
  readonly gateway: string;
  readonly dns: string;
}

export interface Probe extends Quality {
  readonly address: string | null;
  readonly reached: boolean;
  readonly reason: string | null;
}

export interface Handshake {
  /** Null where there was no connection, or none that lasted until the certificate. */
  readonly certificate: Certificate | null;
  readonly problems: readonly CertificateProblem[];
  readonly failure: 'no connection' | 'handshake timed out' | null;
}

/** What the network looks at beside settings and faults. */
export interface Surroundings {
  readonly model: Model;
  readonly random: Random;
  uptimeSeconds(): number;
  /** What the terminal takes the time to be. */
  clockMs(): number;
}

const PUSH_HOST = 'push.posbench.test';
const FOREIGN_TUNNEL_MS = 176;
const OWN_TUNNEL_MS = 9;

export class Network {
  readonly #settings: Settings;
  readonly #faults: FaultSet;
  readonly #around: Surroundings;

  constructor(settings: Settings, faults: FaultSet, around: Surroundings) {
    this.#settings = settings;
    this.#faults = faults;
    this.#around = around;
  }

  wifi(): WifiState {
    return wifiState(this.#settings, this.#faults);
  }

  cell(): CellState {
    return cellState(this.#faults);
  }

  tunnel(): TunnelState {
    const uptimeSeconds = this.#around.uptimeSeconds();
    return tunnelState(this.#settings, this.#faults, {
      linked: this.#link() !== 'none',
      uptimeSeconds,
    });
  }

  interface(): Interface {
    const link = this.#link();
    if (link === 'none') return { link, address: '-', gateway: '-', dns: '-' };
    const server = this.#settings.active('net/dns');
    if (link === 'cellular') {
      const dns = server === 'auto' ? CARRIER : server;
      return { link, address: '10.131.7.42/29', gateway: '10.131.7.41', dns };
    }
    const address = link === 'wifi' ? '192.168.31.57/24' : '192.168.31.23/24';
    return { link, address, gateway: ROUTER, dns: server === 'auto' ? ROUTER : server };
  }

  paymentHost(): string {
    return this.#settings.active('net/host');
  }

  secondResolver(): string {
    return this.#link() === 'none' ? '-' : PUBLIC;
  }

  /** The address of a name, or null where nobody answers it. */
  resolve(name: string, server = this.interface().dns): string | null {
    return ask(server, name, { link: this.#link(), cell: this.cell(), faults: this.#faults });
  }

  /** Whether requests get through on 4G, whatever carries the payments. */
  get cellPasses(): boolean {
    return this.cell().passes !== 'nothing';
  }

  /** The channel that announcements come by. */
  pushOnline(): boolean {
    if (this.#faults.has('announcement-offline')) return false;
    if (this.resolve(PUSH_HOST) === null || this.#behindPortal()) return false;
    const certificate = shownCertificate(PUSH_HOST, null, this.#filtered());
    return problemsOf(certificate, PUSH_HOST, this.#around.clockMs()).length === 0;
  }

  probe(host: string): Probe {
    const link = this.#link();
    const address = this.resolve(host);
    const failed = (reason: string, sent = 0): Probe => ({
      address,
      reached: false,
      reason,
      sent,
      received: 0,
      rtt: { min: 0, avg: 0, max: 0 },
      jitterMs: 0,
      largePassed: 0,
    });
    if (link === 'none') return failed('no link');
    if (address === null) return failed('dns');
    if (this.#behindPortal()) return failed('portal', REQUESTS);
    if (!this.#letIn()) return failed('timeout', REQUESTS);
    if (this.#faults.has('platform-down')) return failed('refused', REQUESTS);
    if (this.#faults.has('payment-host-unreachable')) return failed('timeout', REQUESTS);
    const tested = { faults: this.#faults, random: this.#around.random };
    return { address, reached: true, reason: null, ...quality(link, this.#tunnelMs, tested) };
  }

  handshake(host: string): Handshake {
    const none = { certificate: null, problems: [] };
    const { reached, largePassed } = this.probe(host);
    if (!reached) return { ...none, failure: 'no connection' };
    // The host's certificate comes in packets of full size.
    if (largePassed === 0) return { ...none, failure: 'handshake timed out' };
    const certificate = shownCertificate(host, this.#faults, this.#filtered());
    const problems = problemsOf(certificate, host, this.#around.clockMs());
    return { certificate, problems, failure: null };
  }

  #link(): Link {
    if (this.#settings.active('eth/enabled') === '1' && !this.#faults.has('no-network')) {
      return 'ethernet';
    }
    if (this.wifi().state === 'COMPLETED') return 'wifi';
    return this.cell().registered ? 'cellular' : 'none';
  }

  #behindPortal(): boolean {
    return this.#link() === 'wifi' && this.wifi().portal !== null;
  }

  /** A filter sits in the shop's own network. */
  #filtered(): boolean {
    return this.#faults.has('tls-proxy') && this.#link() !== 'cellular';
  }

  #letIn(): boolean {
    return !this.#around.model.paysThroughVpn || this.tunnel().state === 'up';
  }

  /** What a tunnel adds: the acquirer's own gateway, or a provider far away. */
  get #tunnelMs(): number {
    if (this.tunnel().state !== 'up') return 0;
    return this.#around.model.paysThroughVpn ? OWN_TUNNEL_MS : FOREIGN_TUNNEL_MS;
  }
}
