/**
 * adbd's side of one conversation (adb/protocol.txt): CNXN, AUTH until the host is known, then
 * streams. It offers no TLS (STLS): that belongs to pairing over Wi-Fi, which has no place here. The
 * host's CNXN may come again at any time and begins the conversation anew.
 */
import { Auth, type Asking, type AuthPolicy, type KnownKeys } from './auth.ts';
import { Framing, FramingError } from './framing.ts';
import { VERSION_SKIPS_CHECKSUM, encodeHeader, type Command, type Packet } from './packet.ts';
import type { Pipe } from './pipe.ts';
import { HostStream, type Stream } from './stream.ts';

/** What it says of itself. */
export interface Banner {
  readonly version: number;
  readonly maxPayloadBytes: number;
  /** `device::ro.product.name=…;…;features=…` */
  text(): string;
  readonly delayedAck: boolean;
}

/** How it misbehaves, asked at each packet; a well-behaved one changes nothing. */
export interface Manners {
  /** Null: never leaves the terminal. */
  outgoing(packet: Packet): Packet | null;
  /** Changes the header's bytes. */
  spoil(packet: Packet, header: Buffer): void;
  /** True: the link is cut after this packet. */
  cuts(packet: Packet): boolean;
  /** The host is let in. Returns how to stop. */
  connected(send: (packet: Packet) => Promise<void>): () => void;
}

export interface ConnectionHooks {
  readonly banner: Banner;
  readonly policy: AuthPolicy;
  readonly knownKeys: KnownKeys;
  readonly manners: Manners;
  /** Null: no such service. */
  open(service: string): ((stream: Stream) => Promise<void>) | null;
  asking(asking: Asking | null): void;
  closed(): void;
}

/** What it takes from a host before the stream has to wait (docs/dev/delayed_ack.md). */
const OFFERED_WINDOW_BYTES = 32 * 1024 * 1024;
/** The largest message that any version of the host sends. */
const MAX_INCOMING_BYTES = 1024 * 1024;
const OLD_MAX_PAYLOAD_BYTES = 4096;
const none = new Uint8Array();

export class Connection {
  readonly #pipe: Pipe;
  readonly #hooks: ConnectionHooks;
  readonly #framing = new Framing(MAX_INCOMING_BYTES);
  readonly #streams = new Map<number, HostStream>();
  #auth: Auth | null = null;
  #online = false;
  #withChecksum = true;
  #hostMaxBytes = OLD_MAX_PAYLOAD_BYTES;
  #hostDelaysAck = false;
  #lastId = 0;
  #sending: Promise<void> = Promise.resolve();
  #stopMisbehaving: () => void = () => undefined;
  #closed = false;

  constructor(pipe: Pipe, hooks: ConnectionHooks) {
    this.#pipe = pipe;
    this.#hooks = hooks;
  }

  get online(): boolean {
    return this.#online;
  }

  /** Bytes from the host. */
  receive(bytes: Uint8Array): void {
    try {
      for (const packet of this.#framing.push(bytes)) this.#take(packet);
    } catch (error) {
      if (!(error instanceof FramingError)) throw error;
      this.close();
    }
  }

  /** Also when the pipe has gone. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#reset();
    this.#pipe.close();
    this.#hooks.closed();
  }

  #reset(): void {
    this.#auth?.stop();
    this.#stopMisbehaving();
    this.#online = false;
    for (const stream of [...this.#streams.values()]) stream.ended();
    this.#streams.clear();
  }

  #take(packet: Packet): void {
    if (packet.command === 'CNXN') this.#connect(packet);
    else if (packet.command === 'AUTH') this.#auth?.receive(packet.arg0, packet.payload);
    else if (this.#online) this.#takeOnline(packet);
  }

  #connect({ arg0, arg1, payload }: Packet): void {
    this.#reset();
    const { banner, policy, knownKeys } = this.#hooks;
    const bothSkip = arg0 >= VERSION_SKIPS_CHECKSUM && banner.version >= VERSION_SKIPS_CHECKSUM;
    this.#withChecksum = !bothSkip;
    this.#framing.checksums = !bothSkip;
    this.#hostMaxBytes = Math.max(1, Math.min(arg1, banner.maxPayloadBytes));
    const features = /features=(?<list>[^;\0]*)/.exec(Buffer.from(payload).toString('latin1'));
    const listed = features?.groups?.['list']?.split(',') ?? [];
    this.#hostDelaysAck = banner.delayedAck && listed.includes('delayed_ack');
    this.#auth = new Auth(policy, knownKeys, {
      send: (type, token) => void this.#send('AUTH', type, 0, token),
      authorised: () => this.#goOnline(),
      asking: (asking) => this.#hooks.asking(asking),
    });
    this.#auth.begin();
  }

  #goOnline(): void {
    this.#online = true;
    const { banner, manners } = this.#hooks;
    const text = Buffer.from(banner.text());
    void this.#send('CNXN', banner.version, banner.maxPayloadBytes, text);
    this.#stopMisbehaving = manners.connected((packet) => this.#sendPacket(packet));
  }

  #takeOnline({ command, arg0, arg1, payload }: Packet): void {
    if (command === 'OPEN') {
      this.#open(arg0, arg1, Buffer.from(payload).toString('utf8').replace(/\0$/, ''));
      return;
    }
    const stream = this.#streams.get(arg1);
    if (stream?.remoteId !== arg0) {
      // A CLSE of 0 answers an OPEN that was refused; any other stray is told that nobody is here.
      if (command === 'WRTE') void this.#send('CLSE', 0, arg0, none);
    } else if (command === 'WRTE') stream.arrived(payload);
    else if (command === 'OKAY') stream.acknowledged(payload);
    else if (command === 'CLSE') {
      stream.ended();
      void this.#send('CLSE', stream.localId, stream.remoteId, none);
    }
  }

  #open(remoteId: number, windowBytes: number, service: string): void {
    const serve = remoteId === 0 ? null : this.#hooks.open(service);
    if (serve === null || (windowBytes !== 0 && !this.#hostDelaysAck)) {
      void this.#send('CLSE', 0, remoteId, none);
      return;
    }
    const localId = ++this.#lastId;
    const delays = windowBytes !== 0;
    const ids = { localId, remoteId, windowBytes: delays ? windowBytes : null };
    const stream = new HostStream(ids, {
      send: (command, from, to, payload) => this.#send(command, from, to, payload),
      closed: (id) => this.#streams.delete(id),
      maxPayloadBytes: this.#hostMaxBytes,
    });
    this.#streams.set(localId, stream);
    const window = Buffer.alloc(delays ? 4 : 0);
    if (delays) window.writeInt32LE(OFFERED_WINDOW_BYTES);
    void this.#send('OKAY', localId, remoteId, window);
    serve(stream)
      .catch(() => undefined)
      .finally(() => stream.close());
  }

  #send(command: Command, arg0: number, arg1: number, payload: Uint8Array): Promise<void> {
    return this.#sendPacket({ command, arg0, arg1, payload });
  }

  #sendPacket(wanted: Packet): Promise<void> {
    const packet = this.#hooks.manners.outgoing(wanted);
    if (packet === null) return Promise.resolve();
    this.#sending = this.#sending.then(async () => {
      if (this.#closed) return;
      const header = encodeHeader(packet, this.#withChecksum);
      this.#hooks.manners.spoil(packet, header);
      await this.#pipe.send(header);
      if (packet.payload.length > 0) await this.#pipe.send(packet.payload);
      if (this.#hooks.manners.cuts(packet)) this.close();
    });
    return this.#sending;
  }
}
