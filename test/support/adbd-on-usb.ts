/** A scripted daemon behind a USB interface: a packet's header and payload are transfers of their own. */
import { ADB_HEADER_BYTES } from '../../native-bridge/protocols/adb/packet.ts';
import { PortError, type Wait } from '../../native-bridge/ports/port.ts';
import type { SendOptions, TransferPort } from '../../native-bridge/ports/transfer-port.ts';
import type { ScriptedAdbd } from './scripted-adbd.ts';

export class AdbdOnUsb implements TransferPort {
  readonly url = 'usb://18d1:4ee7/SCRIPTED';
  readonly maxPacketBytes = 512;
  readonly closed: Promise<PortError | null>;
  /** Lengths of the transfers to it; `+0` where an empty packet ends one. */
  readonly sent: string[] = [];
  readonly #daemon: ScriptedAdbd;
  readonly #transfers: Uint8Array[];

  /** `leftovers`: transfers that were there before. */
  constructor(daemon: ScriptedAdbd, leftovers: readonly Uint8Array[] = []) {
    this.#daemon = daemon;
    this.#transfers = [...leftovers];
    this.closed = daemon.closed;
  }

  async receive(maxBytes: number, wait: Wait): Promise<Uint8Array> {
    if (this.#transfers.length === 0) await this.#more(wait);
    const [transfer = new Uint8Array(0)] = this.#transfers.splice(0, 1);
    const rest = transfer.subarray(maxBytes);
    if (rest.length > 0) this.#transfers.unshift(rest);
    return transfer.subarray(0, maxBytes);
  }

  async send(bytes: Uint8Array, { zeroLengthPacket }: SendOptions): Promise<void> {
    this.sent.push(zeroLengthPacket === true ? `${bytes.length}+0` : `${bytes.length}`);
    await this.#daemon.write(bytes);
  }

  close(): Promise<void> {
    return this.#daemon.close();
  }

  async #more(wait: Wait): Promise<void> {
    const packet = await this.#daemon.read(wait);
    if (packet === null) throw new PortError('port-vanished', { port: this.url });
    this.#transfers.push(packet.subarray(0, ADB_HEADER_BYTES));
    if (packet.length > ADB_HEADER_BYTES) this.#transfers.push(packet.subarray(ADB_HEADER_BYTES));
  }
}
