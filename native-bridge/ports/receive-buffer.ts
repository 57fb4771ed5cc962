/**
 * What has arrived and was not read yet: bounded, in order, one reader at a time. Whoever fills it
 * asks `isFull` and stops taking bytes from the system until `onRoom` is called, so that a slow
 * reader is felt at the other end of the line and not in our memory.
 */
import { withDeadline } from './deadline.ts';
import { PortError, type Wait } from './port.ts';

const DEFAULT_LIMIT_BYTES = 256 * 1024;

export class ReceiveBuffer {
  readonly #port: string;
  readonly #limitBytes: number;
  readonly #onRoom: () => void;
  #chunks: Uint8Array[] = [];
  #bytes = 0;
  #reader: ((value: Uint8Array | null) => void) | null = null;
  #failReader: ((error: PortError) => void) | null = null;
  /** undefined: open; null: closed by us; else why it ended. */
  #end: PortError | null | undefined;

  constructor(port: string, onRoom: () => void, limitBytes = DEFAULT_LIMIT_BYTES) {
    this.#port = port;
    this.#onRoom = onRoom;
    this.#limitBytes = limitBytes;
  }

  get isFull(): boolean {
    return this.#bytes >= this.#limitBytes;
  }

  /** Keeps the chunk: it must not be changed afterwards. */
  push(chunk: Uint8Array): void {
    if (chunk.length === 0 || this.#end !== undefined) return;
    if (this.#reader) {
      this.#settle((reader) => reader(chunk));
      return;
    }
    this.#chunks.push(chunk);
    this.#bytes += chunk.length;
  }

  /** Nothing more comes: null after our own close, which also drops what was not read. */
  end(why: PortError | null): void {
    if (this.#end !== undefined) return;
    this.#end = why;
    if (why === null) this.#drop();
    const fail = this.#failReader;
    this.#settle((reader) => (why === null ? reader(null) : fail?.(why)));
  }

  /**
   * The next bytes; null after our close. After a failure what had arrived comes first.
   * @throws PortError `port-silent`, `cancelled`, the failure; RangeError for a second reader
   */
  read(wait: Wait): Promise<Uint8Array | null> {
    if (wait.signal?.aborted) {
      return Promise.reject(new PortError('cancelled', { port: this.#port }));
    }
    const chunk = this.#take();
    if (chunk) return Promise.resolve(chunk);
    if (this.#end !== undefined) {
      return this.#end === null ? Promise.resolve(null) : Promise.reject(this.#end);
    }
    if (this.#reader) return Promise.reject(new RangeError('one reader at a time'));
    return this.#waitForBytes(wait);
  }

  async #waitForBytes(wait: Wait): Promise<Uint8Array | null> {
    const arrival = new Promise<Uint8Array | null>((resolve, reject) => {
      this.#reader = resolve;
      this.#failReader = reject;
    });
    try {
      return await withDeadline(arrival, wait, {
        port: this.#port,
        late: 'port-silent',
        // Came in the same turn as the deadline: the next read gets it.
        abandon: (chunk) => this.#putBack(chunk),
      });
    } finally {
      this.#reader = null;
      this.#failReader = null;
    }
  }

  #take(): Uint8Array | undefined {
    const bytesBefore = this.#bytes;
    const chunk = this.#chunks.shift();
    if (!chunk) return undefined;
    this.#bytes -= chunk.length;
    if (bytesBefore >= this.#limitBytes && this.#bytes < this.#limitBytes) this.#onRoom();
    return chunk;
  }

  #putBack(chunk: Uint8Array | null): void {
    if (!chunk || this.#end === null) return;
    this.#chunks.unshift(chunk);
    this.#bytes += chunk.length;
  }

  #drop(): void {
    this.#chunks = [];
    this.#bytes = 0;
  }

  #settle(settle: (reader: (value: Uint8Array | null) => void) => void): void {
    const reader = this.#reader;
    this.#reader = null;
    this.#failReader = null;
    if (reader) settle(reader);
  }
}
