/**
 * The terminal as a whole: what is in it, and what its faults do to that. Its power is in power.ts:
 * a reset runs the boot loader over the slots, and for as long as that takes nothing is received
 * and nothing answered.
 */
import type { Boot } from '../boot/boot-loader.ts';
import { Flash } from '../boot/flash.ts';
import { makeImage } from '../boot/make-image.ts';
import { hashText, readImage, versionText, type Trust } from '../boot/mcuboot-image.ts';
import type { Scheduler } from '../engine/scheduler.ts';
import { Random } from '../engine/random.ts';
import { faultByName, type FaultName, type FaultSet } from '../faults.ts';
import { models } from '../models/index.ts';
import type { Model } from '../models/model.ts';
import type { Options } from '../options.ts';
import { batteryState, type BatteryState } from './battery.ts';
import { Clock } from './clock.ts';
import { effects } from './fault-effects.ts';
import { Files } from './files.ts';
import { installed } from './installed.ts';
import { Log, type Level } from './log.ts';
import { Management, MANAGER } from './management.ts';
import { Network } from './network/network.ts';
import { NewFirmware, type Change } from './new-firmware.ts';
import { Power, type PowerState, type Restart } from './power.ts';
import { shownCode, type ShownCode } from './qr-code.ts';
import { printerState, type PrinterState } from './printer.ts';
import type { Presented } from './scanner/decode.ts';
import { Scanner } from './scanner/scanner.ts';
import { Settings } from './settings.ts';

import { speakerState, type SpeakerState } from './speaker.ts';
import { apps, standing, type Apps, type Standing } from './trade.ts';

export interface TerminalEvents {
  /** Text for the console, from an instant on. */
  text(lines: string, atMs: number): void;
  /** Power is going: what is being received or sent is lost. */
  reset(): void;
  /** It comes back at another address, at an instant. */
  moves(atMs: number): void;
}

const HEALTHY_VERSION = { major: 2, minor: 0, revision: 0, build: 0 };
const OLD_VERSION = { major: 1, minor: 8, revision: 0, build: 0 };
const ORDERS = 214;
const SLOW_SWAP = 10;
const LOG_FILE_LINES = 50;
/** How long a trial lasts that ends by itself. */
const TRIAL_MS = 1200;

export class Terminal {
  readonly options: Options;
  readonly model: Model;
  readonly faults: FaultSet;
  readonly scheduler: Scheduler;
  readonly settings: Settings;
  readonly network: Network;
  readonly flash: Flash;
  readonly files = new Files();
  readonly clock: Clock;
  readonly scanner: Scanner;
  readonly management: Management;
  readonly history = new Log();
  /** The battery has run down during an upload. */
  drained = false;
  readonly #events: TerminalEvents;
  readonly power: Power;
  readonly newFirmware: NewFirmware;
  readonly trust: Trust;
  #bootedAtMs = 0;
  #change: Change = 'none';

  constructor(options: Options, faults: FaultSet, scheduler: Scheduler, events: TerminalEvents) {
    this.options = options;
    this.faults = faults;
    this.scheduler = scheduler;
    this.#events = events;
    this.model = models[options.model];
    this.settings = new Settings(this.model.settings, installed(options), () =>
      this.management.written(),
    );
    this.clock = new Clock(this.settings);
    this.management = new Management(scheduler, this.settings, (count, atMs) =>
      this.log('inf', 'tms', `${MANAGER}: ${count} settings set`, atMs),
    );
    const random = new Random(options.seed + 5);
    this.scanner = new Scanner(faults, this.settings, random);
    this.network = this.#makeNetwork(random);
    this.trust = { keys: options.keys, factoryHashes: this.#factoryHashes() };
    this.flash = new Flash(options.bootloaderMode, options.slotSize);
    this.flash.install(this.#factoryImage());
    this.newFirmware = new NewFirmware(this.flash, faults, this.settings, this.model.other);
    this.power = this.#makePower();
    this.#fillFiles();
  }

  /** Comes up at once, as one that has been running for a while. */
  start(): void {
    this.power.start();
    this.newFirmware.settle();
    this.#bootedAtMs = this.scheduler.nowMs() - 37_000;
  }

  get state(): PowerState {
    return this.power.state;
  }

  get resets(): number {
    return this.power.resets;
  }

  reset(atMs: number): void {
    this.power.reset(atMs);
  }

  uptimeSeconds(atMs: number): number {
    return Math.max(0, (atMs - this.#bootedAtMs) / 1000);
  }

  /** Null where the firmware can't read it. */
  battery(): BatteryState | null {
    if (this.newFirmware.breaksBattery) return null;
    return batteryState(this.faults, this.drained);
  }

  /** Orders of the day, and what of them is still to be settled or sent. */
  ledger(): Readonly<Record<'orders' | 'unsettled' | 'unsent' | 'reversals', number>> {
    const open = this.faults.has('unsettled-transactions');
    return { orders: ORDERS, unsettled: open ? 3 : 0, unsent: open ? 1 : 0, reversals: 0 };
  }

  standing(): Standing {
    return standing(this.faults, this.settings);
  }

  apps(): Apps {
    return apps(this.faults);
  }

  speaker(): SpeakerState {
    const volumePercent = Number(this.settings.active('snd/volume'));
    return speakerState(volumePercent, this.network.pushOnline(), ORDERS);
  }

  printer(): PrinterState {
    return printerState(this.faults);
  }

  /** A code is held before the scanner: how long it takes, or null where it is not read. */
  present(code: Presented): number | null {
    return this.scanner.present(code, this.scheduler, (atMs) => this.uptimeSeconds(atMs));
  }

  /** Null where it shows none. */
  code(atMs: number): ShownCode | null {
    return shownCode(this.settings, this.uptimeSeconds(atMs));
  }

  firmwareVersion(): string {
    const image = this.flash.image(this.flash.active);
    return image === null ? 'none' : versionText(image.version);
  }

  /** Older firmware than the factory's, by a fault. */
  get firmwareOld(): boolean {
    return this.firmwareVersion() === versionText(OLD_VERSION);
  }

  /** The factory's firmware was built without patches, and still runs. */
  get lacksPatches(): boolean {
    return this.faults.has('old-security-patch') && !this.newFirmware.updated;
  }

  /** The board that the firmware was built for. */
  get hardware(): string {
    const { other, hardware } = this.model;
    return this.settings.value('sys/model') === other.model ? other.hardware : hardware;
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
    effects[name as FaultName]?.(this, on);
    // Whoever manages it put it so, or had it so.
    if (this.faults.has('managed-pushback')) this.management.takeOver();
    else this.management.letGo();
  }

  /** Another firmware than the factory's, or that again. */
  installOld(on: boolean): void {
    this.flash.install(on ? makeImage(OLD_VERSION) : this.#factoryImage());
    this.newFirmware.settle();
  }

  #makeNetwork(random: Random): Network {
    return new Network(this.settings, this.faults, {
      model: this.model,
      random,
      uptimeSeconds: () => this.uptimeSeconds(this.scheduler.nowMs()),
      clockMs: () => this.clock.utcMs(),
    });
  }

  #factoryImage(): Uint8Array {
    return this.options.firmware ?? makeImage(HEALTHY_VERSION);
  }

  #factoryHashes(): Set<string> {
    const images = [this.#factoryImage(), makeImage(OLD_VERSION)].map(readImage);
    return new Set(images.flatMap((image) => (image === null ? [] : hashText(image))));
  }

  #makePower(): Power {
    const { options, faults } = this;
    return new Power({
      scheduler: this.scheduler,
      flash: this.flash,
      bootOptions: () => ({
        trust: this.trust,
        pinHeld: faults.has('boot-pin-held'),
        ignoresNew: faults.has('boots-old-image'),
      }),
      times: () => ({
        ...options,
        swapMs: options.swapMs * (faults.has('swap-slow') ? SLOW_SWAP : 1),
      }),
      cutsInBoot: (whole) => {
        if (!faults.has('power-lost-in-swap') || whole() === 0) return null;
        faults.takeOnce('power-lost-in-swap');
        return Math.ceil(whole() / 2);
      },
      text: (lines, atMs) => this.#events.text(joined(lines), atMs),
      down: () => this.#events.reset(),
      chosen: (restart) => this.#chosen(restart),
      up: (result, atMs) => this.#comesUp(result, atMs),
    });
  }

  #chosen({ result, atMs, textMs, movedMs }: Restart): { upMs: number; dead: boolean } {
    this.#change = result.runs === 'application' ? this.newFirmware.chosen() : 'none';
    const restMs = this.options.bootMs - (textMs - atMs);
    const updated = this.#change === 'update';
    const lateMs = updated && this.faults.has('back-late') ? this.options.lateMs : 0;
    const upMs = movedMs + restMs + lateMs;
    if (updated && this.faults.takeOnce('other-address-after-swap')) this.#events.moves(upMs);
    return { upMs, dead: updated && this.faults.has('dead-after-swap') };
  }

  #comesUp(result: Boot, atMs: number): void {
    if (result.runs === 'recovery') return;
    this.#bootedAtMs = atMs;
    this.settings.load();
    this.scanner.reset();
    this.newFirmware.comesUp(this.#change);
    this.#events.text('*** Booting Zephyr OS build v3.7.0 ***\r\n', atMs);
    this.log('inf', this.model.name, `firmware ${this.firmwareVersion()}`, atMs);
    if (this.network.wifi().state === 'COMPLETED') this.log('inf', 'wifi', 'joined', atMs);
    if (this.faults.has('resets-on-trial') && this.newFirmware.onTrial) this.#endTrial(atMs);
  }

  #endTrial(atMs: number): void {
    const { resets } = this;
    this.scheduler.at(atMs + TRIAL_MS, (thenMs) => {
      if (this.resets === resets) this.reset(thenMs);
    });
  }

  #fillFiles(): void {
    this.files.live('/lfs1/log.txt', () => this.history.last(LOG_FILE_LINES).join('\n') + '\n');
    this.files.live('/lfs1/qr/current.txt', () => this.code(this.scheduler.nowMs())?.payload ?? '');
    this.files.live('/lfs1/cert/platform.pem', () => CERTIFICATE);
  }
}

const CERTIFICATE =
  '-----BEGIN CERTIFICATE-----\nTRAINING ONLY, NOT A CERTIFICATE\n-----END CERTIFICATE-----\n';

function joined(lines: readonly string[]): string {
  return lines.map((line) => `${line}\r\n`).join('');
}
