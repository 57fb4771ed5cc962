/**
 * One stream of a connection: a service's bytes both ways. What is not read is bounded by what the
 * daemon may send ahead, and what is not taken by the daemon by one write at a time.
 */
import type { AdbSocket } from '@yume-chan/adb';
import type { Wait } from '../../ports/port.ts';
import { AdbSessionError } from './session-error.ts';
import { type Ended, until } from './waiting.ts';

/** What a stream needs of its connection. */
export interface StreamHost extends Ended {
  giveBack(payload: Uint8Array): void;
}

export class AdbStream {
  /** As it was asked for, without its arguments. */
  readonly service: string;
  readonly #socket: AdbSocket;
  readonly #connection: StreamHost;
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly #writer: WritableStreamDefaultWriter<Uint8Array>;
  /** Of a wait that was given up: the next one gets its bytes. */
  #reading: Promise<Uint8Array | null> | null = null;
  #isClosed = false;

  constructor(service: string, socket: AdbSocket, connection: StreamHost) {
    this.service = service;
    this.#socket = socket;
    this.#connection = connection;
    this.#reader = (socket.readable as unknown as ReadableStream<Uint8Array>).getReader();
    this.#writer = (socket.writable as unknown as WritableStream<Uint8Array>).getWriter();
    this.#reader.closed.catch(() => undefined);
    this.#writer.closed.catch(() => undefined);
    this.#writer.ready.catch(() => undefined);
  }

  /**
   * The next bytes in order; null once the daemon has closed the stream, or we have.
   * @throws AdbSessionError `reply-timeout`, `cancelled`; what ended the connection
   */
  async read(wait: Wait): Promise<Uint8Array | null> {
    const reading = (this.#reading ??= this.#next());
    const bytes = await until(reading, this.#connection, { command: this.service, ...wait });
    this.#reading = null;
    return bytes;
  }

  /**
   * Resolves when the port has taken the bytes; they may be changed then. A write that was given up
   * closes the stream: nobody knows how much of it is on its way.
   * @throws AdbSessionError `command-refused` where the daemon has closed it; as `read`
   */
  async write(bytes: Uint8Array, wait: Wait): Promise<void> {
    const writing = this.#writer.write(bytes).catch((cause: unknown) => {
      throw new AdbSessionError('command-refused', { service: this.service }, { cause });
    });
    try {
      await until(writing, this.#connection, { command: this.service, ...wait });
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /** Bytes that `read` gave, as it gave them, and nobody looks at any more: saves memory. Once. */
  giveBack(bytes: Uint8Array): void {
    this.#connection.giveBack(bytes);
  }

  /** Tells the daemon and waits for nothing. What was not read is dropped. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#reader.cancel().catch(() => undefined);
    void Promise.resolve(this.#socket.close()).catch(() => undefined);
  }

  async #next(): Promise<Uint8Array | null> {
    const { done, value } = await this.#reader.read();
    return done ? null : value;
  }
}
