/**
 * One listening socket of the simulated acquirer. Connections are taken before TLS, so that a
 * handshake can be left unanswered; `down` gives the port up, and takes the same one again.
 */
import { once } from 'node:events';
import { createServer as createHttpServer, type RequestListener, type Server } from 'node:http';
import { createServer as createHttpsServer, type Server as TlsServer } from 'node:https';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import type { ServerIdentity } from './certificates.ts';

const LOOPBACK = '127.0.0.1';

/** What is wrong with a connection before anything is asked on it. */
export type Greeting = 'well' | 'silent' | 'not-tls';

export class Listener {
  port = 0;
  connections = 0;
  readonly #plain = createServer((socket) => this.#take(socket));
  readonly #sockets = new Set<Socket>();
  readonly #inner: Server | TlsServer;
  readonly #greeting: () => Greeting;

  /** `identity` null: plain HTTP. */
  constructor(
    identity: ServerIdentity | null,
    answer: RequestListener,
    greeting: () => Greeting = () => 'well',
  ) {
    this.#inner =
      identity === null ? createHttpServer(answer) : createHttpsServer({ ...identity }, answer);
    this.#greeting = greeting;
    // A client that turns the certificate down is no error here.
    this.#inner.on('tlsClientError', () => undefined);
    this.#inner.on('clientError', (_error, socket) => void socket.destroy());
  }

  async open(): Promise<void> {
    if (this.#plain.listening) return;
    this.#plain.listen(this.port, LOOPBACK);
    await once(this.#plain, 'listening');
    this.port = (this.#plain.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    if (!this.#plain.listening) return;
    const closed = once(this.#plain, 'close');
    this.#plain.close();
    await closed;
  }

  /** For connections from now on. */
  identify(identity: ServerIdentity): void {
    if ('setSecureContext' in this.#inner) this.#inner.setSecureContext({ ...identity });
  }

  #take(socket: Socket): void {
    this.connections += 1;
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket));
    socket.on('error', () => undefined);
    switch (this.#greeting()) {
      case 'silent':
        // Read and forgotten, or its end would never be seen.
        socket.resume();
        break;
      case 'not-tls':
        socket.end('220 mail.next-door.test ESMTP\r\n');
        break;
      case 'well':
        this.#inner.emit('connection', socket);
    }
  }
}
