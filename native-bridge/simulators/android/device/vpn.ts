/**
 * The VPN that is always on. Android reads its rows when it starts its user, and writes them itself
 * where it is set on the terminal; nobody looks whether a shell has changed them (AOSP,
 * Vpn.loadAlwaysOnPackage). An app that is not there is none.
 */
import type { VpnState } from './network.ts';
import type { Packages } from './packages.ts';
import type { Settings } from './settings.ts';
import type { FaultSet } from '../faults.ts';

const FORMER_TUNNEL = 'com.oldacquirer.tunnel';

export class Vpn {
  readonly #settings: Settings;
  readonly #packages: Packages;
  readonly #faults: FaultSet;
  #app: string | null = null;
  #lockdown = false;

  constructor(settings: Settings, packages: Packages, faults: FaultSet) {
    this.#settings = settings;
    this.#packages = packages;
    this.#faults = faults;
    this.started();
  }

  /** Android starts, or somebody sets it on its screen. */
  started(): void {
    const { secure } = this.#settings.tables;
    const app = secure.get('always_on_vpn_app') ?? '';
    this.#app = this.#packages.get(app) === undefined ? null : app;
    this.#lockdown = this.#app !== null && secure.get('always_on_vpn_lockdown') === '1';
  }

  get state(): VpnState {
    const former = this.#faults.has('vpn-forbidden-up') ? FORMER_TUNNEL : null;
    const up = this.#faults.has('vpn-down') ? null : this.#app;
    return { up: former ?? up, alwaysOn: this.#app, lockdown: this.#lockdown };
  }
}
