/**
 * The device's side of one USB interface with a bulk endpoint each way, over the kernel's FunctionFS
 * (Documentation/usb/functionfs.rst, include/uapi/linux/usb/functionfs.h): descriptors are written to
 * `ep0`, which then tells of events and takes control requests; `ep1` is read, `ep2` is written.
 * Reads and writes hold a thread until they are done or the cable goes, and Node has four: one
 * process has one of these. Events are looked for and not waited for: who waits in a read of `ep0`
 * holds the lock that the kernel needs to pull the cable (f_fs.c, functionfs_unbind).
 */
import { constants, write } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export interface InterfaceNumbers {
  readonly classCode: number;
  readonly subclass: number;
  readonly protocol: number;
}

/** A control request to the interface (USB 2.0, 9.3). */
export interface SetupRequest {
  readonly request: number;
  readonly value: number;
  /** How many bytes the host wants, or sends. */
  readonly length: number;
  readonly toHost: boolean;
}

export interface FunctionFsOptions {
  /** Where it is mounted. */
  readonly folder: string;
  readonly numbers: InterfaceNumbers;
  /** The interface's name. */
  readonly label: string;
  /** Told that the host has configured the device, or that it is gone. */
  readonly onPower?: (powered: boolean) => void;
  /** Answers a request: bytes for the host (empty where there are none), or null: stalled. */
  readonly onSetup?: (request: SetupRequest) => Uint8Array | null | Promise<Uint8Array | null>;
}

const bulkFull = 64;
const bulkHigh = 512;
const descriptorsMagic = 3;
const stringsMagic = 2;
const hasFullAndHigh = 1 | 2;
const eventBytes = 12;
const lookMs = 20;
/** EBADMSG. Node has no names for these. */
const badMessage = 74;
/** EL2HLT: stalled, as wanted. EIDRM: the host gave the request up. */
const stalledOrGivenUp: ReadonlySet<number> = new Set([51, 43]);
const events = { enable: 2, disable: 3, setup: 4 } as const;

/** Opens the interface; the gadget may be plugged in when this resolves. */
export async function openFunctionFs(options: FunctionFsOptions): Promise<FunctionFs> {
  const { folder, numbers, label } = options;
  const ep0 = await open(join(folder, 'ep0'), constants.O_RDWR | constants.O_NONBLOCK);
  await ep0.write(descriptors(numbers));
  await ep0.write(strings(label));
  const toDevice = await open(join(folder, 'ep1'), 'r+');
  const toHost = await open(join(folder, 'ep2'), 'r+');
  return new FunctionFs(ep0, toDevice, toHost, options);
}

export class FunctionFs {
  readonly maxPacketBytes = bulkHigh;
  readonly #ep0: FileHandle;
  readonly #toDevice: FileHandle;
  readonly #toHost: FileHandle;
  readonly #options: FunctionFsOptions;

  constructor(
    ep0: FileHandle,
    toDevice: FileHandle,
    toHost: FileHandle,
    options: FunctionFsOptions,
  ) {
    this.#ep0 = ep0;
    this.#toDevice = toDevice;
    this.#toHost = toHost;
    this.#options = options;
    void this.#serve();
  }

  /**
   * What the host sends next: up to `maxBytes` (whole packets), less where a short packet ends the
   * transfer. Waits for the cable, too; rejects with ESHUTDOWN when it goes meanwhile.
   */
  async receive(maxBytes: number): Promise<Uint8Array> {
    const buffer = Buffer.allocUnsafe(maxBytes);
    const { bytesRead } = await this.#toDevice.read(buffer, 0, maxBytes, null);
    return buffer.subarray(0, bytesRead);
  }

  /** Resolves when the host took all of it; rejects with ESHUTDOWN when the cable goes. */
  async send(bytes: Uint8Array, { zeroLengthPacket = false } = {}): Promise<void> {
    let sent = 0;
    do {
      const piece = bytes.subarray(sent, sent + maxWriteBytes);
      sent += await writeTo(this.#toHost, piece);
    } while (sent < bytes.length);
    const fillsLast = bytes.length > 0 && bytes.length % bulkHigh === 0;
    if (zeroLengthPacket && fillsLast) await writeTo(this.#toHost, new Uint8Array(0));
  }

  /**
   * The host's next transfers this way are refused until it clears the halt. Nothing may be under way
   * on that endpoint: a read or write that waits keeps the kernel from halting it.
   */
  async halt(direction: 'to-host' | 'to-device'): Promise<void> {
    // Using an endpoint the wrong way round is how FunctionFS is told to halt it: EBADMSG says done.
    const halted =
      direction === 'to-host'
        ? this.#toHost.read(Buffer.alloc(1), 0, 1, null)
        : this.#toDevice.write(Buffer.alloc(1), 0, 1, null);
    await halted.then(
      () => {
        throw new Error('not halted');
      },
      (error: unknown) => {
        if ((error as NodeJS.ErrnoException).errno !== -badMessage) throw error;
      },
    );
  }

  async #serve(): Promise<void> {
    const buffer = Buffer.alloc(eventBytes * 4);
    for (;;) {
      const bytesRead = await this.#ep0.read(buffer, 0, buffer.length, null).then(
        (read) => read.bytesRead,
        (error: unknown) => {
          if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
          return 0;
        },
      );
      if (bytesRead === 0) await sleep(lookMs);
      for (let at = 0; at + eventBytes <= bytesRead; at += eventBytes) {
        await this.#take(buffer.subarray(at, at + eventBytes));
      }
    }
  }

  async #take(event: Buffer): Promise<void> {
    const kind = event.readUInt8(8);
    if (kind === events.enable) this.#options.onPower?.(true);
    if (kind === events.disable) this.#options.onPower?.(false);
    if (kind !== events.setup) return;
    const toHost = (event.readUInt8(0) & 0x80) !== 0;
    const facts = { request: event.readUInt8(1), value: event.readUInt16LE(2), toHost };
    const length = event.readUInt16LE(6);
    const answer = (await this.#options.onSetup?.({ ...facts, length })) ?? null;
    await this.#answer(toHost, length, answer).catch((error: unknown) => {
      const { errno = 0 } = error as NodeJS.ErrnoException;
      if (!stalledOrGivenUp.has(-errno)) throw error;
    });
  }

  /** The wrong way round is a stall; a request without data is acknowledged by a read. */
  async #answer(toHost: boolean, length: number, answer: Uint8Array | null): Promise<void> {
    if ((answer !== null) === toHost) {
      await writeTo(this.#ep0, answer?.subarray(0, length) ?? new Uint8Array(1));
      return;
    }
    // Node reads no empty buffer.
    await this.#ep0.read(Buffer.alloc(Math.max(1, length)), 0, Math.max(1, length), null);
  }
}

/** An empty write goes out as well: a FileHandle's own `write` makes none. */
function writeTo({ fd }: FileHandle, bytes: Uint8Array): Promise<number> {
  return new Promise((resolve, reject) => {
    write(fd, bytes, 0, bytes.length, null, (error, written) => {
      if (error) reject(error);
      else resolve(written);
    });
  });
}

/** One request of the kernel's; more would need contiguous memory that a small guest lacks. */
const maxWriteBytes = 64 * 1024;

function descriptors(numbers: InterfaceNumbers): Buffer {
  const full = speed(numbers, bulkFull);
  const high = speed(numbers, bulkHigh);
  const head = Buffer.alloc(20);
  head.writeUInt32LE(descriptorsMagic, 0);
  head.writeUInt32LE(head.length + full.length + high.length, 4);
  head.writeUInt32LE(hasFullAndHigh, 8);
  // How many descriptors each speed has: the interface and its endpoints.
  head.writeUInt32LE(3, 12);
  head.writeUInt32LE(3, 16);
  return Buffer.concat([head, full, high]);
}

/** USB 2.0, 9.6.5 and 9.6.6. */
function speed({ classCode, subclass, protocol }: InterfaceNumbers, packetBytes: number): Buffer {
  const endpoint = (address: number) => [
    ...[7, 5, address, 2, packetBytes & 0xff, packetBytes >> 8, 0],
  ];
  const label = 1;
  return Buffer.from([
    ...[9, 4, 0, 0, 2, classCode, subclass, protocol, label],
    ...endpoint(0x01),
    ...endpoint(0x82),
  ]);
}

function strings(label: string): Buffer {
  const english = 0x0409;
  const text = Buffer.from(`${label}\0`, 'utf8');
  const head = Buffer.alloc(18);
  head.writeUInt32LE(stringsMagic, 0);
  head.writeUInt32LE(head.length + text.length, 4);
  head.writeUInt32LE(1, 8);
  head.writeUInt32LE(1, 12);
  head.writeUInt16LE(english, 16);
  return Buffer.concat([head, text]);
}
