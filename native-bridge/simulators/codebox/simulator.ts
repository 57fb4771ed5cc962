/** The simulated code box put together: the host's end, the line, the SMP server, the terminal. */
import { Random } from './engine/random.ts';
import { Scheduler } from './engine/scheduler.ts';
import { FaultSet } from './faults.ts';
import type { HostEnd } from './line/host-end.ts';
import { LineDamage } from './line/line-faults.ts';
import { LineIn, byteTimeMs, type Slice } from './line/line-in.ts';
import { LineOut } from './line/line-out.ts';
import { PtyEnd } from './line/pty-end.ts';
import { TcpEnd } from './line/tcp-end.ts';
import { UploadAccounting, type UploadAccount } from './line/accounting.ts';
import { noiseAfter, noiseBetween } from './line/noise.ts';
import type { Options } from './options.ts';
import type { Packet } from './smp/console-frames.ts';
import type { Group } from './smp/group.ts';
import { enumerationGroup, basicGroup } from './smp/groups/enumeration.ts';
import { FileGroup } from './smp/groups/files.ts';
import { ImageGroup } from './smp/groups/image.ts';
import { osGroup } from './smp/groups/os.ts';
import { settingsGroup } from './smp/groups/settings.ts';
import { shellGroup } from './smp/groups/shell.ts';
import { statisticsGroup } from './smp/groups/statistics.ts';
import type { Header } from './smp/packet.ts';
import { SmpServer } from './smp/server.ts';
import { Terminal } from './terminal/terminal.ts';

export interface LineStats {
  readonly bytes: number;
  /** Milliseconds in which a byte was on the line. */
  readonly busyMs: number;
}

export interface Stats {
  readonly baud: number;
  readonly toTerminal: LineStats;
  readonly toHost: LineStats;
  readonly dropped: number;
  readonly uploads: readonly UploadAccount[];
}

const MISHAP_SHARE = 0.4;
const DRAIN_SHARE = 0.5;
const CABLE_OUT_MS = 3000;
const NOISE_MS = 40;

export class Simulator {
  readonly #options: Options;
  readonly #faults = new FaultSet();
  readonly #scheduler = new Scheduler();
  readonly #random: Random;
  readonly #byteMs: number;
  readonly #end: HostEnd;
  readonly #in: LineIn;
  readonly #out: LineOut;
  readonly #inDamage: LineDamage;
  readonly #outDamage: LineDamage;
  readonly #terminal: Terminal;
  readonly #image: ImageGroup;
  readonly #files: FileGroup;
  readonly #server: SmpServer;
  readonly #accounting: UploadAccounting;
  readonly #groups: readonly Group[];
  readonly #recoveryGroups: readonly Group[];
  #plugged = true;

  constructor(options: Options) {
    this.#options = options;
    this.#byteMs = byteTimeMs(options.baud);
    this.#random = new Random(options.seed);
    this.#inDamage = new LineDamage(new Random(options.seed + 1), this.#faults);
    this.#outDamage = new LineDamage(new Random(options.seed + 2), this.#faults);
    this.#end = this.#makeEnd();
    this.#in = new LineIn(
      this.#scheduler,
      this.#byteMs,
      (slice) => this.#arrived(slice),
      this.#end,
    );
    this.#out = new LineOut(this.#scheduler, this.#byteMs, (bytes) => this.#deliver(bytes));
    this.#terminal = new Terminal(options, this.#faults, this.#scheduler, {
      text: (lines, atMs) => this.#out.text(Buffer.from(lines, 'utf8'), atMs),
      reset: () => this.#powerLost(),
    });
    this.#image = new ImageGroup(this.#terminal, (have, total, atMs) =>
      this.#progress(have, total, atMs),
    );
    this.#files = new FileGroup(this.#terminal);
    this.#accounting = new UploadAccounting(this.#byteMs);
    this.#groups = this.#makeGroups();
    this.#recoveryGroups = this.#groups.filter(({ id }) => id === 0 || id === 1);
    this.#server = this.#makeServer();
    for (const name of options.faults) this.setFault(name, true);
  }

  async start(): Promise<string> {
    this.#terminal.start();
    this.#scheduleNoise(this.#scheduler.nowMs() + NOISE_MS);
    return this.#end.open();
  }

  async stop(): Promise<void> {
    this.#scheduler.stop();
    await this.#end.close();
  }

  setFault(name: string, on: boolean): void {
    this.#terminal.setFault(name, on);
  }

  async pull(): Promise<void> {
    this.#plugged = false;
    this.#in.clear();
    await this.#end.pull();
  }

  async plug(): Promise<string> {
    const url = await this.#end.plug();
    this.#plugged = true;
    return url;
  }

  repower(): void {
    this.#terminal.reset(this.#scheduler.nowMs());
  }

  stats(): Stats {
    const line = ({ bytes }: { readonly bytes: number }): LineStats => ({
      bytes,
      busyMs: bytes * this.#byteMs,
    });
    return {
      baud: this.#options.baud,
      toTerminal: line(this.#in),
      toHost: line(this.#out),
      dropped: this.#server.receiver.dropped,
      uploads: this.#accounting.report(),
    };
  }

  state(): Record<string, unknown> {
    const { flash, settings, power, resets } = this.#terminal;
    const slots = ([0, 1] as const).map((slot) => {
      const image = flash.image(slot);
      if (image === null) return null;
      const hash = Buffer.from(image.hash).toString('hex');
      return { version: image.version, hash };
    });
    return {
      power,
      resets,
      plugged: this.#plugged,
      active: flash.active,
      swap: flash.swap,
      slots,
      settings: settings.snapshot(),
      faults: this.#terminal.activeFaults(),
    };
  }

  #makeEnd(): HostEnd {
    const events = { received: (bytes: Uint8Array) => this.#in.push(bytes) };
    const { listen, baud } = this.#options;
    if (listen.kind === 'tcp') return new TcpEnd(listen.host, listen.port, events);
    return new PtyEnd(listen.link, baud, events);
  }

  #makeGroups(): readonly Group[] {
    const groups: Group[] = [
      osGroup(this.#terminal),
      this.#image.group(),
      statisticsGroup(this.#terminal),
      settingsGroup(this.#terminal),
      this.#files.group(),
      shellGroup(this.#terminal),
      enumerationGroup(() => groups),
      basicGroup(this.#terminal),
    ];
    return groups;
  }

  #makeServer(): SmpServer {
    return new SmpServer(this.#options, {
      scheduler: this.#scheduler,
      send: (lines, readyMs) => this.#send(lines, readyMs),
      groups: () => (this.#terminal.power === 'recovery' ? this.#recoveryGroups : this.#groups),
      observe: (header, fields, packet) => this.#observe(header, fields, packet),
      answers: () => !this.#faults.has('silent'),
    });
  }

  #arrived(slice: Slice): void {
    if (!this.#plugged) return;
    if (this.#faults.has('echoing-port')) {
      this.#out.text(Uint8Array.from(slice.bytes), this.#scheduler.nowMs());
      return;
    }
    const { power } = this.#terminal;
    if (power === 'booting' || power === 'dead') return;
    this.#server.receive({ ...slice, bytes: this.#inDamage.apply(slice.bytes) });
  }

  #send(lines: readonly Uint8Array[], readyMs: number): number {
    if (!this.#faults.has('log-noise')) return this.#out.frame(Buffer.concat(lines), readyMs);
    return this.#out.frame(noiseBetween(lines, this.#random), readyMs);
  }

  #deliver(bytes: Uint8Array): void {
    if (!this.#plugged) return;
    const damaged = this.#outDamage.apply(bytes);
    let offset = 0;
    for (const size of this.#outDamage.pieces(damaged.length)) {
      this.#end.write(damaged.subarray(offset, offset + size));
      offset += size;
    }
  }

  #observe(header: Header, fields: ReadonlyMap<string, unknown>, packet: Packet): void {
    if (header.group !== 1 || header.command !== 1 || header.op !== 'write') return;
    const [off, data, len] = [fields.get('off'), fields.get('data'), fields.get('len')];
    if (typeof off !== 'number' || !(data instanceof Uint8Array)) return;
    const imageBytes = typeof len === 'number' ? len : null;
    this.#accounting.request(
      { off, bytes: data.length, imageBytes },
      packet,
      this.#image.haveBytes,
    );
  }

  #progress(have: number, total: number, atMs: number): void {
    this.#accounting.progress(have, total);
    if (this.#faults.has('battery-drop') && have >= total * DRAIN_SHARE)
      this.#terminal.drained = true;
    if (have < total * MISHAP_SHARE || have === total) return;
    if (this.#faults.takeOnce('reset-mid-upload')) this.#terminal.reset(atMs);
    if (this.#faults.takeOnce('cable-pulled-mid-upload')) this.#slipCable(atMs);
  }

  #slipCable(atMs: number): void {
    void this.pull();
    this.#scheduler.at(atMs + CABLE_OUT_MS, () => {
      void this.plug();
    });
  }

  #powerLost(): void {
    this.#server.reset();
    this.#image.reset();
    this.#files.reset();
    this.#out.clear();
  }

  #scheduleNoise(atMs: number): void {
    this.#scheduler.at(atMs, () => {
      if (this.#faults.has('log-noise') && this.#terminal.power === 'application') {
        this.#terminal.log('inf', ...noiseAfter(this.#random), atMs);
      }
      this.#scheduleNoise(atMs + NOISE_MS);
    });
  }
}
