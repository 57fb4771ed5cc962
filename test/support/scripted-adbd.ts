/**
 * The daemon's end of ADB in this process, as a script says: every packet it gets is given to the
 * script, which answers with packets, or with any bytes at all.
 */
import {
  ADB_HEADER_BYTES,
  adbChecksum,
  adbCommand,
  type AdbHeader,
  readAdbHeader,
  writeAdbHeader,
} from '../../native-bridge/protocols/adb/packet.ts';
import { type BytePort, PortError, type Wait } from '../../native-bridge/ports/port.ts';
import { ReceiveBuffer } from '../../native-bridge/ports/receive-buffer.ts';

export interface HostPacket extends AdbHeader {
  readonly payload: Uint8Array;
  /** As text, without the zero at its end. */
  readonly text: string;
}

export type AdbdScript = (packet: HostPacket, daemon: ScriptedAdbd) => void;

type Command = keyof typeof adbCommand;

export class ScriptedAdbd implements BytePort {
  readonly url = 'tcp://scripted:5555';
  readonly baud = null;
  readonly closed: Promise<PortError | null>;
  /** What it was sent, in order: `open`, `write`, … */
  readonly seen: string[] = [];
  /** Bytes it has sent that nobody took yet, at most. */
  mostUnread = 0;
  readonly #received = new ReceiveBuffer(this.url, () => undefined);
  readonly #script: AdbdScript;
  #fromHost = Buffer.alloc(0);
  #unread = 0;
  #resolve: (why: PortError | null) => void = () => undefined;

  constructor(script: AdbdScript) {
    this.#script = script;
    this.closed = new Promise((resolve) => (this.#resolve = resolve));
  }

  /** Bytes it has sent that nobody took. */
  get unread(): number {
    return this.#unread;
  }

  send(command: Command, arg0: number, arg1: number, payload: Uint8Array | string = ''): void {
    this.raw(packetBytes(adbCommand[command], arg0, arg1, payload));
  }

  raw(bytes: Uint8Array): void {
    this.#unread += bytes.length;
    this.mostUnread = Math.max(this.mostUnread, this.#unread);
    this.#received.push(bytes);
  }

  /** It hangs up. */
  vanish(): void {
    this.#end(new PortError('port-vanished', { port: this.url }));
  }

  async read(wait: Wait): Promise<Uint8Array | null> {
    const bytes = await this.#received.read(wait);
    this.#unread -= bytes?.length ?? 0;
    return bytes;
  }

  write(bytes: Uint8Array): Promise<void> {
    this.#fromHost = Buffer.concat([this.#fromHost, bytes]);
    while (this.#fromHost.length >= ADB_HEADER_BYTES) {
      const header = readAdbHeader(this.#fromHost, 1024 * 1024);
      const end = ADB_HEADER_BYTES + header.payloadBytes;
      if (this.#fromHost.length < end) break;
      const payload = this.#fromHost.subarray(ADB_HEADER_BYTES, end);
      this.#fromHost = this.#fromHost.subarray(end);
      this.seen.push(nameOf(header.command));
      const text = payload.toString('utf8').replace(/\0$/, '');
      this.#script({ ...header, payload, text }, this);
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

  #end(why: PortError | null): void {
    this.#received.end(why);
    this.#resolve(why);
  }
}

export function packetBytes(
  command: number,
  arg0: number,
  arg1: number,
  payload: Uint8Array | string = '',
): Uint8Array {
  const body = typeof payload === 'string' ? Buffer.from(payload) : payload;
  const bytes = new Uint8Array(ADB_HEADER_BYTES + body.length);
  const checksum = adbChecksum(body);
  writeAdbHeader({ command, arg0, arg1, payloadBytes: body.length, checksum }, bytes);
  bytes.set(body, ADB_HEADER_BYTES);
  return bytes;
}

export function nameOf(command: number): Command {
  const found = Object.entries(adbCommand).find(([, value]) => value === command);
  if (!found) throw new Error(`no such command ${command.toString(16)}`);
  return found[0] as Command;
}

/** A daemon that lets everybody in, and whose streams the script serves. */
export function openDaemon(
  onStream: AdbdScript = () => undefined,
  banner = 'device::ro.product.name=p;ro.product.model=m;ro.product.device=d;features=shell_v2,stat_v2',
  maxPayloadBytes = 1024 * 1024,
): ScriptedAdbd {
  return new ScriptedAdbd((packet, daemon) => {
    if (nameOf(packet.command) === 'connect') {
      daemon.send('connect', 0x01000001, maxPayloadBytes, banner);
    } else {
      onStream(packet, daemon);
    }
  });
}
