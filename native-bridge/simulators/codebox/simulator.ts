/** The simulated terminal put together: the cable, the SMP server, the terminal, the mishaps. */
import { Random } from './engine/random.ts';
import { Scheduler } from './engine/scheduler.ts';
import { FaultSet, faultOf } from './faults.ts';
import type { UploadAccount } from './line/accounting.ts';
import { Cable, type LineStats } from './line/cable.ts';
import { noiseMessage } from './line/noise.ts';
import type { Options } from './options.ts';
import type { Group } from './smp/group.ts';
import { basicGroup, enumerationGroup } from './smp/groups/enumeration.ts';
import { FileGroup } from './smp/groups/files.ts';
import { ImageGroup } from './smp/groups/image.ts';
import { osGroup } from './smp/groups/os.ts';
import { Recovery } from './smp/groups/recovery.ts';
import { settingsGroup } from './smp/groups/settings.ts';
import { shellGroup } from './smp/groups/shell.ts';
import { statisticsGroup } from './smp/groups/statistics.ts';
import { ReplyMishaps, type ReplyMishap } from './smp/reply-mishaps.ts';
import { SmpServer } from './smp/server.ts';
import type { Presented } from './terminal/scanner/decode.ts';
import { terminalState } from './terminal/state.ts';
import { Terminal } from './terminal/terminal.ts';
import { UploadWatch } from './upload-watch.ts';

export interface Stats {
  readonly baud: number;
  readonly toTerminal: LineStats;
  readonly toHost: LineStats;
  /** Lines and packets that the terminal threw away. */
  readonly dropped: number;
  readonly uploads: readonly UploadAccount[];
}

const NOISE_MS = 40;
const LINES_A_LOSS = 60;

/** Told without being asked: where it can be reached from now on. */
export interface Moved {
  readonly event: 'moved';
  readonly url: string;
}

export class Simulator {
  readonly #options: Options;
  readonly #faults = new FaultSet();
  readonly #scheduler = new Scheduler();
  readonly #random: Random;
  readonly #cable: Cable;
  readonly #terminal: Terminal;
  readonly #image: ImageGroup;
  readonly #recovery: Recovery;
  readonly #replies = new ReplyMishaps();
  readonly #announce: (event: Moved) => void;
  readonly #files: FileGroup;
  readonly #server: SmpServer;
  readonly #uploads: UploadWatch;
  readonly #groups: readonly Group[];

  constructor(options: Options, announce: (event: Moved) => void = () => undefined) {
    this.#options = options;
    this.#announce = announce;
    this.#random = new Random(options.seed + 3);
    this.#cable = new Cable(options, this.#faults, this.#scheduler, (slice) => {
      if (this.#terminal.power.listens) this.#server.receive(slice);
    });
    this.#terminal = new Terminal(options, this.#faults, this.#scheduler, {
      text: (lines, atMs) => this.#cable.print(lines, atMs),
      reset: () => this.#powerLost(),
      moves: (atMs) => void this.#scheduler.at(atMs, () => this.#move()),
    });
    this.#uploads = new UploadWatch(this.#faults, this.#cable, this.#terminal, this.#scheduler);
    this.#image = new ImageGroup(this.#terminal, this.#uploads.progress);
    this.#recovery = new Recovery(this.#terminal, this.#uploads.progress);
    this.#files = new FileGroup(this.#terminal);
    this.#groups = this.#makeGroups();
    this.#server = this.#makeServer();
    for (const name of options.faults) this.setFault(name, true);
  }

  /** The address to connect to. Throws HostEndError. */
  async start(): Promise<string> {
    this.#terminal.start();
    return this.#cable.open();
  }

  async stop(): Promise<void> {
    this.#scheduler.stop();
    await this.#cable.close();
  }

  canHave(fault: string): boolean {
    return faultOf(this.#options.model, fault) !== null;
  }

  get canScan(): boolean {
    return this.#terminal.model.parts.has('scanner');
  }

  /** How long the scanner takes for a code, in milliseconds; null where it does not read it. */
  present(code: Presented): number | null {
    return this.#terminal.present(code);
  }

  setFault(name: string, on: boolean): void {
    const starts = name === 'log-noise' && on && !this.#faults.has('log-noise');
    this.#terminal.setFault(name, on);
    if (starts) this.#makeNoise(this.#scheduler.nowMs() + NOISE_MS);
  }

  pull(): Promise<void> {
    return this.#cable.pull();
  }

  plug(): Promise<string> {
    return this.#cable.plug();
  }

  /** Off and on again at once. */
  repower(): void {
    this.powerOff();
    this.powerOn();
  }

  reset(): void {
    this.#terminal.reset(this.#scheduler.nowMs());
  }

  powerOff(): void {
    this.#terminal.power.off(this.#scheduler.nowMs());
  }

  powerOn(): void {
    this.#terminal.power.on(this.#scheduler.nowMs());
  }

  /**
   * The power goes after so many more flash operations (null: it stays after all); back after a
   * while, or when switched on.
   */
  cutPowerAfter(operations: number | null, restoreAfterMs: number | null): void {
    if (operations === null || operations > 0)
      this.#terminal.power.cutAfter(operations, restoreAfterMs);
    else this.#terminal.power.off(this.#scheduler.nowMs(), restoreAfterMs);
  }

  /** What happens to the reply to the next request of a command. */
  orderReply(mishap: ReplyMishap, group: number, command: number): void {
    this.#replies.order(mishap, group, command);
  }

  stats(): Stats {
    return {
      baud: this.#options.baud,
      ...this.#cable.stats(),
      dropped: this.#server.receiver.dropped,
      uploads: this.#uploads.report(),
    };
  }

  state(): Record<string, unknown> {
    return {
      ...terminalState(this.#terminal, this.#scheduler.nowMs()),
      plugged: this.#cable.plugged,
    };
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
    const recovery = this.#recovery.groups();
    const recovers = (): boolean => this.#terminal.state === 'recovery';
    return new SmpServer(this.#options, {
      scheduler: this.#scheduler,
      send: (lines, readyMs) => this.#cable.send(lines, readyMs),
      groups: () => (recovers() ? recovery : this.#groups),
      observe: (header, fields, packet) => {
        const { haveBytes } = recovers() ? this.#recovery : this.#image;
        this.#uploads.observe(header, fields, packet, haveBytes);
      },
      // The boot loader takes a first byte with version bits for an operation that it doesn't know.
      answers: (header) => !this.#faults.has('silent') && !(recovers() && header.version > 0),
      mishap: (header) => this.#replies.take(header.group, header.command) ?? this.#slipOfReply(),
      powerLost: (atMs) => this.#terminal.power.lost(atMs),
      losesLine: () =>
        this.#faults.has('drops-fragments') && this.#random.below(LINES_A_LOSS) === 0,
    });
  }

  #slipOfReply(): ReplyMishap | null {
    if (this.#faults.takeOnce('reply-lost')) return 'lost';
    return this.#faults.takeOnce('reply-doubled') ? 'doubled' : null;
  }

  #move(): void {
    if (!this.#cable.plugged) return;
    this.#cable.move().then(
      (url) => this.#announce({ event: 'moved', url }),
      // As with a cable that could not be plugged in again.
      () => undefined,
    );
  }

  #powerLost(): void {
    this.#server.reset();
    this.#image.reset();
    this.#recovery.reset();
    this.#files.reset();
    this.#cable.silence();
  }

  #makeNoise(atMs: number): void {
    this.#scheduler.at(atMs, () => {
      if (!this.#faults.has('log-noise')) return;
      if (this.#terminal.state === 'application') {
        this.#terminal.log('inf', ...noiseMessage(this.#random), atMs);
      }
      this.#makeNoise(atMs + NOISE_MS);
    });
  }
}
