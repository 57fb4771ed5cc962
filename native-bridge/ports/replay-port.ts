/**
 * A port without a terminal: what the terminal "says" comes from a script. Which script, is for
 * whoever knows the protocol: sessions/smp/replay-script.ts answers requests as they were answered
 * when they were recorded; replay-turns.ts compares byte for byte.
 */
import { type BytePort, PortError, type Wait } from './port.ts';
import { ReceiveBuffer } from './receive-buffer.ts';

/** Bytes from the terminal; `bytes` null: the port went away here. */
export interface Said {
  /** After what it follows: the opening, or what the host wrote. */
  readonly afterMs: number;
  readonly bytes: Uint8Array | null;
}

export type Say = (said: Said) => void;

export interface ReplayScript {
  /** The port is open; says what comes of itself. */
  opened(say: Say): void;
  /**
   * The host wrote: says what comes of it.
   * @throws PortError `not-recorded`; the port stays open
   */
  wrote(bytes: Uint8Array, say: Say): void;
}

export interface ReplayOptions {
  /** As in every port. */
  readonly url: string;
  /** Name of the port in errors. */
  readonly name: string;
  readonly baud: number | null;
  /** 0: at once. 1: the terminal takes as long as it did; 0.5: half of that. */
  readonly pace: number;
}

/** Longer, a timer would fire at once. */
const MAX_TIMER_MS = 2 ** 31 - 1;

export class ReplayPort implements BytePort {
  readonly url: string;
  readonly baud: number | null;
  readonly closed: Promise<PortError | null>;
  readonly #name: string;
  readonly #pace: number;
  readonly #script: ReplayScript;
  readonly #received: ReceiveBuffer;
  readonly #timers = new Set<NodeJS.Timeout>();
  #ended = false;
  #resolveClosed: (why: PortError | null) => void = () => undefined;

  constructor(script: ReplayScript, { url, name, baud, pace }: ReplayOptions) {
    this.url = url;
    this.baud = baud;
    this.#name = name;
    this.#pace = pace;
    this.#script = script;
    this.closed = new Promise((resolve) => (this.#resolveClosed = resolve));
    this.#received = new ReceiveBuffer(name, () => undefined);
    script.opened(this.#say);
  }

  read(wait: Wait): Promise<Uint8Array | null> {
    return this.#received.read(wait);
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- throws as a rejection
  async write(bytes: Uint8Array, wait: Wait): Promise<void> {
    if (wait.signal?.aborted) throw new PortError('cancelled', { port: this.#name });
    if (this.#ended) throw this.#vanished();
    this.#script.wrote(bytes, this.#say);
  }

  setSignals(): Promise<void> {
    return Promise.resolve();
  }

  close(): Promise<void> {
    this.#end(null);
    return Promise.resolve();
  }

  readonly #say: Say = ({ afterMs, bytes }) => {
    if (this.#pace === 0) {
      this.#happens(bytes);
      return;
    }
    const waitMs = Math.min(MAX_TIMER_MS, afterMs * this.#pace);
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      this.#happens(bytes);
    }, waitMs);
    this.#timers.add(timer);
  };

  #happens(bytes: Uint8Array | null): void {
    if (bytes === null) this.#end(this.#vanished());
    else this.#received.push(bytes);
  }

  #vanished(): PortError {
    return new PortError('port-vanished', { port: this.#name });
  }

  #end(why: PortError | null): void {
    if (this.#ended) return;
    this.#ended = true;
    for (const timer of this.#timers) clearTimeout(timer);
    this.#received.end(why);
    this.#resolveClosed(why);
  }
}
