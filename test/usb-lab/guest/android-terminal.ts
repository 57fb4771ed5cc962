/**
 * The simulated Android terminal in one of the host's sockets (device/android.ts). It goes off the bus
 * and comes back by itself when it restarts, under the product id of its mode.
 */
import { execFileSync, spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { productIds, vendorId, type AndroidPlan } from '../device/android-plan.ts';
import { Gadget } from './gadget.ts';
import { until, within, type Trial } from './harness.ts';

export interface AndroidOptions {
  readonly model: 'at-700' | 'at-900';
  readonly socket?: number;
  readonly serialNumber?: string;
  /** Of the simulator. */
  readonly options?: readonly string[];
  /** Functions beside ADB's, as many terminals have them: `acm.0`. */
  readonly beside?: readonly string[];
  /** Of its system once a package was sideloaded; left out: as before. */
  readonly productIdAfterwards?: string;
}

type Answer = Readonly<Record<string, unknown>>;

interface Waiting {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
}

const program = join(dirname(process.argv[1] ?? '.'), 'android.js');
const serialNumbers = { 'at-700': 'AT70024060031', 'at-900': 'PBN9A3250117' };
const answerTimeoutMs = 60_000;
let made = 0;

export class AndroidTerminal {
  readonly serialNumber: string;
  /** What it said without being asked. */
  readonly events: Answer[] = [];
  /** ADB's first. */
  readonly #gadgets: readonly [Gadget, Gadget];
  #told: Promise<unknown> = Promise.resolve();
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #waiting: Waiting[] = [];

  private constructor(
    gadgets: readonly [Gadget, Gadget],
    serialNumber: string,
    args: readonly string[],
  ) {
    this.#gadgets = gadgets;
    this.serialNumber = serialNumber;
    // Each of its two interfaces keeps threads waiting.
    const env = { ...process.env, UV_THREADPOOL_SIZE: '10' };
    this.#child = spawn(process.execPath, [program, ...args], { env, stdio: 'pipe' });
    this.#child.stderr.pipe(process.stderr);
    createInterface({ input: this.#child.stdout }).on('line', (line) => {
      const message = JSON.parse(line) as Answer;
      if ('event' in message) this.events.push(message);
      else this.#waiting.shift()?.resolve(message);
    });
    this.#child.once('exit', (code, signal) => {
      const ended = new Error(`the terminal’s program ended: ${String(code ?? signal)}`);
      for (const { reject } of this.#waiting.splice(0)) reject(ended);
    });
  }

  /** Runs, is plugged in, and the host knows it. */
  static async start(trial: Trial, asked: AndroidOptions): Promise<AndroidTerminal> {
    const { model, socket = 0, serialNumber = serialNumbers[model], options = [] } = asked;
    const { productIdAfterwards = null, beside = [] } = asked;
    const name = `android${made++}`;
    const usb = {
      vendorId,
      productId: productIds.system,
      manufacturer: 'POS Bench',
      product: model.toUpperCase(),
      serialNumber,
    };
    const place = (part: string, others: readonly string[] = []) => {
      const instance = `${name}-${part}`;
      const gadget = new Gadget(instance, socket, usb, [`ffs.${instance}`, ...others]);
      const folder = `/run/usb-ffs/${instance}`;
      mkdirSync(folder, { recursive: true });
      execFileSync('mount', ['-t', 'functionfs', instance, folder]);
      trial.defer(() => {
        execFileSync('umount', [folder]);
        gadget.remove();
      });
      return { gadget, told: { folder, gadget: gadget.folder } };
    };
    const [adb, fastboot] = [place('adb', beside), place('fastboot')];
    const plan: AndroidPlan = {
      controller: `dummy_udc.${socket}`,
      adb: adb.told,
      fastboot: fastboot.told,
      productIdAfterwards,
    };
    const given = ['--model', model, '--serial-number', serialNumber, ...options];
    const args = [JSON.stringify(plan), ...given];
    const terminal = new AndroidTerminal([adb.gadget, fastboot.gadget], serialNumber, args);
    trial.defer(() => terminal.#stop());
    const ready = await within(terminal.#answer(), answerTimeoutMs, 'a terminal that is ready');
    if (ready['ready'] !== true) throw new Error(JSON.stringify(ready));
    await terminal.onBus();
    return terminal;
  }

  url(mode: keyof typeof productIds = 'system'): string {
    return `usb://${vendorId}:${productIds[mode] ?? ''}/${this.serialNumber}`;
  }

  async tell(message: object): Promise<Answer> {
    const answer = this.#answer();
    this.#child.stdin.write(`${JSON.stringify(message)}\n`);
    const said = await within(answer, answerTimeoutMs, `an answer to ${JSON.stringify(message)}`);
    if (said['ok'] !== true) {
      throw new Error(`${JSON.stringify(message)}: ${JSON.stringify(said)}`);
    }
    return said;
  }

  /** Until the host knows its interfaces. */
  async onBus(): Promise<void> {
    await until('the host to know it', () => this.#gadgets[0].hostPlace());
  }

  async pullCable(): Promise<void> {
    this.pullNow();
    await this.#told;
    await until('the host to forget it', () => this.#gadgets[0].hostPlace() === null);
  }

  /** At this very moment, before anything else is sent; the terminal is told after that. */
  pullNow(): void {
    for (const gadget of this.#gadgets) gadget.unplug();
    this.#told = this.tell({ pull: true });
    this.#told.catch(() => undefined);
  }

  /** Where its mode has a door. */
  async plugCable(): Promise<void> {
    await this.#told;
    await this.tell({ plug: true });
    await this.onBus();
  }

  /** Until it has said this; from now on it can be said again. */
  async said(what: string, is: (event: Answer) => boolean): Promise<Answer> {
    const event = await until(what, () => this.events.find(is));
    this.events.length = 0;
    return event;
  }

  #answer(): Promise<Answer> {
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  async #stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, 'exit');
    await this.tell({ pull: true }).catch(() => undefined);
    // Its threads wait in reads: nothing else ends it.
    this.#child.kill('SIGKILL');
    await within(ended, 30_000, 'the terminal’s end');
  }
}
