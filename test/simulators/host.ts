/** A host for tests of the simulator: a socket, requests and replies, the text between them. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import {
  Deframer,
  READ,
  WRITE,
  frame,
  packet,
  readReply,
  type Fields,
  type Reply,
} from './frames.ts';

const REPLY_MS = 5000;
const RESTART_MS = 15_000;

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

export async function connectTcp(url: string): Promise<Host> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  onTestFinished(() => void socket.destroy());
  return new Host(socket);
}
