/** Fastboot over an interface of class 255, subclass 66, protocol 3: one packet, one transfer. */
import { maxReplyBytes } from '../../protocols/fastboot/reply.ts';
import { PortError, type Wait } from '../../ports/port.ts';
import type { TransferPort } from '../../ports/transfer-port.ts';
import type { FastbootLink } from './link.ts';

/** "zero-length packets are ignored" (README.md): a device that sends nothing else is not waited for. */
const maxEmptyTransfers = 16;

export class UsbFastbootLink implements FastbootLink {
  readonly #port: TransferPort;

  constructor(port: TransferPort) {
    this.#port = port;
  }

  get url(): string {
    return this.#port.url;
  }

  get closed(): Promise<PortError | null> {
    return this.#port.closed;
  }

  sendCommand(bytes: Uint8Array, wait: Wait): Promise<void> {
    return this.#port.send(bytes, wait);
  }

  /** No empty packet at the end: the device counts the bytes that were announced. */
  sendData(bytes: Uint8Array, wait: Wait): Promise<void> {
    return this.#port.send(bytes, wait);
  }

  async receive(wait: Wait): Promise<Uint8Array> {
    // Whole packets are asked for: a device may fill the last one, and USB has no room for more.
    const packet = this.#port.maxPacketBytes;
    const roomBytes = Math.ceil(maxReplyBytes / packet) * packet;
    for (let empty = 0; empty < maxEmptyTransfers; empty++) {
      const bytes = await this.#port.receive(roomBytes, wait);
      if (bytes.length > 0) return bytes;
    }
    throw new PortError('port-silent', { port: this.url, timeoutMs: wait.timeoutMs });
  }

  close(): Promise<void> {
    return this.#port.close();
  }
}
