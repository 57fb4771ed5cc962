/**
 * A USB interface as a pipe of transfers. Opening it: wait until libusb knows the device, claim the
 * interface, find its two bulk endpoints. From there on each direction is a pipe of its own
 * (usb-in.ts, usb-out.ts); the device's place is looked at now and then, because with no transfer
 * under way nothing tells of a pulled cable. However it ends, what the system has of ours is called
 * back first, then the interface is released and the device closed.
 */
import { formatAddress, portName } from './address.ts';
import { withDeadline } from './deadline.ts';
import { pause } from './pause.ts';
import { PortError, type Wait } from './port.ts';
import type { SendOptions, TransferPort } from './transfer-port.ts';
import type { UsbAddress } from './usb-address.ts';
import { controlTransfer, type ControlRequest } from './usb-control.ts';
import { claimFault } from './usb-faults.ts';
import { findUsbDevice } from './usb-find.ts';
import { leadsToHost, type LibraryInterface, type UsbHandle } from './usb-handle.ts';
import { UsbInPipe, type PipeOptions } from './usb-in.ts';
import { isSame, type UsbInterfaceMatch } from './usb-interfaces.ts';
import { UsbOutPipe } from './usb-out.ts';
import { numberAt } from './usb-sysfs.ts';
import { UsbError } from './usb-trouble.ts';

export interface UsbOpenOptions extends Wait {
  /** Which of the device's interfaces (usb-interfaces.ts). */
  readonly match: UsbInterfaceMatch;
}

export interface UsbPort extends TransferPort {
  /**
   * A control transfer (USB 2.0, 9.3): the bytes that came, where its direction is towards the host.
   * Throws PortError `port-stalled` (the device refuses the request), `port-silent`,
   * `port-vanished`, `port-failed`, `cancelled`.
   */
  control(request: ControlRequest, wait: Wait): Promise<Uint8Array>;
  /**
   * As if it had been plugged in anew. A device that comes back as another one ends this port
   * (`port-vanished`); what was under way fails. Throws as `control`.
   */
  reset(wait: Wait): Promise<void>;
}

const WATCH_MS = 300;
const CLOSE_TIMEOUT_MS = 3000;
/** The kernel tells of failed transfers some time before it tells that the device is gone. */
const GONE_MS = 600;

/** Interfaces that are open in this process: libusb lets one process claim what it has again. */
const claimed = new Set<string>();

/**
 * An open that is given up leaves nothing behind.
 * @throws PortError `port-missing`, `port-ambiguous`, `port-busy {holder?, pid?}`,
 * `port-adb-server {pid?}`, `port-forbidden {node?}`, `port-no-driver`, `port-open-timeout`,
 * `port-failed`, `cancelled`
 */
export async function openUsbPort(address: UsbAddress, options: UsbOpenOptions): Promise<UsbPort> {
  const port = portName(address);
  if (options.signal?.aborted === true) throw new PortError('cancelled', { port });
  const stop = new AbortController();
  const opening = open(address, options, stop.signal);
  try {
    return await withDeadline(opening, options, {
      port,
      late: 'port-open-timeout',
      abandon: (opened) => void opened.close(),
    });
  } finally {
    stop.abort();
  }
}

async function open(
  address: UsbAddress,
  { match }: UsbOpenOptions,
  signal: AbortSignal,
): Promise<UsbTransferPort> {
  const port = portName(address);
  const handle = await findUsbDevice(address, signal);
  const chosen = handle.interfaces().find((each) => isSame(match, each));
  const pair = chosen && bulkPair(chosen);
  if (!pair) throw new PortError('port-failed', { port });
  const key = `${handle.bus}/${handle.number}/${chosen.number}`;
  try {
    if (claimed.has(key)) throw new UsbError('busy', 'claim');
    handle.open();
    handle.claim(chosen.number);
    claimed.add(key);
  } catch (error) {
    closeQuietly(handle);
    throw await claimFault(port, handle, error);
  }
  const opened = new UsbTransferPort(address, handle, chosen, pair, () => claimed.delete(key));
  try {
    if (chosen.alternate !== 0) await handle.setAlternate(chosen.number, chosen.alternate);
    return opened;
  } catch (error) {
    await opened.close();
    throw await claimFault(port, handle, error);
  }
}

interface BulkPair {
  readonly toHost: LibraryInterface['endpoints'][number];
  readonly toDevice: LibraryInterface['endpoints'][number];
}

function bulkPair({ endpoints }: LibraryInterface): BulkPair | null {
  const bulk = endpoints.filter(
    ({ kind, maxPacketBytes }) => kind === 'bulk' && maxPacketBytes > 0,
  );
  const toHost = bulk.find(leadsToHost);
  const toDevice = bulk.find((each) => !leadsToHost(each));
  return toHost && toDevice ? { toHost, toDevice } : null;
}

class UsbTransferPort implements UsbPort {
  readonly url: string;
  readonly maxPacketBytes: number;
  readonly closed: Promise<PortError | null>;
  readonly #port: string;
  readonly #handle: UsbHandle;
  readonly #interface: number;
  readonly #in: UsbInPipe;
  readonly #out: UsbOutPipe;
  readonly #watch: NodeJS.Timeout;
  readonly #unclaim: () => void;
  #resolveClosed: (why: PortError | null) => void = () => undefined;
  #released: Promise<void> | null = null;
  #ended: PortError | null = null;

  constructor(
    address: UsbAddress,
    handle: UsbHandle,
    chosen: LibraryInterface,
    { toHost, toDevice }: BulkPair,
    unclaim: () => void,
  ) {
    this.url = formatAddress(address);
    this.maxPacketBytes = toDevice.maxPacketBytes;
    this.#port = portName(address);
    this.#handle = handle;
    this.#interface = chosen.number;
    this.#unclaim = unclaim;
    this.closed = new Promise((resolve) => (this.#resolveClosed = resolve));
    const common: Pick<PipeOptions, 'handle' | 'port' | 'fault'> = {
      handle,
      port: this.#port,
      fault: (trouble, endpoint) => this.#fault(trouble, endpoint),
    };
    const { address: inAddress, maxPacketBytes } = toHost;
    this.#in = new UsbInPipe({ ...common, endpoint: inAddress, maxPacketBytes });
    const outPackets = { endpoint: toDevice.address, maxPacketBytes: toDevice.maxPacketBytes };
    this.#out = new UsbOutPipe({ ...common, ...outPackets });
    this.#watch = setInterval(() => void this.#look(), WATCH_MS).unref();
  }

  receive(maxBytes: number, wait: Wait): Promise<Uint8Array> {
    return this.#in.receive(maxBytes, wait);
  }

  send(bytes: Uint8Array, options: SendOptions): Promise<void> {
    return this.#out.send(bytes, options);
  }

  async control(request: ControlRequest, wait: Wait): Promise<Uint8Array> {
    if (this.#ended) throw this.#ended;
    return controlTransfer(request, wait, {
      handle: this.#handle,
      port: this.#port,
      // A refused request leaves no halt behind (USB 2.0, 8.5.3.4).
      fault: (trouble) => this.#fault(trouble, null),
    });
  }

  async reset(wait: Wait): Promise<void> {
    if (this.#ended) throw this.#ended;
    const work = this.#handle.reset().catch(async (error: unknown) => {
      throw await this.#fault(error, null);
    });
    await withDeadline(work, wait, { port: this.#port, late: 'port-silent' });
  }

  close(): Promise<void> {
    return this.#release(null);
  }

  async #look(): Promise<void> {
    if (!(await isThere(this.#handle))) this.#vanished();
  }

  /** The error for what libusb says; the port ends where it can't be used any more. */
  async #fault(trouble: unknown, endpoint: number | null): Promise<PortError> {
    const kind = trouble instanceof UsbError ? trouble.trouble : trouble;
    const port = this.#port;
    if (kind === 'stalled') {
      if (endpoint !== null) await this.#handle.clearHalt(endpoint).catch(() => undefined);
      return new PortError('port-stalled', { port }, { cause: trouble });
    }
    if (kind === 'gone' || (await leaves(this.#handle))) return this.#vanished(trouble);
    return new PortError('port-failed', { port }, { cause: trouble });
  }

  #vanished(cause?: unknown): PortError {
    const why = this.#ended ?? new PortError('port-vanished', { port: this.#port }, { cause });
    void this.#release(why);
    return why;
  }

  #release(why: PortError | null): Promise<void> {
    this.#released ??= this.#releaseOnce(why);
    return this.#released;
  }

  async #releaseOnce(why: PortError | null): Promise<void> {
    clearInterval(this.#watch);
    const ended = why ?? new PortError('port-vanished', { port: this.#port });
    this.#ended = ended;
    const letGo = async (): Promise<void> => {
      await Promise.all([this.#in.end(ended), this.#out.end(ended)]);
      await this.#handle.release(this.#interface).catch(() => undefined);
      closeQuietly(this.#handle);
    };
    const wait = { timeoutMs: CLOSE_TIMEOUT_MS };
    await withDeadline(letGo(), wait, { port: this.#port, late: 'port-failed' }).catch(
      () => undefined,
    );
    this.#unclaim();
    this.#resolveClosed(why);
  }
}

/** Linux says it at once; libusb is told by the device manager, later or, without one, never. */
async function isThere(handle: UsbHandle): Promise<boolean> {
  if (process.platform !== 'linux' || handle.place === null) return handle.isListed();
  return (await numberAt(handle.place)) === handle.number;
}

async function leaves(handle: UsbHandle): Promise<boolean> {
  const untilMs = performance.now() + GONE_MS;
  while (await isThere(handle)) {
    if (performance.now() > untilMs) return false;
    await pause(50);
  }
  return true;
}

function closeQuietly(handle: UsbHandle): void {
  try {
    handle.close();
  } catch {
    // A transfer that never came back: the system keeps it until the process ends.
  }
}
