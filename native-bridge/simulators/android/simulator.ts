/**
 * The simulated terminal from outside: two lines (adbd's and the boot loader's), of which the one is
 * open that the mode has, and the way from one mode to another.
 */
import type { Asking, AuthPolicy } from './adb/auth.ts';
import { KnownKeys } from './adb/auth.ts';
import { Connection } from './adb/connection.ts';
import type { Pipe } from './adb/pipe.ts';
import type { Stream } from './adb/stream.ts';
import { bannerOf, type AdbState } from './banner.ts';
import { Device } from './device/device.ts';
import { provideKernelFiles } from './device/kernel-files.ts';
import { FaultSet } from './faults.ts';
import { LineManners } from './line-manners.ts';
import { models } from './models/index.ts';
import type { Options } from './options.ts';
import type { Line, Lines, Mode, Talk } from './lines.ts';
import { recoveryService, sideloadService, systemService } from './services/services.ts';

const adbStates: Partial<Record<Mode, AdbState>> = {
  system: 'device',
  recovery: 'recovery',
  sideload: 'sideload',
};

/** For the last reply to get out. */
const REPLY_MS = 50;
const MOST_SCREEN_LINES = 40;

export class Simulator {
  readonly device: Device;
  readonly #options: Options;
  readonly #faults = new FaultSet();
  readonly #knownKeys = new KnownKeys();
  readonly #adb: Line;
  readonly #fastboot: Line;
  readonly #say: (event: object) => void;
  #mode: Mode = 'off';
  #asking: Asking | null = null;
  #startTimer: NodeJS.Timeout | undefined;
  #pulled = false;
  #autoReboot = false;

  constructor(options: Options, lines: Lines, say: (event: object) => void = () => undefined) {
    this.#options = options;
    this.#say = say;
    this.device = new Device(models[options.model], options.serialNumber, this.#faults);
    provideKernelFiles(this.device);
    for (const key of options.knownKeys) this.#knownKeys.add(key);
    this.#adb = lines.adb((pipe) => this.#accept(pipe));
    this.#fastboot = lines.fastboot(() => ({
      device: this.device,
      userspace: this.#mode === 'fastboot',
      reboot: (target) => this.#rebootSoon(target),
      die: (target) => void this.reboot(target),
    }));
    this.device.onRecoveryText = (text) => say({ event: 'screen', text });
    for (const fault of options.faults) this.device.setFault(fault, true);
    if (options.locked) this.device.setFault('bootloader-locked', true);
  }

  /** Where it is found, and who it is. */
  async start(): Promise<object> {
    await this.#adb.reserve();
    await this.#fastboot.reserve();
    await this.#enter(this.#options.mode, false);
    return this.addresses();
  }

  addresses(): object {
    const { serialNumber } = this.device;
    return { adb: this.#adb.address, fastboot: this.#fastboot.address, serialNumber };
  }

  async stop(): Promise<void> {
    clearTimeout(this.#startTimer);
    this.device.stop();
    await this.#closePorts();
  }

  /** False: this model can't have it. */
  setFault(name: string, on: boolean): boolean {
    return this.device.setFault(name, on);
  }

  state(): object {
    return {
      mode: this.#mode,
      faults: this.#faults.names(),
      asking: this.#asking?.keyName ?? null,
      fingerprint: this.device.fingerprint,
      serialNumber: this.device.serialNumber,
      slot: this.device.slot,
      screen: this.device.recoveryScreen.slice(-MOST_SCREEN_LINES),
      sideloadAsked: this.device.sideloadAsked,
      sideloadTaken: this.device.sideloadTaken,
      partitions: this.device.partitions.summary(),
      erased: this.device.partitions.erased,
      packages: this.device.packages.list().map(({ name, versionCode }) => ({ name, versionCode })),
    };
  }

  /** The person before the screen. False: nothing is asked. */
  tap(allow: boolean): boolean {
    const asking = this.#asking;
    asking?.answer(allow);
    return asking !== null;
  }

  /** “Revoke USB debugging authorisations” in its settings. */
  forgetKeys(): void {
    this.#knownKeys.clear();
  }

  async pull(): Promise<void> {
    this.#pulled = true;
    await this.#closePorts();
  }

  async plug(): Promise<void> {
    this.#pulled = false;
    await this.#openPorts();
  }

  async powerOff(): Promise<void> {
    clearTimeout(this.#startTimer);
    this.#mode = 'off';
    await this.#closePorts();
  }

  /** After a build that never started, the one before does. */
  async powerOn(): Promise<void> {
    if (this.#mode !== 'off') return;
    if (this.device.hasNewBuild && this.#faults.takeOnce('dead-after-flash')) this.device.goBack();
    await this.reboot('');
  }

  async reboot(target: string): Promise<void> {
    clearTimeout(this.#startTimer);
    this.#mode = 'starting';
    this.#autoReboot = target === 'sideload-auto-reboot';
    await this.#closePorts();
    const mode = this.#whereTo(modeOf(target));
    if (mode === 'off') {
      this.#mode = 'off';
      return;
    }
    const late = mode === 'system' && this.device.hasNewBuild && this.#faults.takeOnce('back-late');
    const ms = this.#options.bootMs + (late ? this.#options.lateMs : 0);
    this.#startTimer = setTimeout(() => void this.#enter(mode), ms);
  }

  /** Where a restart leads that follows an installation. */
  #whereTo(mode: Mode): Mode {
    if (mode === 'bootloader' && this.#faults.has('fastboot-not-reached')) return 'system';
    if (mode === 'fastboot' && !this.device.model.userspaceFastboot) return 'bootloader';
    if (mode !== 'system' || !this.device.hasNewBuild) return mode;
    if (this.#faults.has('dead-after-flash')) return 'off';
    if (this.#faults.takeOnce('stays-in-bootloader')) return 'bootloader';
    return this.#faults.takeOnce('stays-in-recovery') ? 'recovery' : mode;
  }

  #rebootSoon(target: string): void {
    setTimeout(() => void this.reboot(target), REPLY_MS);
  }

  async #enter(mode: Mode, tells = true): Promise<void> {
    this.#mode = mode;
    if (mode === 'system') this.device.started();
    await this.#openPorts();
    if (tells) this.#say({ event: 'mode', mode });
  }

  async #openPorts(): Promise<void> {
    if (this.#pulled) return;
    const mode = this.#mode;
    const hasFastboot = mode === 'bootloader' || mode === 'fastboot';
    await (adbStates[mode] === undefined ? this.#adb.stop() : this.#adb.start(mode));
    await (hasFastboot ? this.#fastboot.start(mode) : this.#fastboot.stop());
  }

  async #closePorts(): Promise<void> {
    await this.#adb.stop();
    await this.#fastboot.stop();
  }

  #accept(pipe: Pipe): Talk {
    if (this.#faults.has('silent')) return { receive: () => undefined, close: () => undefined };
    if (this.#faults.has('garbage')) return garbage(pipe);
    const state = adbStates[this.#mode] ?? 'device';
    return new Connection(pipe, {
      banner: bannerOf(this.device, state, this.#options.delayedAck),
      policy: this.#policy(),
      knownKeys: this.#knownKeys,
      manners: new LineManners(this.#faults),
      open: (service) => this.#open(service),
      asking: (asking) => this.#ask(asking),
      closed: () => undefined,
    });
  }

  #policy(): AuthPolicy {
    // Recovery has no screen that could ask, and takes every host.
    if (this.#mode !== 'system') return { kind: 'already-known' };
    if (this.#faults.has('never-authorises')) return { kind: 'never' };
    return this.#faults.has('refuses-key') ? { kind: 'refuse' } : this.#options.auth;
  }

  #ask(asking: Asking | null): void {
    if (this.#asking === null && asking === null) return;
    this.#asking = asking;
    this.#say({ event: 'asking', key: asking?.keyName ?? null });
  }

  #open(service: string): ((stream: Stream) => Promise<void>) | null {
    if (this.#faults.has('refuses-services')) return null;
    const { device } = this;
    const host = { device, reboot: (to: string) => this.#rebootSoon(to) };
    if (this.#mode === 'system') return systemService(service, host);
    if (this.#mode === 'recovery') return recoveryService(service, host);
    return sideloadService(service, host, {
      device,
      otaKey: this.#options.otaKey,
      installMs: this.#options.installMs,
      die: () => void this.reboot('sideload'),
      finished: (installed) => this.#afterSideload(installed),
    });
  }

  /** It starts by itself where that was asked for; else somebody has to choose on its screen. */
  #afterSideload(installed: boolean): void {
    if (installed && this.#autoReboot) this.#rebootSoon('');
    else this.#rebootSoon('recovery');
  }
}

function modeOf(target: string): Mode {
  if (target === 'bootloader') return 'bootloader';
  if (target === 'fastboot') return 'fastboot';
  if (target === 'recovery') return 'recovery';
  return /^sideload/.test(target) ? 'sideload' : 'system';
}

function garbage(pipe: Pipe): Talk {
  return {
    receive: () => void pipe.send(Buffer.from('HTTP/1.0 400 Bad Request\r\n\r\n')),
    close: () => undefined,
  };
}
