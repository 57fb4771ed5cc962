/**
 * The simulated terminal from outside: two addresses (adbd's and the boot loader's), of which those
 * are open that the mode has, and the way from one mode to another.
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
import { rebootService, systemService } from './services/services.ts';
import { Listener, type Talk } from './tcp/listener.ts';

export type Mode =
  | 'system'
  | 'recovery'
  | 'sideload'
  | 'bootloader'
  | 'fastboot'
  /** Between two others. */
  | 'starting'
  | 'off';

const adbStates: Partial<Record<Mode, AdbState>> = {
  system: 'device',
  recovery: 'recovery',
  sideload: 'sideload',
};

export class Simulator {
  readonly device: Device;
  readonly #options: Options;
  readonly #faults = new FaultSet();
  readonly #knownKeys = new KnownKeys();
  readonly #adb: Listener;
  readonly #say: (event: object) => void;
  #mode: Mode = 'off';
  #asking: Asking | null = null;
  #startTimer: NodeJS.Timeout | undefined;
  #pulled = false;

  constructor(options: Options, say: (event: object) => void = () => undefined) {
    this.#options = options;
    this.#say = say;
    this.device = new Device(models[options.model], options.serialNumber, this.#faults);
    provideKernelFiles(this.device);
    for (const key of options.knownKeys) this.#knownKeys.add(key);
    this.#adb = new Listener(options.host, options.port, false, (pipe) => this.#accept(pipe));
    for (const fault of options.faults) this.device.setFault(fault, true);
  }

  /** Where it listens, and who it is. */
  async start(): Promise<object> {
    await this.#adb.start();
    this.#mode = 'starting';
    await this.#enter(this.#options.mode, false);
    return this.addresses();
  }

  addresses(): object {
    return { adb: this.#adb.address, serialNumber: this.device.serialNumber };
  }

  async stop(): Promise<void> {
    clearTimeout(this.#startTimer);
    this.device.stop();
    await this.#adb.stop();
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
    };
  }

  /** The person before the screen. False: nothing is asked. */
  tap(allow: boolean): boolean {
    const asking = this.#asking;
    asking?.answer(allow);
    return asking !== null;
  }

  async pull(): Promise<void> {
    this.#pulled = true;
    await this.#adb.stop();
  }

  async plug(): Promise<void> {
    this.#pulled = false;
    await this.#openPorts();
  }

  async reboot(target: string): Promise<void> {
    await this.#goAway();
    const mode = modeOf(target);
    this.#startTimer = setTimeout(() => void this.#enter(mode), this.#options.bootMs);
  }

  async #goAway(): Promise<void> {
    clearTimeout(this.#startTimer);
    this.#mode = 'starting';
    await this.#adb.stop();
  }

  async #enter(mode: Mode, tells = true): Promise<void> {
    this.#mode = mode;
    if (mode === 'system') this.device.clock.booted();
    await this.#openPorts();
    if (tells) this.#say({ event: 'mode', mode });
  }

  async #openPorts(): Promise<void> {
    if (this.#pulled) return;
    if (adbStates[this.#mode] === undefined) await this.#adb.stop();
    else await this.#adb.start();
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
    const host = { device: this.device, reboot: (to: string) => void this.reboot(to) };
    return this.#mode === 'system' ? systemService(service, host) : rebootService(service, host);
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
