/**
 * A simulated code box and ports to it in one process, for tests of a session under virtual time.
 * Pulled, every open port vanishes at once.
 */
import { InProcessHost } from '../../native-bridge/simulators/codebox/line/in-process-end.ts';
import { parseOptions, type Options } from '../../native-bridge/simulators/codebox/options.ts';
import { Simulator } from '../../native-bridge/simulators/codebox/simulator.ts';
import { PortError, type BytePort, type Wait } from '../../native-bridge/ports/port.ts';
import { ReceiveBuffer } from '../../native-bridge/ports/receive-buffer.ts';

const url = 'tcp://virtual:1';

export class VirtualLine {
  readonly simulator: Simulator;
  readonly #host: InProcessHost;
  #open: LinePort | null = null;

  constructor(options: Partial<Options>) {
    this.#host = new InProcessHost({
      received: (bytes) => this.#open?.received(bytes),
      pulled: () => this.#open?.end(new PortError('port-vanished', { port: url })),
      plugged: () => undefined,
    });
    const listen = { kind: 'in-process', host: this.#host } as const;
    this.simulator = new Simulator({ ...parseOptions([], false), ...options, listen });
  }

  open(): BytePort {
    const host = this.#host;
    this.#open = new LinePort((bytes) => host.send(bytes.slice()));
    return this.#open;
  }
}

class LinePort implements BytePort {
  readonly url = url;
  readonly baud = null;
  readonly closed: Promise<PortError | null>;
  readonly #received = new ReceiveBuffer(url, () => undefined);
  readonly #send: (bytes: Uint8Array) => boolean;
  #resolve: (why: PortError | null) => void = () => undefined;
  #ended = false;

  constructor(send: (bytes: Uint8Array) => boolean) {
    this.#send = send;
    this.closed = new Promise((resolve) => (this.#resolve = resolve));
  }

  received(bytes: Uint8Array): void {
    this.#received.push(bytes.slice());
  }

  read(wait: Wait): Promise<Uint8Array | null> {
    return this.#received.read(wait);
  }

  write(bytes: Uint8Array): Promise<void> {
    if (!this.#ended && this.#send(bytes)) return Promise.resolve();
    return Promise.reject(new PortError('port-vanished', { port: url }));
  }

  setSignals(): Promise<void> {
    return Promise.resolve();
  }

  close(): Promise<void> {
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
