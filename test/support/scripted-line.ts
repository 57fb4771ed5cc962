/** A port in this process whose far end answers SMP requests as a script says, under virtual time. */
import { encode } from 'cbor2';
import { decodeRequest, type SmpMessage } from '../../native-bridge/protocols/smp/command.ts';
import { encodeSerial, SerialFraming } from '../../native-bridge/protocols/smp/serial-framing.ts';
import { PortError, type BytePort, type Wait } from '../../native-bridge/ports/port.ts';
import { ReceiveBuffer } from '../../native-bridge/ports/receive-buffer.ts';
import { replyPacket } from './scripted-terminal.ts';

type Fields = Readonly<Record<string, unknown>>;

export class ScriptedLine implements BytePort {
  readonly url = 'tcp://scripted:1';
  readonly baud = null;
  readonly closed: Promise<PortError | null>;
  /** What it was asked, in order. */
  readonly requests: SmpMessage[] = [];
  readonly #received = new ReceiveBuffer(this.url, () => undefined);
  readonly #framing = new SerialFraming();
  readonly #script: (request: SmpMessage) => Fields | null;
  readonly #replyAfterMs: number;
  #resolve: (why: PortError | null) => void = () => undefined;

  /** `script`: what a request is answered with, `replyAfterMs` later; null: nothing. */
  constructor(script: (request: SmpMessage) => Fields | null, replyAfterMs = 5) {
    this.#script = script;
    this.#replyAfterMs = replyAfterMs;
    this.closed = new Promise((resolve) => (this.#resolve = resolve));
  }

  read(wait: Wait): Promise<Uint8Array | null> {
    return this.#received.read(wait);
  }

  write(bytes: Uint8Array): Promise<void> {
    for (const value of this.#framing.push(bytes)) {
      if (value.kind === 'packet') this.#ask(decodeRequest(value.bytes));
    }
    return Promise.resolve();
  }

  setSignals(): Promise<void> {
    return Promise.resolve();
  }

  close(): Promise<void> {
    this.#end(null);
    return Promise.resolve();
  }

  /** The cable is pulled. */
  vanish(): void {
    this.#end(new PortError('port-vanished', { port: this.url }));
  }

  #ask(request: SmpMessage): void {
    this.requests.push(request);
    const fields = this.#script(request);
    if (fields === null) return;
    const packet = encodeSerial(replyPacket(request, encode(fields)));
    setTimeout(() => this.#received.push(packet.slice()), this.#replyAfterMs);
  }

  #end(why: PortError | null): void {
    this.#received.end(why);
    this.#resolve(why);
  }
}
