/**
 * The bulk endpoint towards the device: several transfers are with the system at once, so that the
 * bus never waits for us, and never more than a few, so that memory is bounded. What is sent goes out
 * in the order it was asked for. A send that is cut in its middle takes those behind it along: the
 * device would read them as its rest.
 */
import { PortError } from './port.ts';
import type { SendOptions } from './transfer-port.ts';
import type { PipeOptions } from './usb-in.ts';
import type { Submitted } from './usb-handle.ts';
import { settleWithin, throwIfAborted } from './usb-wait.ts';

const MAX_PIECES = 4;
/** A whole number of packets at any speed. */
const PIECE_BYTES = 256 * 1024;

interface Job {
  /** Not yet with the system. */
  readonly pieces: Buffer[];
  readonly outstanding: Set<Submitted>;
  /** Something of it may have gone out. */
  begun: boolean;
  /** It is being called back. */
  failing: boolean;
  readonly resolve: () => void;
  readonly reject: (why: PortError) => void;
}

export class UsbOutPipe {
  readonly #options: PipeOptions;
  /** In order; the first ones are with the system. */
  #jobs: Job[] = [];
  #outstanding = 0;
  #end: PortError | undefined;

  constructor(options: PipeOptions) {
    this.#options = options;
  }

  /**
   * Resolves when the device took all of it. `bytes` must not change until then.
   * @throws PortError `port-write-timeout`, `port-stalled`, `port-vanished`, `port-failed`, `cancelled`
   */
  async send(bytes: Uint8Array, { zeroLengthPacket, ...wait }: SendOptions): Promise<void> {
    const { port } = this.#options;
    throwIfAborted(port, wait.signal);
    if (this.#end) throw this.#end;
    let cancel = (): void => undefined;
    const work = new Promise<void>((resolve, reject) => {
      const pieces = this.#cut(bytes, zeroLengthPacket === true);
      const state = { outstanding: new Set<Submitted>(), begun: false, failing: false };
      const job: Job = { pieces, ...state, resolve, reject };
      cancel = () => {
        const code = wait.signal?.aborted === true ? 'cancelled' : 'port-write-timeout';
        const why = new PortError(code, { port, timeoutMs: wait.timeoutMs });
        void this.#callBack(job, () => why);
      };
      this.#jobs.push(job);
      this.#pump();
    });
    await settleWithin({ work, cancel: () => cancel(), port, late: 'port-write-timeout' }, wait);
  }

  /** Ends all waits. Resolves when the system has nothing of ours. */
  async end(why: PortError): Promise<void> {
    this.#end ??= why;
    await Promise.all(this.#jobs.map((job) => this.#callBack(job, () => why)));
  }

  #cut(bytes: Uint8Array, zeroLengthPacket: boolean): Buffer[] {
    const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const pieces: Buffer[] = [];
    for (let at = 0; at < all.length; at += PIECE_BYTES) {
      pieces.push(all.subarray(at, at + PIECE_BYTES));
    }
    const fillsLast = all.length % this.#options.maxPacketBytes === 0;
    if (all.length === 0 || (zeroLengthPacket && fillsLast)) pieces.push(Buffer.alloc(0));
    return pieces;
  }

  #pump(): void {
    while (this.#outstanding < MAX_PIECES && !this.#jobs.some(({ failing }) => failing)) {
      const job = this.#jobs.find(({ pieces }) => pieces.length > 0);
      const piece = job?.pieces.shift();
      if (!job || !piece) return;
      job.begun = true;
      void this.#sendPiece(job, piece);
    }
  }

  async #sendPiece(job: Job, piece: Buffer): Promise<void> {
    const { handle, endpoint, fault } = this.#options;
    let submitted: Submitted;
    try {
      submitted = handle.submit(endpoint, 'bulk', piece);
    } catch (error) {
      await this.#callBack(job, () => this.#end ?? fault(error, endpoint));
      return;
    }
    this.#outstanding++;
    job.outstanding.add(submitted);
    const { bytes, trouble } = await submitted.done;
    this.#outstanding--;
    job.outstanding.delete(submitted);
    if (job.failing) return;
    if (trouble !== null || bytes < piece.length) {
      await this.#callBack(job, () => this.#end ?? fault(trouble ?? 'other', endpoint));
      return;
    }
    if (job.pieces.length === 0 && job.outstanding.size === 0) this.#leave(job).resolve();
    this.#pump();
  }

  /** What is not out stays here; the waits end when the system has given back the rest. */
  async #callBack(job: Job, why: () => PortError | Promise<PortError>): Promise<void> {
    const at = this.#jobs.indexOf(job);
    const cut = job.begun ? this.#jobs.slice(Math.max(0, at)) : [job];
    const victims = at < 0 ? [] : cut.filter(({ failing }) => !failing);
    const back: Promise<unknown>[] = [];
    // The last first: none may slip in where another one was cut.
    for (const victim of victims.toReversed()) {
      victim.failing = true;
      victim.pieces.length = 0;
      for (const each of [...victim.outstanding].reverse()) {
        each.cancel();
        back.push(each.done);
      }
    }
    await Promise.all(back);
    const error = await why();
    for (const victim of victims) this.#leave(victim).reject(error);
    this.#pump();
  }

  #leave(job: Job): Job {
    this.#jobs = this.#jobs.filter((each) => each !== job);
    return job;
  }
}
