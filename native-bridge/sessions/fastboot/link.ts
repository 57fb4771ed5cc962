/**
 * What carries fastboot: packets there and back. Over USB a packet is a transfer; over TCP it is a
 * message with its length. The data of a download goes out as it comes, in pieces of any size.
 */
import type { PortError, Wait } from '../../ports/port.ts';

export interface FastbootLink {
  readonly url: string;
  sendCommand(bytes: Uint8Array, wait: Wait): Promise<void>;
  sendData(bytes: Uint8Array, wait: Wait): Promise<void>;
  /** The next reply. Throws PortError, FastbootFormatError. */
  receive(wait: Wait): Promise<Uint8Array>;
  close(): Promise<void>;
  readonly closed: Promise<PortError | null>;
}
