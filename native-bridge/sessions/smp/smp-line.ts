/**
 * The line below a session: one loop reads the port and hands packets to the requests that wait
 * for them and text to the log; sendings get a sequence number and go out at once. Everything that
 * passes is counted, and recorded where somebody wants it.
 */
import { decodeResponse } from '../../protocols/smp/command.ts';
import { SmpFormatError } from '../../protocols/smp/errors.ts';
import { readHeader } from '../../protocols/smp/header.ts';
import type { SerialFraming, SerialValue } from '../../protocols/smp/serial-framing.ts';
import { type BytePort, PortError } from '../../ports/port.ts';
import { type Answer, Exchange, type ExchangeTerms } from './exchange.ts';
import type { HeaderVersion } from './header-version.ts';
import type { LineStatistics } from './line-statistics.ts';
import type { PacketRecorder } from './packet-recorder.ts';
import { type Reception, RequestTable, type Sending } from './request-table.ts';
import { sessionError, SmpSessionError } from './session-error.ts';
import type { TextLog } from './text-log.ts';

export interface SmpLineParts {
  readonly framing: SerialFraming;
  readonly version: HeaderVersion;
  readonly statistics: LineStatistics;
  readonly text: TextLog;
  readonly recorder: PacketRecorder;
  readonly firstSequence: number;
}

/** After so much silence an unfinished line of text is handed out. */
const TEXT_PAUSE_MS = 150;
const IDLE_READ_MS = 60_000;
const NOTHING = new Uint8Array(0);

export class SmpLine {
  /** Settles once: null after the port was closed by us, else why it ended. */
  readonly closed: Promise<PortError | null>;
  /** Larger packets are not sent: the device would drop them without a word. */
  maxPacketBytes: number | null = null;
  readonly #port: BytePort;
  readonly #parts: SmpLineParts;
  readonly #table: RequestTable<Exchange>;
  #ended: PortError | SmpSessionError | null = null;

  constructor(port: BytePort, parts: SmpLineParts) {
    this.#port = port;
    this.#parts = parts;
    this.#table = new RequestTable(parts.firstSequence);
    this.closed = this.#readLoop();
  }

  /** @throws SmpSessionError, PortError */
  exchange(terms: ExchangeTerms): Promise<Answer> {
    if (this.#ended) return Promise.reject(this.#ended);
    return new Exchange(terms, {
      send: (exchange) => this.#send(exchange),
      overdue: (exchange) => this.#overdue(exchange),
      ended: (exchange, how) => this.#table.end(exchange, how),
    }).answer;
  }

  #send(exchange: Exchange): void {
    const { terms } = exchange;
    const packet = terms.encode(this.#table.takeSequence(), this.#parts.version.current);
    if (this.maxPacketBytes !== null && packet.length > this.maxPacketBytes) {
      const facts = { sizeBytes: packet.length, maxBytes: this.maxPacketBytes };
      throw new SmpSessionError('message-too-large', { command: terms.command, ...facts });
    }
    const header = readHeader(packet);
    exchange.lastSent = header;
    this.#table.sent({ request: exchange, header, sentAtMs: performance.now() });
    const bytes = this.#parts.framing.encode(packet);
    this.#parts.statistics.count('framesSent');
    this.#parts.statistics.count('bytesSent', bytes.length);
    this.#parts.recorder.sent(packet, bytes.length);
    // Not waited for: the next request may follow at once, so that the line never idles for us.
    const wait = { timeoutMs: terms.timeoutMs, signal: terms.signal };
    this.#port.write(bytes, wait).catch((error: unknown) => exchange.failed(error));
  }

  #overdue(exchange: Exchange): void {
    this.#parts.statistics.count('lost');
    if (exchange.lastSent) this.#parts.version.unanswered(exchange.lastSent.version);
  }

  async #readLoop(): Promise<PortError | null> {
    try {
      await this.#readAll();
      return this.#end(null);
    } catch (error) {
      return this.#end(portError(this.#port.url, error));
    }
  }

  /** Until the port was closed by us. */
  async #readAll(): Promise<void> {
    let waitMs = IDLE_READ_MS;
    for (;;) {
      const chunk = await this.#read(waitMs);
      if (chunk === null) return;
      this.#parts.statistics.count('bytesReceived', chunk.length);
      const isPause = chunk.length === 0;
      const { framing } = this.#parts;
      for (const value of isPause ? framing.flush() : framing.push(chunk)) this.#take(value);
      waitMs = isPause ? IDLE_READ_MS : TEXT_PAUSE_MS;
    }
  }

  /** No bytes where none came in time. */
  async #read(timeoutMs: number): Promise<Uint8Array | null> {
    try {
      return await this.#port.read({ timeoutMs });
    } catch (error) {
      if (isSilence(error)) return NOTHING;
      throw error;
    }
  }

  /** Whoever waits is told first: a write that the closing cuts off would call the port gone. */
  async close(): Promise<void> {
    this.#fail(new SmpSessionError('cancelled'));
    await this.#port.close();
    await this.closed;
  }

  #end(why: PortError | null): PortError | null {
    this.#fail(why ?? new SmpSessionError('cancelled'));
    void this.#port.close();
    return why;
  }

  #fail(why: PortError | SmpSessionError): void {
    this.#ended ??= why;
    for (const exchange of this.#table.waiting()) exchange.failed(this.#ended);
  }

  #take(value: SerialValue): void {
    const { statistics, recorder, text } = this.#parts;
    switch (value.kind) {
      case 'text':
        recorder.text(value.bytes);
        text.add(value.bytes);
        return;
      case 'bad-frame':
        statistics.count('badFrames');
        statistics.count('badFrameBytes', value.droppedBytes);
        recorder.unreadable(value.droppedBytes);
        return;
      case 'packet':
        statistics.count('framesReceived');
        recorder.received(value.bytes);
        this.#takePacket(value.bytes);
    }
  }

  #takePacket(packet: Uint8Array): void {
    try {
      const answer = decodeResponse(packet);
      const reception = this.#table.classify(answer.header);
      if (reception.kind === 'answer') this.#answered(reception.sending, answer);
      else this.#countReception(reception);
    } catch (error) {
      if (!(error instanceof SmpFormatError)) throw error;
      this.#takeMalformed(error);
    }
  }

  #answered(sending: Sending<Exchange>, answer: Answer): void {
    const { version, statistics } = this.#parts;
    const exchange = sending.request;
    version.answered(answer.header.version);
    statistics.addRoundTrip(performance.now() - sending.sentAtMs);
    // Of an earlier sending: it was given up for lost and sent again.
    if (sending.header !== exchange.lastSent) statistics.count('late');
    exchange.answered(answer);
  }

  #countReception(reception: Reception<Exchange>): void {
    if (reception.kind === 'answer') return;
    if (reception.kind === 'echo') reception.sending.request.echoed = true;
    this.#parts.statistics.count(reception.kind === 'echo' ? 'echoed' : reception.kind);
  }

  /**
   * A packet with a right checksum and something wrong in it. Its header says whose it is; but
   * Zephyr 3.5 answers a version-1 request for a missing statistic with a truncated body under the
   * header of the reply before: that of the list of groups, too (zephyr-3.5-groups.jsonl).
   */
  #takeMalformed(error: SmpFormatError): void {
    const { header } = error;
    const reception = header ? this.#table.classify(header) : null;
    // One that is late is known to be another's, and an echo is nobody's.
    const isStray = reception?.kind === 'double' || reception?.kind === 'foreign';
    const exchange =
      reception?.kind === 'answer'
        ? reception.sending.request
        : header && isStray
          ? this.#table.onlyWaiting(header)
          : null;
    if (exchange) exchange.failed(sessionError(exchange.terms.command, error));
    else this.#countReception(reception ?? { kind: 'foreign' });
  }
}

function isSilence(error: unknown): boolean {
  return error instanceof PortError && error.code === 'port-silent';
}

function portError(port: string, cause: unknown): PortError {
  return cause instanceof PortError ? cause : new PortError('port-failed', { port }, { cause });
}
