/**
 * A conversation in SMP over one port. Requests may be made side by side; each has a deadline, and
 * only what is idempotent is ever sent again. See smp-line.ts for what happens below.
 */
import { encodeRequest, readResult, type SmpCommand } from '../../protocols/smp/command.ts';
import { refusalIn } from '../../protocols/smp/errors.ts';
import type { SmpVersion } from '../../protocols/smp/header.ts';
import { parameters, type SmpParameters } from '../../protocols/smp/os/parameters.ts';
import { FRAME_OVERHEAD_BYTES, SerialFraming } from '../../protocols/smp/serial-framing.ts';
import type { BytePort, PortError } from '../../ports/port.ts';
import type { Recording } from '../recording.ts';
import type { Answer, ExchangeTerms } from './exchange.ts';
import { HeaderVersion } from './header-version.ts';
import { LineStatistics, type SmpStatistics } from './line-statistics.ts';
import { PacketRecorder } from './packet-recorder.ts';
import { sessionError, SmpSessionError } from './session-error.ts';
import { SmpLine } from './smp-line.ts';
import { TextLog, type TextLogLine } from './text-log.ts';

export interface SmpSessionOptions {
  /** The longest line the device takes; 127 unless it was built otherwise. */
  readonly maxLineBytes?: number | undefined;
  /** Header version to begin with; 2. */
  readonly version?: SmpVersion | undefined;
  /** Sequence number to begin with; random, so that replies to an earlier session stay foreign. */
  readonly firstSequence?: number | undefined;
  readonly recording?: Recording | undefined;
  /** Lines of device text that are kept; 10,000. */
  readonly maxTextLines?: number | undefined;
}

export interface RequestOptions {
  /** Until the request is given up. Within it what is idempotent is sent up to three times. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
  /** Sent at most so often; what is not idempotent is never sent twice. */
  readonly sendings?: number | undefined;
}

const DEFAULT_SENDINGS = 3;
const DEFAULT_TEXT_LINES = 10_000;
/** With less not even its parameters could be asked for again. */
const MIN_BUFFER_BYTES = 64;
/** As much as we take ourselves; lengths on the line end at 65,535. */
const MAX_BUFFER_BYTES = 16_384;

export class SmpSession {
  readonly kind = 'smp';
  readonly port: BytePort;
  /** Settles once: null after close(), else why the port ended. */
  readonly closed: Promise<PortError | null>;
  readonly #line: SmpLine;
  readonly #version: HeaderVersion;
  readonly #statistics = new LineStatistics();
  readonly #text: TextLog;
  readonly #recorder: PacketRecorder;

  /** Takes over an open port; nothing is sent yet. */
  static open(port: BytePort, options: SmpSessionOptions = {}): SmpSession {
    return new SmpSession(port, options);
  }

  private constructor(port: BytePort, options: SmpSessionOptions) {
    const { maxLineBytes } = options;
    this.port = port;
    this.#version = new HeaderVersion(options.version ?? 2);
    this.#text = new TextLog(options.maxTextLines ?? DEFAULT_TEXT_LINES);
    this.#recorder = new PacketRecorder(options.recording ?? null, maxLineBytes);
    this.#line = new SmpLine(port, {
      framing: new SerialFraming(maxLineBytes === undefined ? {} : { maxLineBytes }),
      version: this.#version,
      statistics: this.#statistics,
      text: this.#text,
      recorder: this.#recorder,
      firstSequence: options.firstSequence ?? Math.floor(Math.random() * 256),
    });
    this.closed = this.#line.closed;
  }

  /** The header version the device answers in; what is tried next where it has not answered. */
  get headerVersion(): SmpVersion {
    return this.#version.current;
  }

  /**
   * Sends a command and waits for its answer.
   * @throws SmpSessionError `reply-timeout`, `reply-malformed`, `command-refused`,
   * `command-unsupported`, `message-too-large`, `port-echoes`, `cancelled`; PortError
   */
  async request<Params, Result>(
    command: SmpCommand<Params, Result>,
    params: Params,
    options: RequestOptions,
  ): Promise<Result> {
    // What may be sent only once must not be spent on finding the version.
    if (!command.idempotent && !this.#version.isProven) await this.#proveVersion(options);
    const answer = await this.#exchange(command, params, options);
    try {
      return readResult(command, answer.body);
    } catch (cause) {
      throw sessionError(command.name, cause);
    }
  }

  /**
   * What the device's buffers take, as far as we use it; null where it can't tell, or tells of
   * buffers that hold nothing. From then on larger messages are refused here, because devices drop
   * them without a word. Throws as `request`.
   */
  async parameters(options: RequestOptions): Promise<SmpParameters | null> {
    try {
      const found = await this.request(parameters, undefined, options);
      const bufferBytes = Math.min(found.bufferBytes, MAX_BUFFER_BYTES);
      const isUsable = bufferBytes >= MIN_BUFFER_BYTES;
      this.#line.maxPacketBytes = isUsable ? bufferBytes - FRAME_OVERHEAD_BYTES : null;
      return isUsable ? { ...found, bufferBytes } : null;
    } catch (error) {
      this.#line.maxPacketBytes = null;
      if (isRefusal(error)) return null;
      throw error;
    }
  }

  /** The last lines of the device's own text: hostile until stripped and masked. */
  textLines(): TextLogLine[] {
    return this.#text.lines();
  }

  /** Calls back for each new line of text; returns how to stop. */
  onText(listener: (line: TextLogLine) => void): () => void {
    return this.#text.subscribe(listener);
  }

  statistics(): SmpStatistics {
    return this.#statistics.snapshot();
  }

  /** Which settings' values are left out of recordings; before this is called: all. */
  setSecretKeys(keys: ReadonlySet<string>): void {
    this.#recorder.setSecretKeys(keys);
  }

  /** Begins a recording, or with null ends it; the caller closes it. */
  recordTo(recording: Recording | null): void {
    this.#recorder.recordTo(recording);
  }

  /** Closes the port; whoever waits gets `cancelled`. */
  close(): Promise<void> {
    return this.#line.close();
  }

  async #proveVersion({ timeoutMs, signal }: RequestOptions): Promise<void> {
    try {
      await this.parameters({ timeoutMs, signal });
    } catch (error) {
      // Unreadable is an answer too.
      if (!(error instanceof SmpSessionError && error.code === 'reply-malformed')) throw error;
    }
  }

  async #exchange<Params>(
    command: SmpCommand<Params, unknown>,
    params: Params,
    { timeoutMs, signal, sendings = DEFAULT_SENDINGS }: RequestOptions,
  ): Promise<Answer> {
    const terms = {
      command: command.name,
      timeoutMs,
      signal,
      sendings: command.idempotent ? sendings : 1,
      encode: (sequence: number, version: SmpVersion) =>
        encodeRequest(command, params, { sequence, version }),
    };
    const answer = await this.#attempt(terms);
    return this.#isWrongVersion(command, answer) ? this.#attempt(terms) : answer;
  }

  async #attempt(terms: ExchangeTerms): Promise<Answer> {
    try {
      return await this.#line.exchange(terms);
    } catch (error) {
      if (error instanceof SmpSessionError && error.code === 'reply-timeout') {
        // Somebody else may answer next: a boot loader in the application's place.
        this.#version.doubt();
        this.#line.maxPacketBytes = null;
      }
      throw error;
    }
  }

  /** A refusal of the version came before anything was done: the request may be made again. */
  #isWrongVersion(command: SmpCommand<never, unknown>, { header, body }: Answer): boolean {
    try {
      const refusal = refusalIn(body, command.group);
      return refusal !== null && this.#version.refused(refusal.meaning, header.version);
    } catch {
      return false;
    }
  }
}

function isRefusal(error: unknown): boolean {
  return (
    error instanceof SmpSessionError &&
    (error.code === 'command-refused' || error.code === 'command-unsupported')
  );
}
