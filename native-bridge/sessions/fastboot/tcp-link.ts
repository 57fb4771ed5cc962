/** Fastboot over a byte pipe: TCP, as boot loaders with a network have it. */
import { messageLength, TcpFraming, tcpHandshake } from '../../protocols/fastboot/tcp-framing.ts';
import { type BytePort, PortError, type Wait } from '../../ports/port.ts';
import type { FastbootLink } from './link.ts';

export class TcpFastbootLink implements FastbootLink {
  readonly #port: BytePort;
  readonly #framing = new TcpFraming();
  readonly #messages: Uint8Array[] = [];

  private constructor(port: BytePort) {
    this.#port = port;
  }

  /** Shakes hands. Throws PortError, FastbootFormatError; the port stays the caller's to close. */
  static async open(port: BytePort, wait: Wait): Promise<TcpFastbootLink> {
    const link = new TcpFastbootLink(port);
    await port.write(tcpHandshake, wait);
    const untilMs = performance.now() + wait.timeoutMs;
    while (!link.#framing.greeted) await link.#readMore(remaining(wait, untilMs));
    return link;
  }

  get url(): string {
    return this.#port.url;
  }

  get closed(): Promise<PortError | null> {
    return this.#port.closed;
  }

  async sendCommand(bytes: Uint8Array, wait: Wait): Promise<void> {
    await this.sendData(bytes, wait);
  }

  async sendData(bytes: Uint8Array, wait: Wait): Promise<void> {
    const written = [
      this.#port.write(messageLength(bytes.length), wait),
      this.#port.write(bytes, wait),
    ];
    await Promise.all(written);
  }

  async receive(wait: Wait): Promise<Uint8Array> {
    const untilMs = performance.now() + wait.timeoutMs;
    for (;;) {
      const message = this.#messages.shift();
      if (message) return message;
      await this.#readMore(remaining(wait, untilMs));
    }
  }

  close(): Promise<void> {
    return this.#port.close();
  }

  async #readMore(wait: Wait): Promise<void> {
    const bytes = await this.#port.read(wait);
    if (bytes === null) throw new PortError('port-vanished', { port: this.url });
    this.#messages.push(...this.#framing.push(bytes));
  }
}

/** A message that comes byte by byte has one deadline, not one for each byte. */
function remaining({ timeoutMs, signal }: Wait, untilMs: number): Wait {
  return { timeoutMs: Math.max(0, Math.min(timeoutMs, untilMs - performance.now())), signal };
}
