/**
 * A serial line. One loop reads from the system while there is room, one queue writes; the line is
 * watched by its device node too, because a driver may keep a read waiting after the cable went.
 */
import { stat } from 'node:fs/promises';
import { withDeadline } from './deadline.ts';
import { type BytePort, PortError, type Wait } from './port.ts';
import { ReceiveBuffer } from './receive-buffer.ts';
import { openBinding, type SerialBinding } from './serial-binding.ts';
import { checkBeforeOpening, openFault } from './serial-faults.ts';
import { WriteQueue } from './write-queue.ts';

export interface SerialOptions {
  /** Canonical address. */
  readonly url: string;
  readonly path: string;
  readonly baud: number;
  /** As the system leaves it where undefined. */
  readonly dtr?: boolean | undefined;
  readonly rts?: boolean | undefined;
}

const READ_BYTES = 4096;
const WATCH_MS = 500;
/** The system waits for what is unsent when a line is closed; we do not wait for a jammed one. */
const CLOSE_TIMEOUT_MS = 2000;

/**
 * @throws PortError `port-missing`, `port-forbidden {group?}`, `port-busy {holder?, pid?}`,
 * `port-address-invalid`, `port-open-timeout`, `port-failed`, `cancelled`
 */
export async function openSerialPort(options: SerialOptions, wait: Wait): Promise<BytePort> {
  const opening = open(options, wait);
  return withDeadline(opening, wait, {
    port: options.path,
    late: 'port-open-timeout',
    abandon: (port) => void port.close(),
  });
}

async function open(options: SerialOptions, wait: Wait): Promise<SerialBytePort> {
  const { path, baud, dtr, rts } = options;
  await checkBeforeOpening(path);
  // Nobody waits any more: leave the line alone.
  if (wait.signal?.aborted) throw new PortError('cancelled', { port: path });
  const binding = await openBinding(path, baud).catch(async (cause: unknown) => {
    throw await openFault(path, cause);
  });
  const port = new SerialBytePort(options, binding);
  if (dtr !== undefined || rts !== undefined) {
    await port.setSignals({
      ...(dtr === undefined ? {} : { dtr }),
      ...(rts === undefined ? {} : { rts }),
    });
  }
  return port;
}

class SerialBytePort implements BytePort {
  readonly url: string;
  readonly baud: number;
  readonly closed: Promise<PortError | null>;
  readonly #path: string;
  readonly #binding: SerialBinding;
  readonly #received: ReceiveBuffer;
  readonly #writes: WriteQueue;
  readonly #watch: NodeJS.Timeout | null;
  signalsRefused = false;
  /** What the system sets on opening. */
  #signals = { dtr: true, rts: true };
  #resolveClosed: (why: PortError | null) => void = () => undefined;
  #released: Promise<void> | null = null;
  #room: (() => void) | null = null;

  constructor(options: SerialOptions, binding: SerialBinding) {
    this.url = options.url;
    this.baud = options.baud;
    this.#path = options.path;
    this.#binding = binding;
    this.closed = new Promise((resolve) => (this.#resolveClosed = resolve));
    this.#received = new ReceiveBuffer(this.#path, () => this.#room?.());
    this.#writes = new WriteQueue(this.#path, (bytes) => this.#writeAll(bytes));
    this.#watch = process.platform === 'win32' ? null : this.#watchNode();
    void this.#pump();
  }

  read(wait: Wait): Promise<Uint8Array | null> {
    return this.#received.read(wait);
  }

  write(bytes: Uint8Array, wait: Wait): Promise<void> {
    return this.#writes.write(bytes, wait);
  }

  async setSignals(signals: { dtr?: boolean; rts?: boolean }): Promise<void> {
    this.#signals = { ...this.#signals, ...signals };
    try {
      await this.#binding.set({ ...this.#signals, brk: false, cts: false, dsr: false });
    } catch {
      // A pseudo terminal has no such lines; on a device that can't send a break serialport gives up
      // before it sets them (bindings-cpp 13). A line that is gone is noticed by the read.
      this.signalsRefused = true;
    }
  }

  close(): Promise<void> {
    return this.#release(null);
  }

  async #pump(): Promise<void> {
    const scratch = Buffer.allocUnsafe(READ_BYTES);
    try {
      while (this.#released === null) {
        if (this.#received.isFull) await new Promise<void>((resolve) => (this.#room = resolve));
        const { bytesRead } = await this.#binding.read(scratch, 0, scratch.length);
        this.#received.push(Uint8Array.from(scratch.subarray(0, bytesRead)));
      }
    } catch (cause) {
      this.#vanished(cause);
    }
  }

  async #writeAll(bytes: Uint8Array): Promise<void> {
    try {
      await this.#binding.write(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    } catch (cause) {
      this.#vanished(cause);
      throw cause;
    }
  }

  #watchNode(): NodeJS.Timeout {
    const watch = setInterval(() => {
      stat(this.#path).catch((cause: unknown) => {
        if ((cause as NodeJS.ErrnoException).code === 'ENOENT') this.#vanished(cause);
      });
    }, WATCH_MS);
    return watch.unref();
  }

  #vanished(cause: unknown): void {
    if (this.#released !== null) return;
    void this.#release(new PortError('port-vanished', { port: this.#path }, { cause }));
  }

  #release(why: PortError | null): Promise<void> {
    this.#released ??= this.#releaseOnce(why);
    return this.#released;
  }

  async #releaseOnce(why: PortError | null): Promise<void> {
    if (this.#watch) clearInterval(this.#watch);
    this.#received.end(why);
    this.#writes.end(why);
    this.#room?.();
    const closing = this.#binding.close().catch(() => undefined);
    const wait = { timeoutMs: CLOSE_TIMEOUT_MS };
    await withDeadline(closing, wait, { port: this.#path, late: 'port-failed' }).catch(
      () => undefined,
    );
    this.#resolveClosed(why);
  }
}
