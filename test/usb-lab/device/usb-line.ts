/**
 * A line of the simulated terminal as a USB interface with a cable. Over USB nobody says hello or
 * goodbye: a conversation begins with the first transfer after the cable went in, and ends when it
 * goes out, which the terminal itself does when it restarts. A conversation that the terminal breaks
 * off, it breaks off as Android does: it leaves the bus and comes back.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Pipe } from '../../../native-bridge/simulators/android/adb/pipe.ts';
import type { Line, Mode, Talk } from '../../../native-bridge/simulators/android/lines.ts';
import type { FunctionFs } from './function-fs.ts';

/** A talk on transfers: some have to be taken in exact lengths. */
export interface UsbTalk extends Talk {
  /** Of the next transfer, at most. */
  readonly wantsBytes: number;
}

export interface Cable {
  /** The gadget in configfs. */
  readonly gadget: string;
  /** `dummy_udc.0`: the socket. */
  readonly controller: string;
  /** `4ee7`; a terminal has another one in each mode. */
  readonly productId: (mode: Mode) => string;
}

export class UsbLine implements Line {
  readonly address: string;
  readonly #device: FunctionFs;
  readonly #cable: Cable;
  readonly #begin: (pipe: Pipe) => UsbTalk;
  #mode: Mode | null = null;
  #talk: UsbTalk | null = null;
  #sending: Promise<void> = Promise.resolve();
  /** The cable's moves, one after the other: it is never half in. */
  #moving: Promise<void> = Promise.resolve();

  constructor(device: FunctionFs, cable: Cable, begin: (pipe: Pipe) => UsbTalk) {
    this.#device = device;
    this.#cable = cable;
    this.#begin = begin;
    this.address = cable.controller;
    void this.#listen();
  }

  reserve(): Promise<void> {
    return Promise.resolve();
  }

  start(mode: Mode): Promise<void> {
    return this.#move(async () => {
      if (this.#mode === null) await this.#plug(mode);
    });
  }

  stop(): Promise<void> {
    return this.#move(() => this.#unplug());
  }

  #move(step: () => Promise<void>): Promise<void> {
    const moved = this.#moving.then(step);
    this.#moving = moved.catch(() => undefined);
    return moved;
  }

  async #plug(mode: Mode): Promise<void> {
    await this.#write('idProduct', `0x${this.#cable.productId(mode)}`);
    // The host may be quicker than the answer to this.
    this.#mode = mode;
    await this.#write('UDC', this.#cable.controller).catch((error: unknown) => {
      this.#mode = null;
      throw error;
    });
  }

  /** No read tells of a cable that goes while none is under way. */
  async #unplug(): Promise<void> {
    this.#end();
    if (this.#mode === null) return;
    this.#mode = null;
    await this.#write('UDC', '\n').catch((error: unknown) => {
      // The cable is out already.
      if ((error as NodeJS.ErrnoException).code !== 'ENODEV') throw error;
    });
  }

  async #listen(): Promise<void> {
    for (;;) {
      try {
        const bytes = await this.#device.receive(this.#talk?.wantsBytes ?? firstBytes);
        // Its rest, after the cable went.
        if (this.#mode === null) continue;
        this.#talk ??= this.#answer();
        this.#talk.receive(bytes);
      } catch (error) {
        if (!isCableGone(error)) throw error;
        this.#end();
      }
    }
  }

  #answer(): UsbTalk {
    const talk: UsbTalk = this.#begin({
      send: (piece) => this.#send(piece, () => this.#talk === talk),
      close: () => {
        if (this.#talk === talk) void this.#replug();
      },
    });
    return talk;
  }

  #end(): void {
    const talk = this.#talk;
    this.#talk = null;
    talk?.close();
  }

  /** One after the other; what is left of a conversation that has ended is not sent. */
  #send(piece: Uint8Array, isCurrent: () => boolean): Promise<void> {
    this.#sending = this.#sending.then(async () => {
      // Before the talk is known to us it may speak already.
      await Promise.resolve();
      if (!isCurrent()) return;
      await this.#device.send(piece).catch((error: unknown) => {
        if (!isCableGone(error)) throw error;
      });
    });
    return this.#sending;
  }

  #replug(): Promise<void> {
    this.#end();
    return this.#move(async () => {
      const mode = this.#mode;
      if (mode === null) return;
      await this.#unplug();
      await this.#plug(mode);
    });
  }

  async #write(file: string, text: string): Promise<void> {
    await writeFile(join(this.#cable.gadget, file), text);
  }
}

const firstBytes = 16 * 1024;

function isCableGone(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ESHUTDOWN';
}
