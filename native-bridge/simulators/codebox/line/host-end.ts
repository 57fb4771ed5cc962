/** Where the host plugs in: a TCP port, a pseudo terminal, or a host in this process. */
export interface HostEnd {
  /** Opens and says at which address. */
  open(): Promise<string>;
  write(bytes: Uint8Array): void;
  pause(): void;
  resume(): void;
  /** The cable is out: the port vanishes for whoever has it open. */
  pull(): Promise<void>;
  /** The cable is in again; says at which address. */
  plug(): Promise<string>;
  /** The port vanishes and is there again at another address; says at which. */
  move?(): Promise<string>;
  close(): Promise<void>;
}

export interface HostEvents {
  received(bytes: Uint8Array): void;
}

/** Why a port could not be opened, in one word for the ready line. */
export class HostEndError extends Error {
  readonly fault: 'needs-socat' | 'address-in-use' | 'failed';
  constructor(fault: HostEndError['fault'], options?: ErrorOptions) {
    super(fault, options);
    this.fault = fault;
  }
}

/** What a reader that stopped reading may leave unread before bytes are lost, as on a real line. */
export const MAX_UNREAD_BYTES = 65_536;
