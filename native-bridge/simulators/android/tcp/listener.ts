/**
 * A port that can be taken away and come back at the same address, as a terminal that restarts. One
 * host at a time on a line of a terminal: the next is let in when it has gone.
 */
import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import type { Pipe } from '../adb/pipe.ts';
import type { Line, Talk } from '../lines.ts';

export class Listener implements Line {
  readonly #host: string;
  readonly #accept: (pipe: Pipe) => Talk;
  readonly #single: boolean;
  readonly #sockets = new Set<Socket>();
  #port: number;
  #server: Server | null = null;

  constructor(host: string, port: number, single: boolean, accept: (pipe: Pipe) => Talk) {
    this.#host = host;
    this.#port = port;
    this.#single = single;
    this.#accept = accept;
  }

  get address(): string {
    return `${this.#host}:${this.#port}`;
  }

  get open(): boolean {
    return this.#server !== null;
  }

  /** Its number is only known once it has listened. */
  reserve(): Promise<void> {
    return this.start();
  }

  async start(): Promise<void> {
    if (this.#server !== null) return;
    const server = createServer((socket) => this.#take(socket));
    this.#server = server;
    server.listen(this.#port, this.#host);
    await once(server, 'listening');
    const address = server.address();
    if (typeof address === 'object' && address !== null) this.#port = address.port;
  }

  async stop(): Promise<void> {
    const server = this.#server;
    if (server === null) return;
    this.#server = null;
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  #take(socket: Socket): void {
    if (this.#single && this.#sockets.size > 0) {
      socket.destroy();
      return;
    }
    this.#sockets.add(socket);
    socket.setNoDelay(true);
    const talk = this.#accept({
      send: (piece) => written(socket, piece),
      close: () => void socket.end(() => socket.destroy()),
    });
    socket.on('data', (bytes) => talk.receive(bytes));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.#sockets.delete(socket);
      talk.close();
    });
  }
}

/** When there is room for more, or nobody to send to. */
function written(socket: Socket, piece: Uint8Array): Promise<void> {
  if (socket.destroyed || socket.write(piece)) return Promise.resolve();
  return new Promise((resolve) => {
    const done = (): void => {
      socket.off('drain', done);
      socket.off('close', done);
      resolve();
    };
    socket.on('drain', done);
    socket.on('close', done);
  });
}
