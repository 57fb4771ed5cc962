/** A boot loader that answers as a test says, over TCP and over USB transfers. */
import { onTestFinished } from 'vitest';
import { openPort } from '../../native-bridge/ports/open-port.ts';
import { withDeadline } from '../../native-bridge/ports/deadline.ts';
import { PortError, type Wait } from '../../native-bridge/ports/port.ts';
import type { TransferPort } from '../../native-bridge/ports/transfer-port.ts';
import { FastbootSession } from '../../native-bridge/sessions/fastboot/fastboot-session.ts';
import { TcpFastbootLink } from '../../native-bridge/sessions/fastboot/tcp-link.ts';
import { UsbFastbootLink } from '../../native-bridge/sessions/fastboot/usb-link.ts';
import { tcpTerminal } from './tcp-terminal.ts';

/** What a command is answered with, packet by packet; none: silence. */
export type FastbootScript = (command: string) => readonly string[];

export class FastbootDevice {
  readonly commands: string[] = [];
  /** Downloads that came whole. */
  readonly downloads: Buffer[] = [];
  readonly #script: FastbootScript;
  #wantedBytes = 0;
  #taken: Buffer[] = [];

  constructor(script: FastbootScript = () => []) {
    this.#script = script;
  }

  /** Replies to one packet from the host. */
  take(packet: Buffer): readonly string[] {
    if (this.#wantedBytes > 0) return this.#takeData(packet);
    const command = packet.toString('latin1');
    this.commands.push(command);
    const told = this.#script(command);
    const size = /^download:([0-9a-f]{8})$/.exec(command)?.[1];
    if (told.length > 0 || size === undefined) {
      this.#wantedBytes = told.some((reply) => reply.startsWith('DATA'))
        ? parseInt(size ?? '0', 16)
        : 0;
      return told;
    }
    this.#wantedBytes = parseInt(size, 16);
    return [`DATA${size}`];
  }

  #takeData(packet: Buffer): readonly string[] {
    this.#taken.push(Buffer.from(packet));
    this.#wantedBytes -= packet.length;
    if (this.#wantedBytes > 0) return [];
    this.downloads.push(Buffer.concat(this.#taken));
    this.#taken = [];
    return ['OKAY'];
  }
}

/** Its own framing, so that ours is held to another. `trickle`: byte by byte. */
export async function overTcp(device: FastbootDevice, { trickle = false, greeting = 'FB01' } = {}) {
  const line = await tcpTerminal((socket) => {
    let rest = Buffer.alloc(0);
    let greeted = false;
    const send = (bytes: Buffer): void => {
      if (trickle) for (const byte of bytes) socket.write(Buffer.of(byte));
      else socket.write(bytes);
    };
    socket.on('data', (chunk) => {
      rest = Buffer.concat([rest, chunk]);
      if (!greeted && rest.length >= 4) {
        greeted = true;
        rest = rest.subarray(4);
        send(Buffer.from(greeting));
      }
      while (rest.length >= 8) {
        const end = 8 + Number(rest.readBigUInt64BE());
        if (rest.length < end) return;
        const replies = device.take(rest.subarray(8, end));
        rest = rest.subarray(end);
        for (const reply of replies) send(Buffer.concat([lengthOf(reply), Buffer.from(reply)]));
      }
    });
  });
  onTestFinished(() => line.close());
  return line;
}

function lengthOf(reply: string): Buffer {
  const length = Buffer.alloc(8);
  length.writeBigUInt64BE(BigInt(Buffer.byteLength(reply)));
  return length;
}

export async function sessionOverTcp(
  device: FastbootDevice,
  options: Parameters<typeof overTcp>[1] = {},
): Promise<FastbootSession> {
  const line = await overTcp(device, options);
  const port = await openPort(line.url, { timeoutMs: 5000 });
  onTestFinished(() => port.close());
  return new FastbootSession(await TcpFastbootLink.open(port, { timeoutMs: 5000 }));
}

/** Transfers keep their borders; nothing is copied onto a bus. */
export class FastbootTransfers implements TransferPort {
  readonly url = 'usb://18d1:4ee0/TEST';
  readonly maxPacketBytes: number;
  readonly closed: Promise<PortError | null>;
  /** Sizes that were asked for. */
  readonly asked: number[] = [];
  readonly #device: FastbootDevice;
  readonly #replies: Uint8Array[] = [];
  #arrived: () => void = () => undefined;
  #resolve: (why: PortError | null) => void = () => undefined;
  #stalled = false;
  #gone: PortError | null = null;

  constructor(device: FastbootDevice, maxPacketBytes = 512) {
    this.#device = device;
    this.maxPacketBytes = maxPacketBytes;
    this.closed = new Promise((resolve) => (this.#resolve = resolve));
  }

  async receive(maxBytes: number, wait: Wait): Promise<Uint8Array> {
    this.asked.push(maxBytes);
    const arrived = new Promise<void>((resolve) => (this.#arrived = resolve));
    const isHere = this.#replies.length > 0 || this.#gone !== null;
    const options = { port: this.url, late: 'port-silent' } as const;
    if (!isHere) await withDeadline(arrived, wait, options);
    const reply = this.#replies.shift();
    if (reply) return reply;
    throw this.#gone ?? new Error('nothing came');
  }

  send(bytes: Uint8Array): Promise<void> {
    if (this.#stalled)
      return Promise.reject(new PortError('port-write-timeout', { port: this.url }));
    for (const reply of this.#device.take(Buffer.from(bytes))) this.say(Buffer.from(reply));
    return Promise.resolve();
  }

  say(bytes: Uint8Array): void {
    this.#replies.push(Uint8Array.from(bytes));
    this.#arrived();
  }

  /** It takes no more data. */
  stall(): void {
    this.#stalled = true;
  }

  vanish(): void {
    this.#gone = new PortError('port-vanished', { port: this.url });
    this.#resolve(this.#gone);
    this.#arrived();
  }

  close(): Promise<void> {
    this.#resolve(null);
    return Promise.resolve();
  }
}

export function sessionOverUsb(device: FastbootDevice, maxPacketBytes = 512) {
  const port = new FastbootTransfers(device, maxPacketBytes);
  return { port, session: new FastbootSession(new UsbFastbootLink(port)) };
}
