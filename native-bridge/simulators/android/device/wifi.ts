/** Wi-Fi: what is saved, what is in the air, and which of it is joined. */
import type { FaultSet } from '../faults.ts';

export interface SavedNetwork {
  readonly id: number;
  readonly ssid: string;
  readonly security: 'open' | 'wpa2';
  readonly passphrase: string;
}

interface AccessPoint {
  readonly ssid: string;
  readonly bssid: string;
  readonly frequencyMhz: number;
  readonly rssiDbm: number;
  readonly security: 'open' | 'wpa2';
  readonly passphrase: string;
}

export interface Joined extends AccessPoint {
  readonly id: number;
  readonly portal: boolean;
  readonly linkMbps: number;
}

export const HOME_SSID = 'LAOWANG-2F';
const NEIGHBOUR_SSID = 'CMCC-FREE';
/** The shop's second access point: in the air, and the terminal does not know it. */
const UPSTAIRS_SSID = 'LAOWANG-3F';
const UPSTAIRS_PASSPHRASE = 'noodles-upstairs';
const PASSPHRASE = 'posbench-training';
const CHANGED_PASSPHRASE = 'laowang-2026';
const WEAK_DBM = -88;

export class Wifi {
  readonly #faults: FaultSet;
  readonly #enabled: () => boolean;
  #saved: SavedNetwork[] = [
    { id: 0, ssid: HOME_SSID, security: 'wpa2', passphrase: PASSPHRASE },
    { id: 1, ssid: NEIGHBOUR_SSID, security: 'open', passphrase: '' },
  ];
  #chosenId: number | null = 0;

  constructor(faults: FaultSet, enabled: () => boolean) {
    this.#faults = faults;
    this.#enabled = enabled;
  }

  get enabled(): boolean {
    return this.#enabled();
  }

  get saved(): readonly SavedNetwork[] {
    return this.#saved;
  }

  /** Strongest first. */
  inTheAir(): AccessPoint[] {
    if (this.#faults.has('no-network')) return [];
    const rssiDbm = this.#faults.has('wifi-weak') ? WEAK_DBM : -52;
    const changed = this.#faults.has('wifi-not-joined');
    return [
      {
        ssid: HOME_SSID,
        bssid: '5a:11:c0:20:31:07',
        frequencyMhz: 5180,
        rssiDbm,
        security: 'wpa2' as const,
        passphrase: changed ? CHANGED_PASSPHRASE : PASSPHRASE,
      },
      {
        ssid: NEIGHBOUR_SSID,
        bssid: '06:74:9c:11:82:a0',
        frequencyMhz: 2437,
        rssiDbm: -71,
        security: 'open' as const,
        passphrase: '',
      },
      {
        ssid: UPSTAIRS_SSID,
        bssid: '5a:11:c0:20:31:19',
        frequencyMhz: 2462,
        rssiDbm: -79,
        security: 'wpa2' as const,
        passphrase: UPSTAIRS_PASSPHRASE,
      },
    ].sort((one, other) => other.rssiDbm - one.rssiDbm);
  }

  /** Null: off, nothing there, or the passphrase is wrong. */
  joined(): Joined | null {
    if (!this.#enabled()) return null;
    const saved = this.#saved.find(({ id }) => id === this.#chosenId);
    const point = this.inTheAir().find(({ ssid }) => ssid === saved?.ssid);
    if (saved === undefined || point === undefined) return null;
    if (point.security !== saved.security || point.passphrase !== saved.passphrase) return null;
    const portal = this.#faults.has('wifi-captive-portal') || saved.ssid === NEIGHBOUR_SSID;
    const linkMbps = point.rssiDbm < -80 ? 6 : 433;
    return { ...point, id: saved.id, portal, linkMbps };
  }

  choose(ssid: string): void {
    this.#chosenId = this.#saved.find((each) => each.ssid === ssid)?.id ?? null;
  }

  leaveHome(left: boolean): void {
    this.choose(left ? NEIGHBOUR_SSID : HOME_SSID);
  }

  save(network: Omit<SavedNetwork, 'id'>): number {
    const known = this.#saved.find(({ ssid }) => ssid === network.ssid);
    const id = known?.id ?? Math.max(-1, ...this.#saved.map((each) => each.id)) + 1;
    this.#saved = [...this.#saved.filter((each) => each.id !== id), { ...network, id }];
    return id;
  }

  forget(id: number): boolean {
    const before = this.#saved.length;
    this.#saved = this.#saved.filter((each) => each.id !== id);
    // What it is joined to is gone: it joins another that it knows.
    if (this.#chosenId === id) this.#chosenId = this.#saved[0]?.id ?? null;
    return this.#saved.length < before;
  }
}
