/** A terminal that does as a test says: it hands each request to a script, which answers or not. */
import type { Socket } from 'node:net';
import { openPort } from '../../native-bridge/ports/open-port.ts';
import { type CborFields, encodeCborMap } from '../../native-bridge/protocols/cbor.ts';
import { decodeRequest, type SmpMessage } from '../../native-bridge/protocols/smp/command.ts';
import {
  readHeader,
  SMP_HEADER_BYTES,
  type SmpHeader,
  writeHeader,
} from '../../native-bridge/protocols/smp/header.ts';
import { encodeSerial, SerialFraming } from '../../native-bridge/protocols/smp/serial-framing.ts';
import {
  SmpSession,
  type SmpSessionOptions,
} from '../../native-bridge/sessions/smp/smp-session.ts';
import { type TcpTerminal, tcpTerminal } from './tcp-terminal.ts';

export type Script = (request: SmpMessage, terminal: ScriptedTerminal) => void;

export class ScriptedTerminal {
  /** Everything it was asked, in order. */
  readonly requests: SmpMessage[] = [];
  /** Bytes as they came. */
  readonly received: Uint8Array[] = [];
  readonly #line: TcpTerminal;
  readonly #framing = new SerialFraming();
  #script: Script;
  #socket: Socket | null = null;

  private constructor(line: TcpTerminal, script: Script) {
    this.#line = line;
    this.#script = script;
  }

  static async start(script: Script = () => undefined): Promise<ScriptedTerminal> {
    const line = await tcpTerminal((socket) => {
      terminal.#socket = socket;
      socket.on('data', (bytes) => terminal.#receive(bytes));
    });
    const terminal = new ScriptedTerminal(line, script);
    return terminal;
  }

  get url(): string {
    return this.#line.url;
  }

  /** A session on a connection of its own. */
  async connect(options: SmpSessionOptions = {}): Promise<SmpSession> {
    const session = SmpSession.open(await openPort(this.url, { timeoutMs: 5000 }), options);
    await this.#line.socket();
    return session;
  }

  become(script: Script): void {
    this.#script = script;
  }

  /** Answers a request; `header` overrides what is in the reply's header. */
  reply(request: SmpMessage, body: CborFields, header: Partial<SmpHeader> = {}): void {
    this.send(encodeSerial(replyPacket(request, encodeCborMap(body), header)));
  }

  send(bytes: Uint8Array | string): void {
    this.#socket?.write(bytes);
  }

  hangUp(): void {
    this.#socket?.resetAndDestroy();
  }

  close(): Promise<void> {
    return this.#line.close();
  }

  #receive(bytes: Uint8Array): void {
    this.received.push(bytes);
    for (const value of this.#framing.push(bytes)) {
      if (value.kind !== 'packet') continue;
      const message = decodeRequest(value.bytes);
      this.requests.push(message);
      this.#script(message, this);
    }
  }
}

export function replyPacket(
  request: SmpMessage,
  body: Uint8Array,
  overrides: Partial<SmpHeader> = {},
): Uint8Array {
  const operation = request.header.operation === 'read' ? 'read-reply' : 'write-reply';
  const header = { ...request.header, operation, bodyBytes: body.length, ...overrides } as const;
  const packet = new Uint8Array(SMP_HEADER_BYTES + body.length);
  writeHeader(header, packet);
  packet.set(body, SMP_HEADER_BYTES);
  readHeader(packet);
  return packet;
}

/** Echoes text as the OS group does; refuses everything else as not supported. */
export const echoing: Script = (request, terminal) => {
  const { group, id } = request.header;
  const text = request.body.get('d');
  if (group === 0 && id === 0 && typeof text === 'string') terminal.reply(request, { r: text });
  else terminal.reply(request, { rc: 8 });
};
