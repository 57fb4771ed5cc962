/**
 * A port as the pair of packet streams that the library works on. What goes wrong on it ends both
 * streams, and `ended` tells why.
 */
import type { AdbDaemonConnection } from '@yume-chan/adb';
import { PortError } from '../../ports/port.ts';
import type { AdbPacket, PacketPipe } from './packet-pipe.ts';
import { AdbSessionError, sessionError } from './session-error.ts';
import { StreamGuard } from './stream-guard.ts';
import type { StreamHost } from './adb-stream.ts';

type Outgoing = AdbDaemonConnection['writable'] extends { getWriter(): infer Writer }
  ? Writer extends { write(chunk: infer Chunk): unknown }
    ? NonNullable<Chunk>
    : never
  : never;
type OutgoingPacket = Outgoing['value'];

/** Sees every packet of the handshake before it is sent or handed on. */
export interface HandshakeWatch {
  sent(command: number, arg0: number): void;
  /** May throw: then the connection ends with it. */
  received(packet: AdbPacket): void;
}

export type Ending = PortError | AdbSessionError | null;

export class AdbConnection implements StreamHost {
  readonly streams: AdbDaemonConnection;
  readonly guard: StreamGuard;
  /** Settles once: null after our close, else why nothing more comes. */
  readonly ended: Promise<Ending>;
  /** Canonical address of the port. */
  readonly url: string;
  watch: HandshakeWatch | null = null;
  readonly #pipe: PacketPipe;
  readonly #listeners = new Set<(error: Error) => void>();
  #incoming: ReadableStreamDefaultController<AdbPacket> | null = null;
  #end: Ending | undefined;
  #resolveEnded: (why: Ending) => void = () => undefined;

  constructor(pipe: PacketPipe) {
    this.#pipe = pipe;
    this.url = pipe.url;
    this.ended = new Promise((resolve) => (this.#resolveEnded = resolve));
    this.guard = new StreamGuard((close) => this.#incoming?.enqueue(close));
    this.streams = {
      readable: this.#readable(),
      writable: this.#writable(),
    } as unknown as AdbDaemonConnection;
    void pipe.closed.then((why) => this.end(why));
  }

  /** Undefined while it goes on. */
  get ending(): Ending | undefined {
    return this.#end;
  }

  /** Ends both streams and closes the port; only the first call counts. */
  end(why: Ending): void {
    if (this.#end !== undefined) return;
    this.#end = why;
    const error = why ?? new AdbSessionError('cancelled');
    for (const listener of this.#listeners) listener(error);
    this.#listeners.clear();
    this.#incoming?.error(error);
    this.#resolveEnded(why);
    void this.#pipe.close();
  }

  onEnd(listener: (error: Error) => void): () => void {
    if (this.#end === undefined) this.#listeners.add(listener);
    else listener(this.#end ?? new AdbSessionError('cancelled'));
    return () => this.#listeners.delete(listener);
  }

  giveBack(payload: Uint8Array): void {
    this.#pipe.giveBack(payload);
  }

  async close(): Promise<void> {
    this.end(null);
    await this.#pipe.close();
  }

  #readable(): ReadableStream<AdbPacket> {
    return new ReadableStream<AdbPacket>({
      start: (controller) => {
        this.#incoming = controller;
      },
      pull: async (controller) => {
        const packet = await this.#next();
        if (packet && this.#end === undefined) controller.enqueue(packet);
      },
    });
  }

  #writable(): WritableStream<Outgoing> {
    return new WritableStream<Outgoing>({
      write: async (chunk, controller) => {
        try {
          await this.#send(chunk.value);
        } catch (error) {
          controller.error(error);
        }
        // Also then: the library leaves the rejection of one that failed to nobody.
        chunk.consume();
      },
    });
  }

  /** The next packet that the library may see; null where there is none any more. */
  async #next(): Promise<AdbPacket | null> {
    try {
      for (;;) {
        const packet = await this.#pipe.receive();
        if (packet === null) {
          this.end(null);
          return null;
        }
        if (!this.guard.admits(packet)) {
          this.#pipe.giveBack(packet.payload);
          continue;
        }
        this.watch?.received(packet);
        return packet;
      }
    } catch (error) {
      this.end(endingOf(this.#pipe.url, error));
      return null;
    }
  }

  async #send(packet: OutgoingPacket): Promise<void> {
    const { command, arg0, arg1, checksum, payload } = packet;
    const header = { command, arg0, arg1, checksum, payloadBytes: payload.length };
    this.watch?.sent(command, arg0);
    try {
      const sent = this.#pipe.send(header, payload);
      this.guard.sent(header);
      await sent;
    } catch (error) {
      this.end(endingOf(this.#pipe.url, error));
      throw error;
    }
  }
}

function endingOf(port: string, thrown: unknown): PortError | AdbSessionError {
  if (thrown instanceof PortError) return thrown;
  const error = sessionError(null, thrown);
  if (error instanceof AdbSessionError) return error;
  return new PortError('port-failed', { port }, { cause: thrown });
}
