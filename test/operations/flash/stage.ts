/**
 * One terminal on the virtual bench, made for thousands of flashes: a small image, a quick boot
 * loader, another terminal of the same model beside it, and a technician who does what the result
 * says. Nothing here knows how the engine works.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BridgeFault } from '../../../native-bridge/contract/bridge-fault.ts';
import type {
  FlashPlan,
  FlashProgress,
  FlashResult,
} from '../../../native-bridge/contract/firmware.ts';
import type { Terminal } from '../../../native-bridge/contract/terminal.ts';
import { makeImage } from '../../../native-bridge/simulators/codebox/boot/make-image.ts';
import type { BootMode } from '../../../native-bridge/simulators/codebox/boot/modes.ts';
import type { Options } from '../../../native-bridge/simulators/codebox/options.ts';
import type { Simulator } from '../../../native-bridge/simulators/codebox/simulator.ts';
import { VirtualBench, type Program } from '../../support/virtual-bench.ts';
import { truthOf, type Hashes, type Truth } from './truth.ts';

const profileFile = (name: string) =>
  fileURLToPath(new URL(`../../fixtures/profiles/${name}.yaml`, import.meta.url));
const version = (major: number, minor: number, revision: number) => ({
  major,
  minor,
  revision,
  build: 0,
});
const oldImage = makeImage(version(1, 9, 9), 5_000);
const newImage = makeImage(version(2, 0, 0), 6_000);
const otherSerialNumber = 'CB2025040444';
const hashOf = (image: Uint8Array) => Buffer.from(image.subarray(-32)).toString('hex');

export const hashes: Hashes = { before: hashOf(oldImage), target: hashOf(newImage) };
export const imageBytes = newImage.length;

/** Every request ends within this much of the technician's time. */
const patienceMs = 4 * 60_000;
/** How long the computer sleeps, where it does. */
export const asleepMs = 3_600_000;
const swapMs = 2_500;
/** From the request for a restart until the boot loader begins to move images, and is done. */
export const swapFromMs = 350;
export const swapToMs = swapFromMs + swapMs;

/** What a request came to: `fault` by its code, or `killed` with the program. */
export type Ended<T> =
  | { readonly kind: 'result'; readonly result: T }
  | { readonly kind: 'fault'; readonly code: string; readonly facts: unknown }
  | { readonly kind: 'killed' };

export interface StageOptions extends Partial<Options> {
  readonly bootloaderMode?: BootMode;
  /** No application: the boot loader's serial recovery answers. */
  readonly dead?: boolean;
  /** Of test/fixtures/profiles; quick-flash. */
  readonly profile?: string;
  /** The computer will be asleep for an hour: nobody waits during it. */
  readonly sleeps?: boolean;
}

export class Stage {
  readonly bench = new VirtualBench();
  box!: Simulator;
  url!: string;
  program: Program | null = null;
  terminalId = '';
  fileId = '';
  settingsBefore: Truth['settings'] = {};
  #patienceMs = patienceMs;
  #exchanged = false;
  #killed: () => void = () => undefined;
  #death: Promise<{ readonly kind: 'killed' }> = Promise.resolve({ kind: 'killed' });
  #other: Simulator | null = null;
  readonly #terminals = new Map<string, string | null>();
  #profile = '';
  #profileFileId = '';
  imageFile = '';

  static async open(options: StageOptions = {}): Promise<Stage> {
    const { dead = false, sleeps = false, profile = 'quick-flash', ...box } = options;
    const stage = new Stage();
    stage.#profile = profileFile(profile);
    if (sleeps) stage.#patienceMs += asleepMs;
    const common = { slotSize: 0x8000, swapMs, bufSize: 256, turnaroundMs: 5, ...box };
    const firmware = dead ? new Uint8Array(64).fill(7) : oldImage;
    const { url, simulator } = await stage.bench.box('own', { ...common, firmware });
    const other = { ...common, firmware, serialNumber: otherSerialNumber };
    stage.#other = (await stage.bench.box('other', other)).simulator;
    stage.box = simulator;
    stage.url = url;
    stage.imageFile = join(stage.bench.dataFolder, 'update.bin');
    writeFileSync(stage.imageFile, newImage);
    stage.settingsBefore = truthOf(simulator).settings;
    await stage.startProgram();
    return stage;
  }

  end(): Promise<void> {
    return this.bench.end();
  }

  get truth(): Truth {
    return truthOf(this.box);
  }

  /** Of the terminal that a result speaks of. */
  truthAbout(terminalId: string): Truth {
    const isOther = this.#terminals.get(terminalId) === otherSerialNumber;
    return truthOf(isOther && this.#other ? this.#other : this.box);
  }

  /** From now on it is connected with this one of test/fixtures/profiles. */
  async choose(profile: string): Promise<void> {
    this.#profile = profileFile(profile);
    const registered = this.program?.bridge.registerFile(this.#profile);
    if (registered) this.#profileFileId = (await this.bench.time.run(registered)).fileId;
  }

  async startProgram(): Promise<void> {
    this.#death = new Promise((resolve) => (this.#killed = () => resolve({ kind: 'killed' })));
    this.program = await this.bench.start();
    const { bridge } = this.program;
    this.#profileFileId = (await this.bench.time.run(bridge.registerFile(this.#profile))).fileId;
    this.fileId = (await this.bench.time.run(bridge.registerFile(this.imageFile))).fileId;
  }

  /** Nothing of it goes on. */
  kill(): void {
    const { program } = this;
    this.program = null;
    this.#killed();
    void program?.kill();
  }

  /** The box is taken off its port and another put in its place, or the other way round. */
  exchange(silently = false): void {
    this.#exchanged = !this.#exchanged;
    this.bench.exchange('own', 'other', silently);
  }

  async connect(): Promise<Ended<Terminal>> {
    const asked = { portUrl: this.url, profileFileId: this.#profileFileId };
    const ended = await this.#request((bridge) => bridge.request('connect', asked));
    if (ended.kind !== 'result') return ended;
    this.terminalId = ended.result.id;
    this.#terminals.set(ended.result.id, ended.result.identity.serialNumber);
    return ended;
  }

  plan(): Promise<Ended<FlashPlan>> {
    const { terminalId, fileId } = this;
    return this.#request((bridge) => bridge.request('planFlash', { terminalId, fileId }));
  }

  /** Plans and flashes, allowing what may be allowed. */
  async flash(
    onProgress: (progress: FlashProgress) => void = () => undefined,
    signal?: AbortSignal,
    accepted: FlashPlan | null = null,
  ): Promise<Ended<FlashResult>> {
    const { terminalId, fileId } = this;
    const plan = accepted ? ({ kind: 'result', result: accepted } as const) : await this.plan();
    if (plan.kind !== 'result') return plan;
    const { image, blockers } = plan.result;
    const allow = blockers.filter((blocker) => blocker.allowable).map(({ code }) => code);
    const asked = { terminalId, fileId, acceptedSha256: image.fileSha256, allow };
    return await this.#request((bridge) => {
      const heard = (progress: FlashProgress) => {
        // Whoever stands before it sees which terminal it is.
        const answer = !this.#exchanged;
        if (progress.question) void bridge.request('answerFlash', { terminalId, answer });
        onProgress(progress);
      };
      return bridge.request('flash', asked, { onProgress: heard, ...(signal && { signal }) });
    });
  }

  /** Plans and flashes while other things happen: time passes only as the test lets it. */
  async flashAside(signal: AbortSignal): Promise<Ended<FlashResult>> {
    const { program, terminalId, fileId } = this;
    if (!program) return { kind: 'killed' };
    const { bridge } = program;
    const work = async (): Promise<FlashResult> => {
      const asked = { terminalId, fileId };
      const { image, blockers } = await bridge.request('planFlash', asked, { signal });
      const allow = blockers.filter((blocker) => blocker.allowable).map(({ code }) => code);
      const accepted = { ...asked, acceptedSha256: image.fileSha256, allow };
      return await bridge.request('flash', accepted, { signal });
    };
    return await this.#ended(work());
  }

  /** All that was done to the bench is undone: cable, power, port, place, program, lies. */
  async repair(faults: readonly string[] = []): Promise<void> {
    for (const fault of faults) this.box.setFault(fault, false);
    this.box.cutPowerAfter(null, null);
    this.bench.occupy(this.url, false);
    if (this.#exchanged) this.exchange();
    this.box.powerOn();
    if (this.truth.power === 'dead') this.box.repower();
    await this.box.plug();
    if (!this.program) await this.startProgram();
    await this.bench.time.pass(5_000);
    // A slow swap that has begun goes on; a power cut that had begun with it leaves it dark.
    for (let n = 0; n < 60 && ['booting', 'off'].includes(this.truth.power); n++) {
      if (this.truth.power === 'off') this.box.powerOn();
      await this.bench.time.pass(5_000);
    }
  }

  async #request<T>(work: (bridge: Program['bridge']) => Promise<T>): Promise<Ended<T>> {
    const { program } = this;
    if (!program) return { kind: 'killed' };
    return await this.bench.time.run(this.#ended(work(program.bridge)), this.#patienceMs);
  }

  #ended<T>(work: Promise<T>): Promise<Ended<T>> {
    const ended = work.then(
      (result): Ended<T> => ({ kind: 'result', result }),
      (error: unknown): Ended<T> => {
        const { fault } = error as BridgeFault;
        return { kind: 'fault', code: fault.code, facts: fault.facts };
      },
    );
    return Promise.race([ended, this.#death]);
  }
}
