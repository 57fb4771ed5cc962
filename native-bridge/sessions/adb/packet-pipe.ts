/** Whole packets over a port, whatever kind of port it is. */
import type { AdbHeader } from '../../protocols/adb/packet.ts';
import type { PortError } from '../../ports/port.ts';

export interface AdbPacket extends AdbHeader {
  readonly payload: Uint8Array;
}

export interface PacketPipe {
  /** Canonical address of the port. */
  readonly url: string;
  /** Longer payloads are refused before anything is allocated for them. */
  maxPayloadBytes: number;
  /** Null after our close. @throws PortError; AdbFormatError, after which the pipe is of no use */
  receive(): Promise<AdbPacket | null>;
  /** A payload that came and is not looked at any more; its memory is used again. */
  giveBack(payload: Uint8Array): void;
  /** `payload` may be changed once it resolves. @throws PortError */
  send(header: AdbHeader, payload: Uint8Array): Promise<void>;
  close(): Promise<void>;
  /** As the port's own. */
  readonly closed: Promise<PortError | null>;
}

/** Packets may be days apart. */
export const IDLE_READ_MS = 60_000;
/** A daemon that has stopped reading is gone; what waits for it has given up long before. */
export const WRITE_TIMEOUT_MS = 60_000;
