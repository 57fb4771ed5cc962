/**
 * The terminal itself: what it is, what is set, what is installed. Everything that it shows is worked
 * out from these, the faults and the world around, when it is asked for.
 */
import { randomUUID } from 'node:crypto';
import { batteryState, type BatteryState } from './battery.ts';
import { cellularState, type CellularState } from './cellular.ts';
import { Clock } from './clock.ts';
import { applyFault } from './faulty.ts';
import { Files } from './files.ts';
import { buildInImage } from './image-build.ts';
import { Installation } from './installation.ts';
import { Log } from './log.ts';
import { networkState, type NetworkState, type VpnState } from './network.ts';
import { Packages } from './packages.ts';
import { Settings } from './settings.ts';
import { Vpn } from './vpn.ts';
import { Wifi } from './wifi.ts';
import { Partitions } from '../fastboot/partitions.ts';
import { faultOf, type FaultSet } from '../faults.ts';
import { fingerprintOf, type Firmware, type Model } from '../models/model.ts';

const FULL_FREE_BYTES = 40 * 1024 * 1024;
const USED_BYTES = 1_340_000_000;

export class Device {
  readonly model: Model;
  readonly faults: FaultSet;
  readonly clock: Clock;
  readonly wifi: Wifi;
  readonly files: Files;
  readonly packages: Packages;
  readonly settings: Settings;
  readonly installation: Installation;
  readonly partitions: Partitions;
  #serialNumber: string;
  /** What recovery wrote on its screen, newest last. */
  readonly recoveryScreen: string[] = [];
  /** Numbers of the blocks that recovery asked for, in order. */
  sideloadAsked: readonly number[] = [];
  /** Of those the ones that came, whole. */
  sideloadTaken: readonly number[] = [];
  /** Of this start. */
  bootId = randomUUID();
  onRecoveryText: (line: string) => void = () => undefined;
  zone = 'Asia/Shanghai';
  /** Apps that the system never puts to sleep. */
  readonly exempt = new Set<string>();
  readonly log: Log;
  readonly #vpn: Vpn;

  constructor(model: Model, serialNumber: string, faults: FaultSet) {
    this.model = model;
    this.#serialNumber = serialNumber;
    this.faults = faults;
    this.settings = new Settings(model, faults);
    this.packages = new Packages(model);
    this.#vpn = new Vpn(this.settings, this.packages, faults);
    this.installation = new Installation(model, faults);
    this.partitions = new Partitions(model);
    this.exempt.add(model.apps.payment.name);
    this.clock = new Clock(faults, () => this.#automaticTime());
    this.log = new Log(() => this.clock.nowMs);
    this.wifi = new Wifi(faults, () => this.settings.flag('wifi_on') && !this.airplaneMode);
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
    applyFault(this, fault, on);
    this.#vpn.started();
    return true;
  }

  get serialNumber(): string {
    return this.#serialNumber;
  }

  get firmware(): Firmware {
    return this.installation.firmware;
  }

  get slot(): 'a' | 'b' | null {
    return this.installation.slot;
  }

  set slot(slot: 'a' | 'b' | null) {
    this.installation.slot = slot;
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
    this.installation.update(firmware);
    this.#newBuild();
  }

  /** A partition was written; a system's image brings its build. */
  flashed(partition: string): void {
    const content = this.partitions.content(partition);
    if (content === null || !/^(system|super|boot)/.test(partition)) return;
    const build = buildInImage(content, this.firmware);
    if (build === null) return;
    const suffix = /_([ab])$/.exec(partition)?.[1];
    this.installation.flashed(suffix === 'a' || suffix === 'b' ? suffix : this.slot, build);
    this.#newBuild();
  }

  #newBuild(): void {
    this.faults.set('firmware-old', false);
    this.faults.set('old-security-patch', false);
  }

  /** Something was installed, and Android has not run since. */
  get hasNewBuild(): boolean {
    return this.installation.tried;
  }

  /** Android starts. */
  started(): void {
    if (this.hasNewBuild && this.faults.has('settings-lost-all')) this.settings.lose();
    if (this.hasNewBuild && this.faults.has('other-device-after-flash')) {
      this.#serialNumber = `${this.#serialNumber.slice(0, -3)}999`;
    }
    this.bootId = randomUUID();
    this.installation.started();
    this.clock.booted();
    this.#vpn.started();
  }

  /** What was installed does not start: the build from before does. */
  goBack(): void {
    this.installation.goBack();
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
    return this.settings.flag('airplane_mode_on');
  }

  get battery(): BatteryState {
    return batteryState(this.faults);
  }

  get cellular(): CellularState {
    return cellularState(this.faults, !this.airplaneMode, this.settings.flag('mobile_data'));
  }

  get vpn(): VpnState {
    return this.#vpn.state;
  }

  get network(): NetworkState {
    const { global } = this.settings.tables;
    return networkState({
      faults: this.faults,
      wifi: this.wifi.joined(),
      cellular: this.cellular,
      paymentHost: this.settings.merchant('payment_host'),
      proxy: this.settings.proxy,
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

  stop(): void {
    this.settings.stop();
  }

  #automaticTime(): boolean {
    return this.settings.flag('auto_time') && this.network.resolves;
  }
}
