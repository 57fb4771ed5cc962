/**
 * A host for tests of the simulator, written apart from the project's own protocol code: the
 * simulator's process, a socket to it, frames and CBOR by the specification and `cbor2`.
 */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { decode, encode } from 'cbor2';
import { onTestFinished } from 'vitest';
import { answerControl } from '../../native-bridge/simulators/codebox/control.ts';
import { parseOptions } from '../../native-bridge/simulators/codebox/options.ts';
import { Simulator } from '../../native-bridge/simulators/codebox/simulator.ts';

export const program = fileURLToPath(
  new URL('../../native-bridge/simulators/codebox/main.ts', import.meta.url),
);
export const READ = 0;
export const WRITE = 2;
const REPLY_MS = 5000;
const RESTART_MS = 15_000;

export type Fields = Record<string, unknown>;

export interface Reply {
  readonly op: number;
  readonly group: number;
  readonly sequence: number;
  readonly command: number;
  readonly body: Fields;
  readonly atMs: number;
}

export function crc16(bytes: Uint8Array, initial = 0): number {
  let crc = initial;
  for (const byte of bytes) {
    for (let bit = 7; bit >= 0; bit -= 1) {
      const carry = ((crc >> 15) & 1) ^ ((byte >> bit) & 1);
      crc = ((crc << 1) & 0xffff) ^ (carry === 1 ? 0x1021 : 0);
    }
  }
  return crc;
}

export function frame(packet: Uint8Array): Buffer {
  const raw = Buffer.alloc(packet.length + 4);
  raw.writeUInt16BE(packet.length + 2, 0);
  raw.set(packet, 2);
  raw.writeUInt16BE(crc16(packet), packet.length + 2);
  const lines: Buffer[] = [];
  for (let offset = 0; offset < raw.length; offset += 93) {
    const marker = Buffer.from(offset === 0 ? [6, 9] : [4, 20]);
    const base64 = raw.subarray(offset, offset + 93).toString('base64');
    lines.push(marker, Buffer.from(`${base64}\n`));
  }
  return Buffer.concat(lines);
}

export function packet(
  op: number,
  group: number,
  command: number,
  fields: Fields,
  { sequence = 0, version = 2 } = {},
): Buffer {
  const body = encode(fields);
  const head = Buffer.alloc(8);
  head[0] = ((version - 1) << 3) | op;
  head.writeUInt16BE(body.length, 2);
  head.writeUInt16BE(group, 4);
  head[6] = sequence;
  head[7] = command;
  return Buffer.concat([head, body]);
}

/** Text cut off by a line of a frame that begins so. */
export const cutBy = (marker: string) => new RegExp(`[^\n]${marker}`);

/** Takes frames out of what arrives; the rest is text, in the order in which it came. */
export class Deframer {
  text = '';
  #line: number[] = [];
  #raw = Buffer.alloc(0);

  /** Whole packets, without length and CRC. A wrong CRC is counted and dropped. */
  push(bytes: Uint8Array): Buffer[] {
    const packets: Buffer[] = [];
    for (const byte of bytes) {
      if (byte === 6 || byte === 4) this.#toText();
      this.#line.push(byte);
      if (byte !== 10) continue;
      const [first, second] = this.#line;
      const framed = (first === 6 && second === 9) || (first === 4 && second === 20);
      if (framed) packets.push(...this.#take(first === 6));
      else this.#toText();
      this.#line = [];
    }
    return packets;
  }

  #toText(): void {
    this.text += Buffer.from(this.#line).toString('utf8');
    this.#line = [];
  }

  #take(first: boolean): Buffer[] {
    const part = Buffer.from(Buffer.from(this.#line.slice(2, -1)).toString('latin1'), 'base64');
    this.#raw = first ? part : Buffer.concat([this.#raw, part]);
    if (this.#raw.length < 4 || this.#raw.length < this.#raw.readUInt16BE(0) + 2) return [];
    const packetBytes = this.#raw.subarray(2, this.#raw.readUInt16BE(0));
    const crc = this.#raw.readUInt16BE(this.#raw.readUInt16BE(0));
    this.#raw = Buffer.alloc(0);
    return crc16(packetBytes) === crc ? [packetBytes] : [];
  }
}

export function readReply(bytes: Buffer): Reply {
  return {
    op: bytes.readUInt8(0),
    group: bytes.readUInt16BE(4),
    sequence: bytes.readUInt8(6),
    command: bytes.readUInt8(7),
    // A plain copy, so that byte strings are no Buffers, which cbor2 writes as something else.
    body: decode(new Uint8Array(bytes.subarray(8))),
    atMs: performance.now(),
  };
}

/** A stream of bytes to the simulator, from a socket or a port. */
export class Host {
  readonly deframer = new Deframer();
  /** Every chunk as it arrived. */
  readonly chunks: Buffer[] = [];
  readonly socket: Socket;
  readonly #replies: Reply[] = [];
  #wake: (() => void) | null = null;
  #sequence = 0;

  constructor(socket: Socket) {
    this.socket = socket;
    socket.setNoDelay(true);
    socket.on('error', () => undefined);
    socket.on('data', (bytes) => {
      this.chunks.push(bytes);
      this.#replies.push(...this.deframer.push(bytes).map(readReply));
      this.#wake?.();
    });
  }

  get text(): string {
    return this.deframer.text;
  }

  /** Everything that came, in hex. */
  get received(): string {
    return Buffer.concat(this.chunks).toString('hex');
  }

  send(bytes: Uint8Array): void {
    this.socket.write(bytes);
  }

  /** The next reply; null where none came in time. */
  async reply(timeoutMs = REPLY_MS): Promise<Reply | null> {
    const deadline = performance.now() + timeoutMs;
    for (;;) {
      const reply = this.#replies.shift();
      if (reply !== undefined) return reply;
      if (performance.now() >= deadline) return null;
      await this.#arrival(deadline);
    }
  }

  /** The reply's fields; throws where none came. */
  async ask(op: number, group: number, command: number, fields: Fields = {}, version = 2) {
    this.#sequence = (this.#sequence + 1) & 0xff;
    this.send(frame(packet(op, group, command, fields, { sequence: this.#sequence, version })));
    const reply = await this.reply();
    if (reply === null) throw new Error(`no reply from group ${group} command ${command}`);
    return reply.body;
  }

  async shell(...argv: string[]): Promise<{ readonly o: string; readonly ret: number }> {
    return (await this.ask(WRITE, 9, 0, { argv })) as { o: string; ret: number };
  }

  async setting(name: string): Promise<string> {
    const { val } = await this.ask(READ, 3, 0, { name });
    return Buffer.from(val as Uint8Array).toString('utf8');
  }

  writeSetting(name: string, value: string): Promise<Fields> {
    return this.ask(WRITE, 3, 0, { name, val: new TextEncoder().encode(value) });
  }

  saveSettings(): Promise<Fields> {
    return this.ask(WRITE, 3, 3);
  }

  async statistics(name: string): Promise<Record<string, number>> {
    const { fields } = await this.ask(READ, 2, 0, { name });
    return fields as Record<string, number>;
  }

  /** How often firmware has come up while we listened. */
  get boots(): number {
    return this.text.split('*** Booting Zephyr').length - 1;
  }

  /** Waits for the next time that firmware comes up; `act` is what makes it restart. */
  async restart(act: () => Promise<unknown>): Promise<void> {
    const before = this.boots;
    await act();
    await this.until(() => this.boots > before);
  }

  /** Waits until something that arrived makes a condition true. */
  async until(condition: () => boolean): Promise<void> {
    const deadline = performance.now() + RESTART_MS;
    while (!condition()) {
      if (performance.now() > deadline) throw new Error('did not happen in time');
      await this.#arrival(deadline);
    }
  }

  #arrival(deadline: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, Math.max(0, deadline - performance.now()));
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

export interface Simulated {
  readonly url: string;
  control(message: object): Promise<Fields>;
  connect(): Promise<Host>;
}

/** Where nothing else is said: over TCP, unpaced, no turnaround. */
function withDefaults(args: readonly string[]): string[] {
  const where = args.includes('--pty') || args.includes('--tcp') ? [] : ['--tcp', '127.0.0.1:0'];
  const pace = args.includes('--baud') ? [] : ['--baud', '0', '--turnaround-ms', '0'];
  return [...where, ...pace, ...args];
}

/** A simulator in this process, for as long as the test: quicker to start than one of its own. */
export async function simulate(args: readonly string[] = []): Promise<Simulated> {
  const simulator = new Simulator(parseOptions(withDefaults(args), false));
  onTestFinished(() => simulator.stop());
  const url = await simulator.start();
  return {
    url,
    control: async (message) => answerControl(simulator, message),
    connect: () => connectTcp(url),
  };
}

export interface SimulatorProcess extends Simulated {
  readonly process: ChildProcessWithoutNullStreams;
  readonly ready: Fields;
}

/** The simulator as the program starts it. It ends with the test. */
export async function spawnSimulator(
  args: readonly string[] = [],
  env = process.env,
): Promise<SimulatorProcess> {
  const child = spawn(process.execPath, [program, ...withDefaults(args)], { env });
  onTestFinished(() => {
    child.stdin.end();
    child.kill();
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<Fields> => {
    const { value } = (await lines.next()) as { value?: string };
    if (value === undefined) throw new Error('the simulator ended');
    return JSON.parse(value) as Fields;
  };
  const ready = await next();
  const url = String(ready['url']);
  return {
    process: child,
    url,
    ready,
    control: async (message) => {
      child.stdin.write(`${JSON.stringify(message)}\n`);
      return next();
    },
    connect: () => connectTcp(url),
  };
}

export async function connectTcp(url: string): Promise<Host> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  onTestFinished(() => void socket.destroy());
  return new Host(socket);
}
