/**
 * The bulk endpoint towards the host: one transfer with the system at a time, for what is asked for.
 * None is asked for ahead: a device ends what it sends with a short packet or not at all, and a
 * transfer that is longer than what comes would never end. What is with the system when a wait ends
 * is kept for the next one.
 */
import { PortError, type Wait } from './port.ts';
import type { Submitted, UsbHandle } from './usb-handle.ts';
import { settleWithin, throwIfAborted } from './usb-wait.ts';

export interface PipeOptions {
  readonly handle: UsbHandle;
  /** Address of the endpoint. */
  readonly endpoint: number;
  readonly maxPacketBytes: number;
  /** The port's name, for the facts. */
  readonly port: string;
  /** The error for a UsbTrouble or UsbError, after what is to be done about it was done. */
  readonly fault: (trouble: unknown, endpoint: number) => Promise<PortError>;
}

/** What the system is asked for at once; what is longer comes in several. */
const MAX_TRANSFER_BYTES = 1024 * 1024;
/** A wait never holds more. */
const MAX_RECEIVE_BYTES = 16 * 1024 * 1024;

interface Kept {
  readonly bytes: Uint8Array;
  /** The transfer they are from is over. */
  readonly ended: boolean;
}

const nothing: Kept = { bytes: new Uint8Array(0), ended: false };

export class UsbInPipe {
  readonly #options: PipeOptions;
  #kept = nothing;
  #receiving = false;
  #current: Submitted | null = null;
  /** undefined: open. */
  #end: PortError | undefined;

  constructor(options: PipeOptions) {
    this.#options = options;
  }

  /**
   * @throws PortError `port-silent`, `port-stalled`, `port-vanished`, `port-failed`, `cancelled`;
   * RangeError for a second receiver, or where more is asked for than is ever held
   */
  async receive(maxBytes: number, wait: Wait): Promise<Uint8Array> {
    if (this.#receiving) throw new RangeError('one receiver at a time');
    if (maxBytes < 1 || maxBytes > MAX_RECEIVE_BYTES) throw new RangeError('bytes to receive');
    throwIfAborted(this.#options.port, wait.signal);
    this.#receiving = true;
    try {
      return await this.#receive(maxBytes, performance.now() + wait.timeoutMs, wait.signal);
    } catch (error) {
      if (!(error instanceof PortError) || error.code !== 'port-silent') throw error;
      // Of several transfers each had less time.
      const { port } = this.#options;
      throw new PortError('port-silent', { port, timeoutMs: wait.timeoutMs }, { cause: error });
    } finally {
      this.#receiving = false;
    }
  }

  /** Ends the wait there is; those after it end at once. Resolves when the system has nothing of ours. */
  async end(why: PortError): Promise<void> {
    this.#end ??= why;
    this.#current?.cancel();
    await this.#current?.done;
  }

  async #receive(
    maxBytes: number,
    untilMs: number,
    signal: AbortSignal | undefined,
  ): Promise<Uint8Array> {
    while (!this.#kept.ended && this.#kept.bytes.length < maxBytes) {
      if (this.#end) throw this.#end;
      const timeoutMs = Math.max(0, untilMs - performance.now());
      await this.#more(maxBytes - this.#kept.bytes.length, { timeoutMs, signal });
    }
    const { bytes, ended } = this.#kept;
    const rest = bytes.subarray(maxBytes);
    this.#kept = rest.length === 0 ? nothing : { bytes: rest, ended };
    return bytes.subarray(0, maxBytes);
  }

  /** One transfer. What it brought is kept, however it ended. */
  async #more(wanted: number, wait: Wait): Promise<void> {
    const { endpoint, maxPacketBytes, port } = this.#options;
    // Whole packets: what exceeds the buffer in a packet's middle would be lost.
    const packets = Math.ceil(Math.min(wanted, MAX_TRANSFER_BYTES) / maxPacketBytes);
    const buffer = Buffer.allocUnsafeSlow(packets * maxPacketBytes);
    const submitted = await this.#submit(buffer);
    this.#current = submitted;
    const work = submitted.done.then(async ({ bytes, trouble }) => {
      this.#current = null;
      this.#keep(buffer.subarray(0, bytes), trouble === null && bytes < buffer.length);
      if (trouble !== null) throw this.#end ?? (await this.#options.fault(trouble, endpoint));
    });
    await settleWithin({ work, cancel: () => submitted.cancel(), port, late: 'port-silent' }, wait);
  }

  async #submit(buffer: Buffer): Promise<Submitted> {
    const { handle, endpoint, fault } = this.#options;
    try {
      return handle.submit(endpoint, 'bulk', buffer);
    } catch (error) {
      throw await fault(error, endpoint);
    }
  }

  #keep(bytes: Uint8Array, ended: boolean): void {
    const before = this.#kept.bytes;
    const all = before.length === 0 ? bytes : Buffer.concat([before, bytes]);
    this.#kept = { bytes: all, ended };
  }
}
