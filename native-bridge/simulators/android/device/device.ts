/**
 * The terminal itself: what it is, what is set, what is installed. Everything that it shows is worked
 * out from these, the faults and the world around, when it is asked for.
 */
import { batteryState, type BatteryState } from './battery.ts';
import { cellularState, type CellularState } from './cellular.ts';
import { Clock } from './clock.ts';
import { Files } from './files.ts';
import { buildInImage } from './image-build.ts';
import { Installation } from './installation.ts';
import { Log } from './log.ts';
import { networkState, type NetworkState, type VpnState } from './network.ts';
import { Packages } from './packages.ts';
import { defaultTables, tableNames, type TableName, type Tables } from './tables.ts';
import { Wifi } from './wifi.ts';
import { Partitions } from '../fastboot/partitions.ts';
import { faultOf, type FaultInfo, type FaultSet } from '../faults.ts';
import { fingerprintOf, type Firmware, type MerchantKey, type Model } from '../models/model.ts';

const FULL_FREE_BYTES = 40 * 1024 * 1024;
const USED_BYTES = 1_340_000_000;
const PUSHBACK_MS = 3_000;
const FORMER_TUNNEL = 'com.oldacquirer.tunnel';

export class Device {
  readonly model: Model;
  readonly faults: FaultSet;
  readonly clock: Clock;
  readonly wifi: Wifi;
  readonly files: Files;
  packages: Packages;
  tables: Tables;
  /** What the content provider holds, where the vendor has one. */
  #provider: Map<string, string>;
  readonly #installation: Installation;
  readonly partitions: Partitions;
  #serialNumber: string;
  /** What recovery wrote on its screen, newest last. */
  readonly recoveryScreen: string[] = [];
  /** Numbers of the blocks that recovery asked for, in order. */
  sideloadAsked: readonly number[] = [];
  onRecoveryText: (line: string) => void = () => undefined;
  zone = 'Asia/Shanghai';
  /** Apps that the system never puts to sleep. */
  readonly exempt = new Set<string>();
  readonly log: Log;
  #timers = new Set<NodeJS.Timeout>();

  constructor(model: Model, serialNumber: string, faults: FaultSet) {
    this.model = model;
    this.#serialNumber = serialNumber;
    this.faults = faults;
    this.tables = defaultTables(model);
    this.packages = new Packages(model);
    this.#provider = new Map(Object.entries(model.defaults));
    this.#installation = new Installation(model, faults);
    this.partitions = new Partitions(model);
    this.exempt.add(model.apps.payment.name);
    this.clock = new Clock(faults, () => this.#automaticTime());
    this.log = new Log(() => this.clock.nowMs);
    this.wifi = new Wifi(faults, () => this.#flag('wifi_on') && !this.airplaneMode);
    this.files = new Files(
      () => this.freeBytes,
      () => Math.floor(this.clock.nowMs / 1000),
    );
  }

  /** False: this model can't have it. */
  setFault(name: string, on: boolean): boolean {
    const fault = faultOf(this.model.name, name);
    if (fault === null) return false;
    this.faults.set(name, on);
    this.#writeSettingsOf(fault, on);
    this.#applyApps(name, on);
    if (name === 'wifi-wrong-ssid') this.wifi.leaveHome(on);
    if (name === 'firmware-old' || name === 'old-security-patch') {
      this.#installation.firmware = on ? this.model.olderFirmware : this.model.firmware;
    }
    return true;
  }

  get serialNumber(): string {
    return this.#serialNumber;
  }

  get firmware(): Firmware {
    return this.#installation.firmware;
  }

  get slot(): 'a' | 'b' | null {
    return this.#installation.slot;
  }

  set slot(slot: 'a' | 'b' | null) {
    this.#installation.slot = slot;
  }

  get locked(): boolean {
    return this.faults.has('bootloader-locked');
  }

  get maxDownloadBytes(): number {
    return this.faults.has('fastboot-small-download') ? 1024 * 1024 : this.model.maxDownloadBytes;
  }

  get bootloaderVersion(): string {
    return `${this.model.device}-boot-2.4`;
  }

  /** By recovery, from an update package. */
  install(firmware: Firmware): void {
    this.#installation.update(firmware);
    this.#newBuild();
  }

  /** A partition was written; a system's image brings its build. */
  flashed(partition: string): void {
    const content = this.partitions.content(partition);
    if (content === null || !/^(system|super|boot)/.test(partition)) return;
    const build = buildInImage(content, this.firmware);
    if (build === null) return;
    const suffix = /_([ab])$/.exec(partition)?.[1];
    this.#installation.flashed(suffix === 'a' || suffix === 'b' ? suffix : this.slot, build);
    this.#newBuild();
  }

  #newBuild(): void {
    this.faults.set('firmware-old', false);
    this.faults.set('old-security-patch', false);
  }

  /** Something was installed, and Android has not run since. */
  get hasNewBuild(): boolean {
    return this.#installation.tried;
  }

  /** Android starts. */
  started(): void {
    if (this.hasNewBuild && this.faults.has('settings-lost-all')) this.loseSettings();
    if (this.hasNewBuild && this.faults.has('other-device-after-flash')) {
      this.#serialNumber = `${this.#serialNumber.slice(0, -3)}999`;
    }
    this.#installation.started();
    this.clock.booted();
  }

  /** What was installed does not start: the build from before does. */
  goBack(): void {
    this.#installation.goBack();
  }

  showInRecovery(text: string): void {
    for (const line of text.split('\n')) {
      this.recoveryScreen.push(line);
      this.onRecoveryText(line);
    }
  }

  get fingerprint(): string {
    return fingerprintOf(this.model, this.firmware);
  }

  get airplaneMode(): boolean {
    return this.#flag('airplane_mode_on');
  }

  get battery(): BatteryState {
    return batteryState(this.faults);
  }

  get cellular(): CellularState {
    return cellularState(this.faults, !this.airplaneMode, this.#flag('mobile_data'));
  }

  get vpn(): VpnState {
    const alwaysOn = this.tables.secure.get('always_on_vpn_app') ?? '';
    const lockdown = this.tables.secure.get('always_on_vpn_lockdown') === '1';
    const wanted = alwaysOn === '' ? null : alwaysOn;
    const former = this.faults.has('vpn-forbidden-up') ? FORMER_TUNNEL : null;
    const up = this.faults.has('vpn-down') ? null : wanted;
    return { up: former ?? up, alwaysOn: wanted, lockdown };
  }

  get network(): NetworkState {
    const { global } = this.tables;
    return networkState({
      faults: this.faults,
      wifi: this.wifi.joined(),
      cellular: this.cellular,
      paymentHost: this.merchant('payment_host'),
      proxy: global.get('http_proxy') ?? '',
      privateDns: {
        mode: global.get('private_dns_mode') ?? 'off',
        server: global.get('private_dns_specifier') ?? '',
      },
      vpn: this.vpn,
      paysThroughVpn: this.model.paysThroughVpn,
    });
  }

  get usedBytes(): number {
    const apks = this.packages.list().reduce((sum, { apk }) => sum + (apk?.length ?? 0), 0);
    const full = this.faults.has('storage-full');
    const base = full ? this.model.dataBytes - FULL_FREE_BYTES : USED_BYTES;
    return Math.min(this.model.dataBytes, base + apks + this.files.usedBytes);
  }

  get freeBytes(): number {
    return Math.max(0, this.model.dataBytes - this.usedBytes);
  }

  merchant(key: MerchantKey): string {
    const { merchantStore } = this.model;
    if (merchantStore.kind === 'provider') return this.#provider.get(key) ?? '';
    return this.tables.secure.get(merchantStore.prefix + key) ?? '';
  }

  merchantKeys(): string[] {
    return [...this.#provider.keys()];
  }

  setMerchant(key: string, value: string): void {
    const { merchantStore } = this.model;
    if (merchantStore.kind === 'settings') {
      this.writeSetting('secure', merchantStore.prefix + key, value);
      return;
    }
    const before = this.#provider.get(key);
    this.#provider.set(key, value);
    this.#pushBack(() => this.#restore(this.#provider, key, before));
  }

  /** Null: deleted. */
  writeSetting(table: TableName, key: string, value: string | null): void {
    const rows = this.tables[table];
    const before = rows.get(key);
    if (value === null) rows.delete(key);
    else rows.set(key, value);
    this.#pushBack(() => this.#restore(rows, key, before));
  }

  /** An installation that kept nothing. */
  loseSettings(): void {
    this.tables = defaultTables(this.model);
    this.#provider = new Map(this.merchantKeys().map((key) => [key, '']));
    const { merchantStore } = this.model;
    if (merchantStore.kind !== 'settings') return;
    for (const key of this.#provider.keys()) {
      this.tables.secure.delete(merchantStore.prefix + key);
    }
  }

  stop(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }

  /** A management system brings back what was there, a few seconds later. */
  #pushBack(restore: () => void): void {
    if (!this.faults.has('managed-pushback')) return;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      if (this.faults.has('managed-pushback')) restore();
    }, PUSHBACK_MS);
    this.#timers.add(timer);
  }

  #restore(rows: Map<string, string>, key: string, value: string | undefined): void {
    if (value === undefined) rows.delete(key);
    else rows.set(key, value);
  }

  #flag(key: string): boolean {
    return this.tables.global.get(key) === '1';
  }

  #automaticTime(): boolean {
    return this.#flag('auto_time') && this.network.resolves;
  }

  #writeSettingsOf({ settings = {} }: FaultInfo, on: boolean): void {
    const good = defaultTables(this.model);
    for (const [address, wrong] of Object.entries(settings)) {
      const [where = '', key = ''] = address.split('/');
      const table = tableNames.find((name) => name === where);
      if (where === 'prop') this.zone = on ? wrong : 'Asia/Shanghai';
      else if (table !== undefined) {
        const value = on ? wrong : (good[table].get(key) ?? '');
        if (value === '') this.tables[table].delete(key);
        else this.tables[table].set(key, value);
      } else
        this.#setSilently(key as MerchantKey, on ? wrong : this.model.defaults[key as MerchantKey]);
    }
  }

  #setSilently(key: MerchantKey, value: string): void {
    const { merchantStore } = this.model;
    if (merchantStore.kind === 'provider') this.#provider.set(key, value);
    else this.tables.secure.set(merchantStore.prefix + key, value);
  }

  #applyApps(name: string, on: boolean): void {
    const { payment, scanner, otherPayment } = this.model.apps;
    const { packages } = this;
    if (name === 'payment-app-missing') {
      if (on) packages.remove(payment.name);
      else packages.restore(payment);
    } else if (name === 'payment-app-old') {
      const old = { versionCode: payment.versionCode - 10_000, versionName: '1.9.2' };
      packages.restore(on ? { ...payment, ...old } : payment);
    } else if (name === 'payment-app-disabled') {
      packages.setEnabled(payment.name, on ? 'disabled-user' : 'default');
    } else if (name === 'scanner-app-disabled') {
      packages.setEnabled(scanner.name, on ? 'disabled-user' : 'default');
    } else if (name === 'two-acquirers') {
      if (on) packages.restore(otherPayment);
      else packages.remove(otherPayment.name);
    } else if (name === 'payment-app-asleep') {
      if (on) this.exempt.delete(payment.name);
      else this.exempt.add(payment.name);
    }
  }
}
