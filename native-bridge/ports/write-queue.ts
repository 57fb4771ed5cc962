/**
 * Writes go out in the order they were asked for, one at a time, the next at once after the one
 * before: a caller may have several outstanding, so that the line never waits for it. A write
 * whose deadline passes before its turn is not sent.
 */
import { withDeadline } from './deadline.ts';
import { PortError, type Wait } from './port.ts';

export class WriteQueue {
  readonly #port: string;
  readonly #send: (bytes: Uint8Array) => Promise<void>;
  readonly #pending = new Set<(error: PortError) => void>();
  #tail: Promise<void> = Promise.resolve();
  #ended: PortError | null = null;

  /** `send` resolves when the system has taken all the bytes. */
  constructor(port: string, send: (bytes: Uint8Array) => Promise<void>) {
    this.#port = port;
    this.#send = send;
  }

  /** @throws PortError `port-write-timeout`, `cancelled`, `port-vanished` */
  async write(bytes: Uint8Array, wait: Wait): Promise<void> {
    if (this.#ended) throw this.#ended;
    const wanted = { still: true };
    try {
      await withDeadline(this.#enqueue(bytes, wanted), wait, {
        port: this.#port,
        late: 'port-write-timeout',
      });
    } finally {
      wanted.still = false;
    }
  }

  /** Rejects what is queued: with why the port failed, or `port-vanished` after our own close. */
  end(why: PortError | null): void {
    const ended = (this.#ended ??= why ?? new PortError('port-vanished', { port: this.#port }));
    for (const reject of this.#pending) reject(ended);
    this.#pending.clear();
  }

  #enqueue(bytes: Uint8Array, wanted: { readonly still: boolean }): Promise<void> {
    return new Promise((resolve, reject) => {
      const fail = (error: PortError): void => reject(error);
      this.#pending.add(fail);
      this.#tail = this.#tail
        .then(() => (wanted.still && !this.#ended ? this.#send(bytes) : undefined))
        .then(resolve, (cause: unknown) => reject(this.#failure(cause)))
        .finally(() => this.#pending.delete(fail));
    });
  }

  #failure(cause: unknown): PortError {
    if (cause instanceof PortError) return cause;
    return this.#ended ?? new PortError('port-vanished', { port: this.#port }, { cause });
  }
}
