/**
 * A technician's bench in one process and under one virtual clock: simulated terminals with real
 * flash memory, the real bridge with real records, and a program that can be killed at any moment
 * and started again over the same data folder.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encode } from 'cbor2/encoder';
import { createBridge, type Bridge } from '../../native-bridge/bridge.ts';
import { requestNamed } from '../../native-bridge/contract/request-areas.ts';
import type { RequestName } from '../../native-bridge/contract/requests.ts';
import { operations } from '../../native-bridge/operations/index.ts';
import { decodeRequest, type SmpMessage } from '../../native-bridge/protocols/smp/command.ts';
import { SMP_HEADER_BYTES, writeHeader } from '../../native-bridge/protocols/smp/header.ts';
import { encodeSerial, SerialFraming } from '../../native-bridge/protocols/smp/serial-framing.ts';
import type { Log } from '../../native-bridge/records/log.ts';
import { InProcessHost } from '../../native-bridge/simulators/codebox/line/in-process-end.ts';
import { parseOptions, type Options } from '../../native-bridge/simulators/codebox/options.ts';
import { Simulator } from '../../native-bridge/simulators/codebox/simulator.ts';
import type { DiscoveredPort } from '../../native-bridge/ports/discovery.ts';
import { PortError, type BytePort, type Wait } from '../../native-bridge/ports/port.ts';
import { ReceiveBuffer } from '../../native-bridge/ports/receive-buffer.ts';
import { openRecordsHere } from './records-here.ts';
import type { Tap } from './tapped-line.ts';
import { VirtualTime } from './virtual-time.ts';

// Loaded before they are asked for: a file takes real time, in which the virtual one stands still.
await Promise.all([
  ...Object.values(operations).map((load) => load()),
  // Every area of the contract is looked through for it.
  requestNamed('none' as RequestName).catch(() => undefined),
  import('../../native-bridge/operations/take-up-again.ts'),
  import('../../native-bridge/terminals/catalogue.ts'),
  import('../../native-bridge/terminals/merchant.ts'),
  import('../../native-bridge/terminals/check-profile.ts'),
  import('../../native-bridge/terminals/knowledge-file/check.ts'),
]);

/** A terminal and the socket that its cable ends in. */
interface Plugged {
  readonly host: InProcessHost;
  readonly simulator: Simulator;
  socket: Socket;
}

/** The cable's end at the computer: at most one program has it open. */
class Socket {
  url: string;
  host: InProcessHost;
  /** As a serial port of a USB device; null: an address of a serial device server. */
  usb: UsbPort | null;
  /** Another program, none of ours, has it open. */
  occupied = false;
  /** Sees each request and can hold it back. */
  tap: Tap | null = null;
  readonly #framing = new SerialFraming();
  #open: MemoryPort | null = null;

  constructor(url: string, host: InProcessHost, usb: UsbPort | null) {
    this.url = url;
    this.host = host;
    this.usb = usb;
  }

  received(bytes: Uint8Array): void {
    this.#open?.received(bytes);
  }

  /** False where the port is not there. */
  send(bytes: Uint8Array): boolean {
    const { tap, host } = this;
    if (tap === null) return host.send(bytes.slice());
    if (!host.plugged) return false;
    for (const value of this.#framing.push(bytes)) {
      if (value.kind !== 'packet' || tap(decodeRequest(value.bytes))) continue;
      host.send(encodeSerial(value.bytes).slice());
    }
    return true;
  }

  open(): BytePort {
    if (!this.host.plugged) throw new PortError('port-missing', { port: this.url });
    if (this.#open || this.occupied) throw new PortError('port-busy', { port: this.url });
    const port = new MemoryPort(this, () => (this.#open = null));
    this.#open = port;
    return port;
  }

  vanish(): void {
    const port = this.#open;
    this.#open = null;
    port?.end(new PortError('port-vanished', { port: this.url }));
  }
}

class MemoryPort implements BytePort {
  readonly url: string;
  readonly baud = null;
  readonly closed: Promise<PortError | null>;
  readonly #socket: Socket;
  readonly #received: ReceiveBuffer;
  readonly #letGo: () => void;
  #ended = false;
  #resolve: (why: PortError | null) => void = () => undefined;

  constructor(socket: Socket, letGo: () => void) {
    this.url = socket.url;
    this.#socket = socket;
    this.#letGo = letGo;
    this.#received = new ReceiveBuffer(socket.url, () => undefined);
    this.closed = new Promise((resolve) => (this.#resolve = resolve));
  }

  received(bytes: Uint8Array): void {
    this.#received.push(bytes.slice());
  }

  read(wait: Wait): Promise<Uint8Array | null> {
    return this.#received.read(wait);
  }

  write(bytes: Uint8Array): Promise<void> {
    if (this.#ended || !this.#socket.send(bytes)) {
      return Promise.reject(new PortError('port-vanished', { port: this.url }));
    }
    return Promise.resolve();
  }

  setSignals(): Promise<void> {
    return Promise.resolve();
  }

  close(): Promise<void> {
    this.#letGo();
    this.end(null);
    return Promise.resolve();
  }

  end(why: PortError | null): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#received.end(why);
    this.#resolve(why);
  }
}

/** What a USB device shows, and the name that the system gives its port. */
export interface UsbPort {
  readonly path: string;
  readonly vendorId: string;
  readonly productId: string;
  readonly manufacturer: string | null;
  readonly serialNumber: string | null;
}

/** One run of the program. */
export interface Program {
  readonly bridge: Bridge;
  readonly log: string[];
  /** Nothing of it goes on: its ports are free, its locks gone, its answers never come. */
  kill(): Promise<void>;
}

export interface PluggedBox {
  readonly url: string;
  readonly simulator: Simulator;
}

export class VirtualBench {
  readonly time = new VirtualTime();
  readonly dataFolder: string;
  readonly #sockets = new Map<string, Socket>();
  readonly #boxes = new Map<string, Plugged>();
  readonly #uninstall: () => void;
  readonly #running = new Set<Program>();

  /** `folder`: where its data folder is made. */
  constructor(folder = memoryFolder()) {
    this.dataFolder = mkdtempSync(join(folder, 'pos-bench-virtual-'));
    this.#uninstall = this.time.install();
  }

  /** A code box on a port of its own. `options` are the simulator's, over a small and quick box. */
  async box(
    name: string,
    options: Partial<Options> = {},
    usb: UsbPort | null = null,
  ): Promise<PluggedBox> {
    const url = usb ? `serial://${usb.path}` : `tcp://${name}:1`;
    const host: InProcessHost = new InProcessHost({
      received: (bytes) => this.#boxes.get(name)?.socket.received(bytes),
      pulled: () => this.#boxes.get(name)?.socket.vanish(),
      plugged: () => undefined,
    });
    const socket = new Socket(url, host, usb);
    this.#sockets.set(url, socket);
    const simulator = new Simulator({
      ...parseOptions([], false),
      baud: 0,
      slotSize: 0x10000,
      ...options,
      listen: { kind: 'in-process', host },
    });
    this.#boxes.set(name, { host, simulator, socket });
    await simulator.start();
    return { url, simulator };
  }

  /**
   * Two boxes change places. `silently`: behind a device server or an adapter, whose port stays open
   * and never tells.
   */
  exchange(one: string, other: string, silently = false): void {
    const [a, b] = [this.#boxes.get(one), this.#boxes.get(other)];
    if (!a || !b) throw new Error(`no box ${one} or no box ${other}`);
    [a.socket, b.socket] = [b.socket, a.socket];
    a.socket.host = a.host;
    b.socket.host = b.host;
    if (silently) return;
    a.socket.vanish();
    b.socket.vanish();
  }

  /** Another program opens the port where ours has let it go, or lets it go again. */
  occupy(url: string, occupied: boolean): void {
    const socket = this.#sockets.get(url);
    if (socket) socket.occupied = occupied;
    if (occupied) socket?.vanish();
  }

  /** Each request to whatever is on this port goes by the tap from now on. */
  tap(url: string, tap: Tap): void {
    const socket = this.#sockets.get(url);
    if (!socket) throw new Error(`no port ${url}`);
    socket.tap = tap;
  }

  /** The terminal answers a request with this, whatever it would have said. */
  answer(url: string, { header }: SmpMessage, fields: Readonly<Record<string, unknown>>): void {
    const body = encode(fields);
    const packet = new Uint8Array(SMP_HEADER_BYTES + body.length);
    const operation = `${header.operation as 'read' | 'write'}-reply` as const;
    writeHeader({ ...header, operation, bodyBytes: body.length }, packet);
    packet.set(body, SMP_HEADER_BYTES);
    this.#sockets.get(url)?.received(encodeSerial(packet));
  }

  /** The cable goes in again, and the system gives the port another name or address. */
  async replug(box: PluggedBox, to: UsbPort | string): Promise<PluggedBox> {
    const socket = this.#sockets.get(box.url);
    if (!socket) throw new Error(`no box at ${box.url}`);
    await box.simulator.pull();
    this.#sockets.delete(box.url);
    socket.usb = typeof to === 'string' ? null : to;
    socket.url = typeof to === 'string' ? to : `serial://${to.path}`;
    this.#sockets.set(socket.url, socket);
    await box.simulator.plug();
    return { url: socket.url, simulator: box.simulator };
  }

  async start(): Promise<Program> {
    const here = openRecordsHere(this.dataFolder, 'cli');
    const log: string[] = [];
    let killed = false;
    const openPort = (url: string, options: Wait): Promise<BytePort> => {
      if (killed) return new Promise(() => undefined);
      if (options.signal?.aborted) return Promise.reject(new PortError('cancelled', { port: url }));
      const socket = this.#sockets.get(url);
      return Promise.resolve().then(() => {
        if (!socket) throw new PortError('port-missing', { port: url });
        return socket.open();
      });
    };
    const bridge = await createBridge(
      { dataFolder: this.dataFolder, program: 'cli' },
      {
        records: here.records,
        openPort,
        discoverPorts: () => Promise.resolve({ ports: this.#ports(), listedBy: 'system' }),
        log: logTo(log),
      },
    );
    const program: Program = {
      bridge,
      log,
      kill: async () => {
        killed = true;
        for (const socket of this.#sockets.values()) socket.vanish();
        await here.kill();
        this.#running.delete(program);
      },
    };
    this.#running.add(program);
    return program;
  }

  #ports(): DiscoveredPort[] {
    return [...this.#sockets.values()].flatMap(({ url, usb, host }) =>
      usb && host.plugged
        ? [{ ...usb, url, kind: 'serial' as const, door: null, deviceId: null, product: null }]
        : [],
    );
  }

  /** Ends everything and gives the globals back. */
  async end(): Promise<void> {
    for (const program of [...this.#running]) await program.kill();
    for (const { simulator } of this.#boxes.values()) await simulator.stop();
    this.#uninstall();
    rmSync(this.dataFolder, { recursive: true, force: true });
  }
}

/** Every write is synced; a folder in memory does not make thousands of tests wait for a disk. */
function memoryFolder(): string {
  return existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
}

function logTo(lines: string[]): Log {
  const take = (level: string) => (text: string) => {
    lines.push(`${level} ${text}`);
  };
  return {
    file: '',
    error: take('error'),
    warn: take('warn'),
    info: take('info'),
    debug: take('debug'),
  };
}
