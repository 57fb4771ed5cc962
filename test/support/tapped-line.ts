/** A line to a simulated terminal that a test may tap: it sees each request and can hold it back. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { encodeCborMap } from '../../native-bridge/protocols/cbor.ts';
import { decodeRequest, type SmpMessage } from '../../native-bridge/protocols/smp/command.ts';
import { SMP_HEADER_BYTES, writeHeader } from '../../native-bridge/protocols/smp/header.ts';
import { encodeSerial, SerialFraming } from '../../native-bridge/protocols/smp/serial-framing.ts';
import { tcpTerminal } from './tcp-terminal.ts';

/** True: the request does not reach the terminal. */
export type Tap = (request: SmpMessage) => boolean;

export class TappedLine {
  /** What the tap is asked about each request. */
  tap: Tap = () => false;
  url = '';
  /** The terminal at the far end; hosts that connect later get the one that is here then. */
  target: string;
  /** How often a host connected. */
  hosts = 0;
  #host: Socket | null = null;
  #far: Socket | null = null;

  private constructor(target: string) {
    this.target = target;
  }

  static async to(target: string): Promise<TappedLine> {
    const line = new TappedLine(target);
    const near = await tcpTerminal((socket) => line.#join(socket));
    onTestFinished(() => near.close());
    line.url = near.url;
    return line;
  }

  /** Plugs another terminal in without the host's port noticing. */
  replug(target: string): void {
    this.target = target;
    this.#far?.removeAllListeners('close').destroy();
    if (this.#host) this.#dial(this.#host);
  }

  /** The cable is pulled; it can be plugged in again at once. */
  hangUp(): void {
    this.#host?.destroy();
  }

  /** As `hangUp`; resolves when the terminal has let the line go, too, and takes another host. */
  async hungUp(): Promise<void> {
    const far = this.#far;
    const closed = far ? once(far, 'close') : null;
    this.hangUp();
    await closed;
  }

  /** Restarts the terminal behind the host's back. */
  reset(): void {
    const body = encodeCborMap({});
    const packet = new Uint8Array(SMP_HEADER_BYTES + body.length);
    const header = { version: 2, operation: 'write', flags: 0, group: 0, id: 5 } as const;
    writeHeader({ ...header, sequence: 0, bodyBytes: body.length }, packet);
    packet.set(body, SMP_HEADER_BYTES);
    this.#far?.write(encodeSerial(packet));
  }

  #dial(host: Socket): void {
    const { hostname, port } = new URL(this.target);
    const far = connect(Number(port), hostname);
    far.on('data', (bytes) => host.write(bytes));
    far.on('error', () => host.destroy());
    far.on('close', () => host.destroy());
    this.#far = far;
  }

  #join(host: Socket): void {
    this.#host = host;
    this.hosts++;
    this.#dial(host);
    const framing = new SerialFraming();
    // Said to the terminal, which closes its end in turn.
    host.on('close', () => this.#far?.end());
    host.on('data', (bytes) => {
      for (const value of framing.push(bytes)) {
        if (value.kind !== 'packet') continue;
        if (this.tap(decodeRequest(value.bytes))) continue;
        this.#far?.write(encodeSerial(value.bytes));
      }
    });
  }
}
