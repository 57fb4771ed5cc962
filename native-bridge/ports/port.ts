/**
 * A port is a byte pipe to a terminal. Every wait on it has a deadline and a way out; what goes
 * wrong is a PortError whose code says which of the few things it was.
 */

export interface Wait {
  /** Milliseconds until PortError `port-silent` (read), `port-write-timeout` (write), `port-open-timeout` (open). */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

export interface BytePort {
  /** Canonical address, see contract/port.ts. */
  readonly url: string;
  /** The line's rate where it has one, in bits per second. */
  readonly baud: number | null;
  /** The next bytes in order of arrival; null once the port was closed by us. One reader at a time. */
  read(wait: Wait): Promise<Uint8Array | null>;
  /**
   * Gives back bytes that were read and are not looked at any more, each once: the port may put
   * others in their place, which spares a fast one much memory. Nobody has to.
   */
  giveBack?(bytes: Uint8Array): void;
  /**
   * Resolves when the operating system has taken the bytes: some kilobytes may still be ahead of the
   * line. Several may be outstanding; they go out in order.
   */
  write(bytes: Uint8Array, wait: Wait): Promise<void>;
  /** The modem lines were asked for and are as the system left them. */
  readonly signalsRefused?: boolean;
  /** Sets modem lines; a port without them ignores it. */
  setSignals(signals: { dtr?: boolean; rts?: boolean }): Promise<void>;
  close(): Promise<void>;
  /** Settles once: null after our close, the error when the port vanished or failed. */
  readonly closed: Promise<PortError | null>;
}

export type PortErrorCode =
  | 'port-missing'
  | 'port-busy'
  | 'port-forbidden'
  | 'port-vanished'
  | 'port-refused'
  | 'port-unreachable'
  | 'port-open-timeout'
  | 'port-write-timeout'
  | 'port-silent'
  | 'port-failed'
  // a USB device
  | 'port-stalled'
  | 'port-ambiguous'
  | 'port-adb-server'
  | 'port-no-driver'
  | 'port-address-invalid'
  // a recording in place of a terminal
  | 'file-missing'
  | 'file-unreadable'
  | 'file-too-large'
  | 'recording-invalid'
  | 'not-recorded'
  | 'cancelled';

export class PortError extends Error {
  override readonly name = 'PortError';
  readonly code: PortErrorCode;
  /**
   * `port`, or `file` of a recording; with `port-busy` also `holder` and `pid` where the system
   * tells; with `port-forbidden` the `group` that may, or the `node` that a udev rule is to open; `pid`
   * with `port-adb-server`; how many there are, `count`, with `port-ambiguous`; with `not-recorded`
   * what was asked.
   */
  readonly facts: Readonly<Record<string, string | number | boolean>>;

  constructor(
    code: PortErrorCode,
    facts: Readonly<Record<string, string | number | boolean>>,
    options?: ErrorOptions,
  ) {
    super(`${code} ${JSON.stringify(facts)}`, options);
    this.code = code;
    this.facts = facts;
  }
}
