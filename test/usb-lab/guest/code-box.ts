/**
 * The simulated code box as a USB device: the simulator at the device's side of a gadget. When it
 * restarts it leaves the bus, and it is back on it when it runs again, as the real ones.
 */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { Gadget, type UsbStrings } from './gadget.ts';
import { within, type Trial } from './harness.ts';
import { program } from './product.ts';

export const codeBoxStrings: UsbStrings = {
  vendorId: '1209',
  productId: '0001',
  manufacturer: 'POS Bench',
  product: 'CB-200',
  serialNumber: 'CB2025030017',
};

export interface CodeBoxOptions {
  readonly socket?: number;
  readonly usb?: Partial<UsbStrings>;
  /** It runs, and its cable is not in yet: `plugCable` puts it in. */
  readonly unplugged?: boolean;
  /** Of the simulator. */
  readonly options?: readonly string[];
}

type Answer = Readonly<Record<string, unknown>>;

interface Power {
  readonly resets: number;
  readonly power: string;
}

const runs = new Set(['application', 'recovery']);
const lookMs = 300;
const answerTimeoutMs = 90_000;
let made = 0;

export class CodeBox {
  readonly gadget: Gadget;
  /** What happens while it is off the bus; it does not come back before that is done. */
  whileAway: (() => Promise<void>) | null = null;
  /** How often it left the bus by itself. */
  restarts = 0;
  #held = false;
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #waiting: ((answer: Answer) => void)[] = [];

  private constructor(gadget: Gadget, options: readonly string[]) {
    this.gadget = gadget;
    const args = [program('codebox-simulator'), '--device', gadget.device, '--baud', '0'];
    this.#child = spawn(process.execPath, [...args, ...options], { stdio: 'pipe' });
    this.#child.stderr.pipe(process.stderr);
    createInterface({ input: this.#child.stdout }).on('line', (line) => {
      this.#waiting.shift()?.(JSON.parse(line) as Answer);
    });
  }

  /** Runs, and is plugged in unless that is not wanted. */
  static async start(trial: Trial, asked: CodeBoxOptions = {}): Promise<CodeBox> {
    const usb = { ...codeBoxStrings, ...asked.usb };
    const gadget = new Gadget(`codebox${made++}`, asked.socket ?? 0, usb);
    trial.defer(() => gadget.remove());
    const serial = usb.serialNumber === null ? [] : ['--serial-number', usb.serialNumber];
    const box = new CodeBox(gadget, [...serial, ...(asked.options ?? [])]);
    trial.defer(() => box.#stop());
    const ready = await within(box.#answer(), answerTimeoutMs, 'a simulator that is ready');
    if (ready['ready'] !== true) throw new Error(JSON.stringify(ready));
    if (asked.unplugged === true) box.#held = true;
    else gadget.plug();
    const stop = new AbortController();
    const followed = box.#follow(stop.signal).catch((error: unknown) => {
      if (!stop.signal.aborted) trial.note(`code box: ${String(error)}`);
    });
    trial.defer(() => {
      stop.abort();
      return followed;
    });
    return box;
  }

  /** The host's tty, once it is there. */
  tty(): Promise<string> {
    return this.gadget.appeared();
  }

  async tell(message: object): Promise<Answer> {
    const answer = this.#answer();
    this.#child.stdin.write(`${JSON.stringify(message)}\n`);
    return await within(answer, answerTimeoutMs, `an answer to ${JSON.stringify(message)}`);
  }

  pullCable(): void {
    this.#held = true;
    this.gadget.unplug();
  }

  plugCable(): void {
    this.#held = false;
    this.gadget.plug();
  }

  #answer(): Promise<Answer> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** Takes it off the bus while it restarts, and puts it back when it runs. */
  async #follow(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const { resets, power } = (await this.tell({ state: true })) as unknown as Power;
      if (resets > this.restarts) {
        this.restarts = resets;
        this.gadget.unplug();
        await this.whileAway?.();
      }
      if (runs.has(power) && !this.#held) this.gadget.plug();
      await sleep(lookMs);
    }
  }

  async #stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.stdin.end();
    await within(ended, 30_000, 'the simulator’s end').catch(() => this.#child.kill('SIGKILL'));
  }
}
