/** A TCP port as a serial device server has it: one host at a time, later ones are turned away. */
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { HostEndError, MAX_UNREAD_BYTES, type HostEnd, type HostEvents } from './host-end.ts';

export class TcpEnd implements HostEnd {
  readonly #host: string;
  readonly #events: HostEvents;
  #port: number;
  #server: Server | null = null;
  #socket: Socket | null = null;
  #paused = false;

  constructor(host: string, port: number, events: HostEvents) {
    this.#host = host;
    this.#port = port;
    this.#events = events;
  }

  async open(): Promise<string> {
    const server = createServer({ noDelay: true }, (socket) => this.#accept(socket));
    this.#server = server;
    await new Promise<void>((resolve, reject) => {
      server.once('error', (error: NodeJS.ErrnoException) => {
        const fault = error.code === 'EADDRINUSE' ? 'address-in-use' : 'failed';
        reject(new HostEndError(fault, { cause: error }));
      });
      server.listen(this.#port, this.#host, resolve);
    });
    this.#port = (server.address() as AddressInfo).port;
    return `tcp://${this.#host}:${this.#port}`;
  }

  write(bytes: Uint8Array): void {
    const socket = this.#socket;
    if (socket !== null && socket.writableLength < MAX_UNREAD_BYTES) socket.write(bytes);
  }

  pause(): void {
    this.#paused = true;
    this.#socket?.pause();
  }

  resume(): void {
    this.#paused = false;
    this.#socket?.resume();
  }

  async pull(): Promise<void> {
    this.#paused = false;
    const server = this.#server;
    this.#server = null;
    this.#socket?.resetAndDestroy();
    this.#socket = null;
    if (server === null) return;
    await new Promise((resolve) => server.close(resolve));
  }

  plug(): Promise<string> {
    if (this.#server !== null) return Promise.resolve(`tcp://${this.#host}:${this.#port}`);
    return this.open();
  }

  /** Another port; the old one is held until the new one is there, so that it is another. */
  async move(): Promise<string> {
    const [server, socket] = [this.#server, this.#socket];
    this.#socket = null;
    this.#paused = false;
    this.#port = 0;
    const url = await this.open();
    socket?.resetAndDestroy();
    server?.close();
    return url;
  }

  close(): Promise<void> {
    return this.pull();
  }

  #accept(socket: Socket): void {
    if (this.#socket !== null) {
      socket.destroy();
      return;
    }
    this.#socket = socket;
    if (this.#paused) socket.pause();
    socket.on('data', (bytes) => this.#events.received(bytes));
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      if (this.#socket === socket) this.#socket = null;
    });
  }
}
