/**
 * The simulator and a host in one process under a clock that only moves when told: no sockets, no
 * waiting. A whole flash takes milliseconds, however long it would last.
 */
import { onTestFinished, vi } from 'vitest';
import { answerControl } from '../../native-bridge/simulators/codebox/control.ts';
import { InProcessHost } from '../../native-bridge/simulators/codebox/line/in-process-end.ts';
import { parseOptions } from '../../native-bridge/simulators/codebox/options.ts';
import { Simulator } from '../../native-bridge/simulators/codebox/simulator.ts';
import { Deframer, READ, WRITE, frame, packet, readReply, type Fields } from './frames.ts';
import { readSlots, sha256, summary } from './images.ts';
import { NEW, OLD } from './small-flash.ts';

const REPLY_MS = 2000;
const CHUNK = 800;

export class Box {
  readonly deframer = new Deframer();
  readonly replies: Fields[] = [];
  /** What it announced without being asked. */
  readonly announced: object[] = [];
  readonly urls: string[] = [];
  readonly #host: InProcessHost;
  readonly #simulator: Simulator;
  #sequence = 0;

  constructor(args: readonly string[]) {
    this.#host = new InProcessHost({
      received: (bytes) => {
        this.replies.push(...this.deframer.push(bytes).map((each) => readReply(each).body));
      },
      pulled: () => undefined,
      plugged: (url) => this.urls.push(url),
    });
    const fast = ['--baud', '0', '--turnaround-ms', '0', '--slot-size', String(12 * 4096)];
    const options = parseOptions([...fast, ...args], false);
    const listen = { kind: 'in-process', host: this.#host } as const;
    const announce = (event: object): void => void this.announced.push(event);
    this.#simulator = new Simulator({ ...options, firmware: OLD, listen }, announce);
  }

  async start(): Promise<void> {
    await this.#simulator.start();
  }

  stop(): Promise<void> {
    return this.#simulator.stop();
  }

  get text(): string {
    return this.deframer.text;
  }

  /** How often an application has come up. */
  get boots(): number {
    return this.text.split('*** Booting Zephyr').length - 1;
  }

  pass(ms: number): void {
    vi.advanceTimersByTime(ms);
  }

  control(message: object): Promise<Fields> {
    return answerControl(this.#simulator, message);
  }

  state(): Fields {
    return this.#simulator.state();
  }

  get flash(): Fields {
    return this.state()['flash'] as Fields;
  }

  fault(name: string, on = true): void {
    this.#simulator.setFault(name, on);
  }

  send(op: number, group: number, command: number, fields: Fields, version = 2): void {
    this.#sequence = (this.#sequence + 1) & 0xff;
    const bytes = packet(op, group, command, fields, { sequence: this.#sequence, version });
    this.#host.send(frame(bytes));
  }

  /** The reply; null where none comes within two seconds. */
  ask(op: number, group: number, command: number, fields: Fields = {}, version = 2): Fields | null {
    this.replies.length = 0;
    this.send(op, group, command, fields, version);
    for (let passedMs = 0; this.replies.length === 0 && passedMs < REPLY_MS; passedMs += 1) {
      this.pass(1);
    }
    return this.replies[0] ?? null;
  }

  /** Part by part, following the offsets it is told; the last reply. */
  upload(image: Uint8Array = NEW, maxParts = 60): Fields | null {
    let off = 0;
    let reply: Fields | null = null;
    for (let part = 0; part < maxParts && off < image.length; part += 1) {
      const data = image.slice(off, off + CHUNK);
      const first = off === 0 ? { len: image.length, sha: sha256(image) } : {};
      reply = this.ask(WRITE, 1, 1, { off, data, ...first });
      if (typeof reply?.['off'] !== 'number') return reply;
      off = reply['off'];
    }
    return reply;
  }

  /** Slots as it tells them. */
  slots(): string[] {
    return summary(readSlots(this.ask(READ, 1, 0) ?? { images: [] }));
  }

  hashOf(slot: number): Uint8Array {
    const found = readSlots(this.ask(READ, 1, 0) ?? { images: [] });
    return found.find((each) => each.slot === slot)?.hash ?? new Uint8Array(32);
  }

  mark(slot: number, confirm: boolean): Fields | null {
    return this.ask(WRITE, 1, 0, { hash: this.hashOf(slot), confirm });
  }

  /** Asks for a restart and lets time pass until it is over. */
  restart(ms = 10_000): void {
    this.ask(WRITE, 0, 5);
    this.pass(ms);
  }

  /** An update up to its trial. */
  update(): void {
    this.upload();
    this.mark(1, false);
    this.restart();
  }

  setting(name: string): string {
    const value = this.ask(READ, 3, 0, { name })?.['val'];
    return Buffer.from(value as Uint8Array).toString('utf8');
  }
}

/** A box for as long as the test, with the old image in it. */
export async function startBox(...args: string[]): Promise<Box> {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  const box = new Box(args);
  await box.start();
  onTestFinished(async () => {
    await box.stop();
    vi.useRealTimers();
  });
  return box;
}
