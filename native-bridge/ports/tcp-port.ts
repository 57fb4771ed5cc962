/**
 * A byte pipe over TCP: a serial device server in raw mode, ADB over the network, or a simulated
 * terminal. The socket is paused while the receive buffer is full, so the sender feels a slow reader.
 */
import { connect, type Socket } from 'node:net';
import { formatAddress, type NetworkAddress, portName } from './address.ts';
import { withDeadline } from './deadline.ts';
import { type BytePort, PortError, type PortErrorCode, type Wait } from './port.ts';
import { ReceiveBuffer } from './receive-buffer.ts';
import { ReceiveSlabs } from './receive-slabs.ts';
import { WriteQueue } from './write-queue.ts';

const KEEP_ALIVE_MS = 10_000;
/** For the peer to hang up too; one that does not is not waited for. */
const LINGER_MS = 500;

/**
 * @throws PortError `port-refused`, `port-unreachable`, `port-open-timeout`, `port-failed`,
 * `cancelled`
 */
export async function openTcpPort(address: NetworkAddress, wait: Wait): Promise<BytePort> {
  const port = portName(address);
  if (wait.signal?.aborted) throw new PortError('cancelled', { port });
  const incoming: Incoming = { slabs: new ReceiveSlabs(), onBytes: () => true };
  const socket = connect({
    host: address.host,
    port: address.portNumber,
    noDelay: true,
    keepAlive: true,
    keepAliveInitialDelay: KEEP_ALIVE_MS,
    onread: {
      buffer: () => incoming.slabs.room(),
      callback: (count) => incoming.onBytes(incoming.slabs.take(count)),
    },
  });
  const connected = new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', (cause) => reject(connectFault(port, cause)));
  });
  try {
    await withDeadline(connected, wait, { port, late: 'port-open-timeout' });
  } catch (error) {
    socket.on('error', () => undefined);
    socket.destroy();
    throw error;
  }
  return new TcpBytePort(address, socket, incoming);
}

/** Between the socket, which wants it before it is connected, and the port. */
interface Incoming {
  readonly slabs: ReceiveSlabs;
  /** False where no more is to be read for now. */
  onBytes: (bytes: Uint8Array) => boolean;
}

const refusals: Readonly<Record<string, PortErrorCode>> = {
  ECONNREFUSED: 'port-refused',
  ECONNRESET: 'port-refused',
  ENOTFOUND: 'port-unreachable',
  EAI_AGAIN: 'port-unreachable',
  EHOSTUNREACH: 'port-unreachable',
  EHOSTDOWN: 'port-unreachable',
  ENETUNREACH: 'port-unreachable',
  ENETDOWN: 'port-unreachable',
  ETIMEDOUT: 'port-unreachable',
  EADDRNOTAVAIL: 'port-unreachable',
};

function connectFault(port: string, cause: NodeJS.ErrnoException): PortError {
  return new PortError(refusals[cause.code ?? ''] ?? 'port-failed', { port }, { cause });
}

class TcpBytePort implements BytePort {
  readonly url: string;
  readonly baud = null;
  readonly closed: Promise<PortError | null>;
  readonly #port: string;
  readonly #socket: Socket;
  readonly #slabs: ReceiveSlabs;
  readonly #received: ReceiveBuffer;
  readonly #writes: WriteQueue;
  #resolveClosed: (why: PortError | null) => void = () => undefined;
  #ended = false;

  constructor(address: NetworkAddress, socket: Socket, incoming: Incoming) {
    this.url = formatAddress(address);
    this.#port = portName(address);
    this.#socket = socket;
    this.#slabs = incoming.slabs;
    this.closed = new Promise((resolve) => (this.#resolveClosed = resolve));
    this.#received = new ReceiveBuffer(this.#port, () => socket.resume());
    this.#writes = new WriteQueue(this.#port, (bytes) => this.#send(bytes));
    incoming.onBytes = (bytes) => {
      this.#received.push(bytes);
      return !this.#received.isFull;
    };
    this.#listen();
  }

  read(wait: Wait): Promise<Uint8Array | null> {
    return this.#received.read(wait);
  }

  giveBack(bytes: Uint8Array): void {
    this.#slabs.giveBack(bytes);
  }

  write(bytes: Uint8Array, wait: Wait): Promise<void> {
    return this.#writes.write(bytes, wait);
  }

  setSignals(): Promise<void> {
    return Promise.resolve();
  }

  async close(): Promise<void> {
    this.#end(null);
    await this.closed;
  }

  #listen(): void {
    this.#socket.on('end', () => this.#vanished(undefined));
    this.#socket.on('error', (cause) => this.#vanished(cause));
    this.#socket.on('close', () => this.#vanished(undefined));
  }

  #send(bytes: Uint8Array): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#socket.write(bytes, (cause) => {
        if (cause) reject(cause);
        else resolve();
      });
    });
  }

  #vanished(cause: unknown): void {
    this.#end(new PortError('port-vanished', { port: this.#port }, { cause }));
  }

  #end(why: PortError | null): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#received.end(why);
    this.#writes.end(why);
    const linger = setTimeout(() => this.#socket.destroy(), why === null ? LINGER_MS : 0);
    // A device server takes one host at a time: the next connection has to find this one ended.
    if (why === null) this.#socket.end().resume();
    const settle = (): void => {
      clearTimeout(linger);
      this.#resolveClosed(why);
    };
    if (this.#socket.closed) settle();
    else this.#socket.once('close', settle);
  }
}
