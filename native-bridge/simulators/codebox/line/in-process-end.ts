/**
 * A host in the same process: what it sends is handed in, what it is sent comes by a callback. For
 * tests that run simulator and host under one clock, without sockets.
 */
import type { HostEnd, HostEvents } from './host-end.ts';

export interface InProcessEvents {
  /** Bytes from the terminal. */
  received(bytes: Uint8Array): void;
  /** The port is gone for whoever has it open. */
  pulled(): void;
  /** It is there, at an address; the first time when the simulator starts. */
  plugged(url: string): void;
}

export class InProcessHost {
  readonly #events: InProcessEvents;
  #toTerminal: HostEvents | null = null;
  #waiting: Uint8Array[] = [];
  #paused = false;
  #plugged = false;
  #address = 1;

  constructor(events: InProcessEvents) {
    this.#events = events;
  }

  get plugged(): boolean {
    return this.#plugged;
  }

  /** Bytes to the terminal. False where the port is not there: they went nowhere. */
  send(bytes: Uint8Array): boolean {
    if (!this.#plugged) return false;
    if (this.#paused) this.#waiting.push(bytes);
    else this.#toTerminal?.received(bytes);
    return true;
  }

  /** The simulator's side; for the simulator. */
  end(toTerminal: HostEvents): HostEnd {
    this.#toTerminal = toTerminal;
    return {
      open: () => this.#plug(),
      plug: () => this.#plug(),
      pull: () => this.#pull(),
      close: () => this.#pull(),
      move: () => this.#move(),
      write: (bytes) => {
        if (this.#plugged) this.#events.received(bytes);
      },
      pause: () => (this.#paused = true),
      resume: () => this.#resume(),
    };
  }

  #plug(): Promise<string> {
    const url = `in-process:${this.#address}`;
    if (!this.#plugged) {
      this.#plugged = true;
      this.#events.plugged(url);
    }
    return Promise.resolve(url);
  }

  #pull(): Promise<void> {
    this.#waiting = [];
    this.#paused = false;
    if (this.#plugged) {
      this.#plugged = false;
      this.#events.pulled();
    }
    return Promise.resolve();
  }

  async #move(): Promise<string> {
    await this.#pull();
    this.#address += 1;
    return this.#plug();
  }

  #resume(): void {
    this.#paused = false;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const bytes of waiting) this.send(bytes);
  }
}
