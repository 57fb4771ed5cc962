/**
 * A pipe whose transfers keep their borders: one USB interface with a bulk endpoint each way. As on
 * a byte port, every wait has a deadline and a way out.
 */
import type { PortError, Wait } from './port.ts';

export interface SendOptions extends Wait {
  /** USB 2.0, 5.8.3: ends a transfer that fills its last packet, where the protocol wants it ended. */
  readonly zeroLengthPacket?: boolean;
}

export interface TransferPort {
  /** Canonical address: `usb://2fb8:2205/SERIAL`. */
  readonly url: string;
  /** wMaxPacketSize of the endpoint towards the device, in bytes. */
  readonly maxPacketBytes: number;
  /**
   * The next transfer from the device: it ends when `maxBytes` came or with a short packet, so it may
   * be empty. One receiver at a time. What a cancelled or late wait had received is not lost: the
   * next one begins with it. What a device sends beyond `maxBytes` before it ends its transfer is
   * not lost either. After `port-stalled` the port can be used on: the halt was cleared. Throws
   * PortError `port-silent`, `port-stalled`, `port-vanished`, `port-failed`, `cancelled`.
   */
  receive(maxBytes: number, wait: Wait): Promise<Uint8Array>;
  /**
   * One transfer to the device, an empty one included; several may be outstanding, they go out in
   * order. `bytes` must not change until then. One that is cut in its middle takes those behind it
   * along: the device would read them as its rest. Throws PortError `port-write-timeout`,
   * `port-stalled`, `port-vanished`, `port-failed`, `cancelled`.
   */
  send(bytes: Uint8Array, options: SendOptions): Promise<void>;
  /** Releases the interface and closes the device. */
  close(): Promise<void>;
  /** Settles once: null after our close, the error when the device vanished or failed. */
  readonly closed: Promise<PortError | null>;
}
