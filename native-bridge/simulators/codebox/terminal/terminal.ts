/**
 * The code box as a whole: what is in it, and its power. A reset runs the boot loader over the
 * slots; for as long as that takes nothing is received and nothing answered.
 */
import { boot, type Boot } from '../boot/boot-loader.ts';
import { Flash } from '../boot/flash.ts';
import { makeImage } from '../boot/make-image.ts';
import { versionText } from '../boot/mcuboot-image.ts';
import type { Scheduler } from '../engine/scheduler.ts';
import { faultByName, type FaultSet } from '../faults.ts';
import type { Options } from '../options.ts';
import { batteryState, type BatteryState } from './battery.ts';
import { Clock } from './clock.ts';
import { Files } from './files.ts';
import { Log, type Level } from './log.ts';
import { Network } from './network.ts';
import { shownCode, type ShownCode } from './qr-code.ts';
import { Settings } from './settings.ts';

export type Power = 'application' | 'recovery' | 'booting' | 'dead';

export interface TerminalEvents {
  /** Text for the console, from an instant on. */
  text(lines: string, atMs: number): void;
  /** Power is going: what is being received or sent is lost. */
  reset(): void;
}

const HEALTHY_VERSION = { major: 2, minor: 0, revision: 0, build: 0 };
const OLD_VERSION = { major: 1, minor: 8, revision: 0, build: 0 };
const BOOT_TEXT_SHARE = 0.3;
const SLOW_SWAP = 10;
const LOG_FILE_LINES = 50;

export class Terminal {
  readonly options: Options;
  readonly faults: FaultSet;
  readonly scheduler: Scheduler;
  readonly settings: Settings;
  readonly network: Network;
  readonly flash: Flash;
  readonly files = new Files();
  readonly clock = new Clock();
  readonly history = new Log();
  power: Power = 'booting';
  resets = 0;
  /** The battery has run down during an upload. */
  drained = false;
  readonly #events: TerminalEvents;
  #bootedAtMs = 0;
  #generation = 0;

  constructor(options: Options, faults: FaultSet, scheduler: Scheduler, events: TerminalEvents) {
    this.options = options;
    this.faults = faults;
    this.scheduler = scheduler;
    this.#events = events;
    this.settings = new Settings(options.serialNumber);
    this.network = new Network(this.settings, faults);
    this.flash = new Flash(options.bootloaderMode, options.slotSize, this.#factoryImage());
    this.#fillFiles();
  }

  /** Comes up at once, as one that has been running for a while. */
  start(): void {
    this.power = 'application';
    this.#bootedAtMs = this.scheduler.nowMs() - 37_000;
  }

  /** Whether what comes over the line is heard at all. */
  get listens(): boolean {
    return this.power === 'application' || this.power === 'recovery';
  }

  uptimeSeconds(atMs: number): number {
    return Math.max(0, (atMs - this.#bootedAtMs) / 1000);
  }

  battery(): BatteryState {
    return batteryState(this.faults, this.drained);
  }

  /** Orders of the day, and what of them is still to be settled or sent. */
  ledger(): Readonly<Record<'orders' | 'unsettled' | 'unsent' | 'reversals', number>> {
    const open = this.faults.has('unsettled-transactions');
    return { orders: 214, unsettled: open ? 3 : 0, unsent: open ? 1 : 0, reversals: 0 };
  }

  code(atMs: number): ShownCode {
    return shownCode(this.settings, this.uptimeSeconds(atMs));
  }

  firmwareVersion(): string {
    const image = this.flash.image(this.flash.active);
    return image === null ? 'none' : versionText(image.version);
  }

  log(level: Level, module: string, message: string, atMs: number): void {
    this.#events.text(this.history.line(level, module, message, this.uptimeSeconds(atMs)), atMs);
  }

  /** Turns a fault on or off, with what it changes in the terminal. */
  setFault(name: string, on: boolean): void {
    this.faults.set(name, on);
    for (const [key, wrong] of Object.entries(faultByName(name)?.settings ?? {})) {
      this.settings.force(key, on ? wrong : null);
    }
    if (name === 'firmware-old') {
      this.flash.install(on ? makeImage(OLD_VERSION) : this.#factoryImage());
    }
    if (name === 'battery-drop' && !on) this.drained = false;
    if (name === 'other-device-after-swap' && !on) {
      this.settings.force('sys/sn', this.options.serialNumber);
    }
  }

  /** Faults that are still true: those that settings or firmware have cleared are not. */
  activeFaults(): string[] {
    return this.faults.names().filter((name) => {
      const fault = faultByName(name);
      if (fault?.clearedBy === 'firmware')
        return this.firmwareVersion() === versionText(OLD_VERSION);
      const wrong = Object.entries(fault?.settings ?? {});
      return (
        wrong.length === 0 || wrong.some(([key, value]) => this.settings.active(key) === value)
      );
    });
  }

  reset(atMs: number): void {
    this.power = 'booting';
    this.resets += 1;
    this.#generation += 1;
    this.#events.reset();
    const result = boot(this.flash, this.options.keys, this.faults.has('boots-old-image'));
    this.#comeUp(result, atMs);
  }

  #factoryImage(): Uint8Array {
    return this.options.firmware ?? makeImage(HEALTHY_VERSION);
  }

  #comeUp(result: Boot, atMs: number): void {
    const { bootMs, swapMs } = this.options;
    const generation = this.#generation;
    const slow = this.faults.has('swap-slow') ? SLOW_SWAP : 1;
    const textMs = atMs + bootMs * BOOT_TEXT_SHARE;
    const upMs = atMs + bootMs + (result.moves ? swapMs * slow : 0);
    this.#at(textMs, generation, () => this.#events.text(joined(result.before), textMs));
    this.#at(upMs, generation, () => {
      if (result.swapped && this.faults.has('dead-after-swap')) {
        this.power = 'dead';
        return;
      }
      this.#events.text(joined(result.after), upMs);
      this.#run(result, upMs);
    });
  }

  #run(result: Boot, atMs: number): void {
    this.power = result.runs;
    if (result.runs === 'recovery') return;
    this.#bootedAtMs = atMs;
    this.settings.load();
    if (result.swapped && this.faults.has('other-device-after-swap')) {
      this.settings.force('sys/sn', 'CB2025039999');
    }
    this.#events.text('*** Booting Zephyr OS build v3.7.0 ***\r\n', atMs);
    this.log('inf', 'codebox', `firmware ${this.firmwareVersion()}`, atMs);
    if (this.network.wifi().state === 'COMPLETED') this.log('inf', 'wifi', 'joined', atMs);
  }

  #at(atMs: number, generation: number, run: () => void): void {
    this.scheduler.at(atMs, () => {
      if (generation === this.#generation) run();
    });
  }

  #fillFiles(): void {
    this.files.live('/lfs1/log.txt', () => this.history.last(LOG_FILE_LINES).join('\n') + '\n');
    this.files.live('/lfs1/qr/current.txt', () => this.code(this.scheduler.nowMs()).payload);
    this.files.live('/lfs1/cert/platform.pem', () => CERTIFICATE);
  }
}

const CERTIFICATE =
  '-----BEGIN CERTIFICATE-----\nTRAINING ONLY, NOT A CERTIFICATE\n-----END CERTIFICATE-----\n';

function joined(lines: readonly string[]): string {
  return lines.map((line) => `${line}\r\n`).join('');
}
