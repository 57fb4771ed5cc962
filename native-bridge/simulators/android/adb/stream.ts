/**
 * One stream between the host and a service of the terminal. Without delayed acknowledgement one
 * WRTE waits for its OKAY; with it (AOSP, docs/dev/delayed_ack.md) as many bytes may be on the way as
 * the other side allowed. What the host sent is acknowledged when the service takes it.
 */
import type { Command } from './packet.ts';

/** The stream is closed, or its connection gone. */
export class StreamClosed extends Error {}

export interface StreamHooks {
  send(command: Command, localId: number, remoteId: number, payload: Uint8Array): Promise<void>;
  closed(localId: number): void;
  readonly maxPayloadBytes: number;
}

/** What a service is given. */
export interface Stream {
  readonly closed: boolean;
  readonly signal: AbortSignal;
  /** Null: the host closed it. */
  read(): Promise<Buffer | null>;
  /** Null: it was closed before. */
  readExactly(bytes: number): Promise<Buffer | null>;
  /** @throws {StreamClosed} */
  write(bytes: Uint8Array): Promise<void>;
  close(): void;
}

export interface StreamIds {
  readonly localId: number;
  readonly remoteId: number;
  /** What the host allows to be on the way; null: one WRTE at a time. */
  readonly windowBytes: number | null;
}

export class HostStream implements Stream {
  readonly #hooks: StreamHooks;
  readonly localId: number;
  readonly remoteId: number;
  readonly #abort = new AbortController();
  #windowBytes: number | null;
  #waitsForOkay = false;
  #arrived: Buffer[] = [];
  /** The rest of a piece that was acknowledged and only partly wanted. */
  #left: Buffer | null = null;
  #wakeReader: (() => void) | null = null;
  #wakeWriter: (() => void) | null = null;
  #writing: Promise<void> = Promise.resolve();

  constructor({ localId, remoteId, windowBytes }: StreamIds, hooks: StreamHooks) {
    this.#hooks = hooks;
    this.localId = localId;
    this.remoteId = remoteId;
    this.#windowBytes = windowBytes;
  }

  get closed(): boolean {
    return this.#abort.signal.aborted;
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  async read(): Promise<Buffer | null> {
    const left = this.#left;
    this.#left = null;
    if (left !== null) return left;
    for (;;) {
      const next = this.#arrived.shift();
      if (next !== undefined) {
        this.#acknowledge(next.length);
        return next;
      }
      if (this.closed) return null;
      await new Promise<void>((resolve) => (this.#wakeReader = resolve));
    }
  }

  async readExactly(bytes: number): Promise<Buffer | null> {
    const pieces: Buffer[] = [];
    let missing = bytes;
    while (missing > 0) {
      const piece = await this.read();
      if (piece === null) return null;
      if (piece.length > missing) this.#left = piece.subarray(missing);
      pieces.push(piece.subarray(0, missing));
      missing -= Math.min(piece.length, missing);
    }
    return Buffer.concat(pieces);
  }

  write(bytes: Uint8Array): Promise<void> {
    this.#writing = this.#writing.then(() => this.#writeNow(bytes));
    const written = this.#writing;
    this.#writing = written.catch(() => undefined);
    return written;
  }

  async #writeNow(bytes: Uint8Array): Promise<void> {
    for (let offset = 0; offset < bytes.length;) {
      await this.#room();
      const piece = bytes.subarray(offset, offset + this.#hooks.maxPayloadBytes);
      offset += piece.length;
      if (this.#windowBytes === null) this.#waitsForOkay = true;
      else this.#windowBytes -= piece.length;
      await this.#hooks.send('WRTE', this.localId, this.remoteId, piece);
    }
  }

  async #room(): Promise<void> {
    for (;;) {
      if (this.closed) throw new StreamClosed();
      const free = this.#windowBytes === null ? !this.#waitsForOkay : this.#windowBytes > 0;
      if (free) return;
      await new Promise<void>((resolve) => (this.#wakeWriter = resolve));
    }
  }

  /** A WRTE from the host. */
  arrived(payload: Uint8Array): void {
    this.#arrived.push(Buffer.from(payload));
    this.#wakeReader?.();
  }

  /** An OKAY from the host. */
  acknowledged(payload: Uint8Array): void {
    if (this.#windowBytes === null) this.#waitsForOkay = false;
    else if (payload.length === 4) this.#windowBytes += Buffer.from(payload).readInt32LE(0);
    this.#wakeWriter?.();
  }

  close(): void {
    if (this.closed) return;
    void this.#writing.then(() => {
      if (this.closed) return;
      void this.#hooks.send('CLSE', this.localId, this.remoteId, new Uint8Array());
      this.ended();
    });
  }

  /** Closed by the host, or with the connection. */
  ended(): void {
    this.#abort.abort();
    this.#wakeReader?.();
    this.#wakeWriter?.();
    this.#hooks.closed(this.localId);
  }

  #acknowledge(bytes: number): void {
    if (this.closed) return;
    const payload = Buffer.alloc(this.#windowBytes === null ? 0 : 4);
    if (this.#windowBytes !== null) payload.writeInt32LE(bytes);
    void this.#hooks.send('OKAY', this.localId, this.remoteId, payload);
  }
}
