/**
 * Drives an upload: keeps as many requests outstanding as the window allows, never waiting for a
 * write, and tells the course what came of each. See upload-course.ts for what a reply means.
 */
import { echo } from '../../protocols/smp/os/echo.ts';
import { imageStateRead } from '../../protocols/smp/image/state-read.ts';
import { imageUpload, type UploadReply } from '../../protocols/smp/image/upload.ts';
import { ReplyClock } from './reply-clock.ts';
import { SmpSessionError } from './session-error.ts';
import type { SmpSession } from './smp-session.ts';
import { type Piece, UploadCourse } from './upload-course.ts';
import type { UploadPieces } from './upload-pieces.ts';
import { UploadWindow } from './upload-window.ts';

export interface UploadTerms {
  readonly totalBytes: number;
  /** How long the first request may take: the device erases the slot. */
  readonly eraseTimeoutMs: number;
  readonly signal: AbortSignal;
  /** The image's own hash, by which a lost last reply is made up for. */
  readonly imageHash: Uint8Array | null;
  readonly maxWindow: number;
  /** At least this is waited for a reply. */
  readonly patienceMs: number;
}

export interface UploadResult {
  readonly sentBytes: number;
  /** Sent more than once, for losses on the line. */
  readonly resentBytes: number;
  /** Where the device already was; 0 for a fresh upload. */
  readonly resumedAtBytes: number;
  /** Does what the device holds match the hash? null: it does not check. */
  readonly match: boolean | null;
}

interface Outcome {
  readonly piece: Piece;
  readonly reply?: UploadReply;
  readonly error?: unknown;
}

const MAX_SILENCES = 5;
/** While nothing is measured, in patiences. */
const UNKNOWN_LINE = 3;
const STATE_TIMEOUT_MS = 5000;
const BUSY_PAUSE_MS = 200;
const MAX_START_PROBES = 2;
/** Silence after the first request before the device is asked whether it is there, in patiences. */
const START_SILENCE = 2.5;
const PROBE_GRACE = 0.25;

export class UploadEngine {
  readonly course: UploadCourse;
  readonly window: UploadWindow;
  /** Calls back when something moved. */
  onMoved: () => void = () => undefined;
  readonly #session: SmpSession;
  readonly #pieces: UploadPieces;
  readonly #terms: UploadTerms;
  readonly #clock: ReplyClock;
  readonly #outcomes: Outcome[] = [];
  #wake: () => void = () => undefined;
  #inFlight = 0;
  #resumedAtBytes = 0;
  #match: boolean | null = null;
  #startProbes = 0;

  constructor(session: SmpSession, pieces: UploadPieces, terms: UploadTerms) {
    this.#session = session;
    this.#pieces = pieces;
    this.#terms = terms;
    this.course = new UploadCourse(terms.totalBytes);
    this.window = new UploadWindow(Math.min(pieces.window, terms.maxWindow));
    const { baud } = session.port;
    const lineMs = baud === null ? 0 : (pieces.pieceBytes * 1.5 * 10_000) / baud;
    this.#clock = new ReplyClock(UNKNOWN_LINE * terms.patienceMs + lineMs, terms.patienceMs);
  }

  /** @throws SmpSessionError, PortError */
  async run(): Promise<UploadResult> {
    while (!this.course.isDone) {
      this.#fill();
      const outcome = await this.#nextOutcome();
      this.#inFlight--;
      if (outcome.reply) await this.#replied(outcome.piece, outcome.reply);
      else await this.#failed(outcome.piece, outcome.error);
      this.onMoved();
    }
    const { sentBytes, resentBytes } = this.course;
    return { sentBytes, resentBytes, resumedAtBytes: this.#resumedAtBytes, match: this.#match };
  }

  #fill(): void {
    const { course, window } = this;
    while (course.nextBytes < course.totalBytes && this.#inFlight < window.size) {
      // The first request goes alone: its reply may be an offset far ahead.
      if (course.ackedBytes === 0 && this.#inFlight > 0) return;
      this.#send();
    }
  }

  #send(): void {
    const params = this.#pieces.at(this.course.nextBytes);
    const piece = this.course.sent(params.data.length);
    const isStart = piece.offsetBytes === 0;
    const attempt = new AbortController();
    const sentAtMs = performance.now();
    this.#inFlight++;
    const reply = this.#session.request(imageUpload, params, {
      timeoutMs: isStart ? this.#terms.eraseTimeoutMs : this.#clock.timeoutMs,
      signal: AbortSignal.any([this.#terms.signal, attempt.signal]),
      sendings: 1,
    });
    const settle = (outcome: Outcome): void => {
      this.#outcomes.push(outcome);
      this.#wake();
    };
    reply.then(
      (value) => {
        if (!isStart) this.#clock.replied(performance.now() - sentAtMs);
        settle({ piece, reply: value });
      },
      (error: unknown) => settle({ piece, error }),
    );
    if (isStart) this.#watchStart(reply, attempt);
  }

  /**
   * An erase may take a minute, and so may a lost request seem to. A device that erases answers
   * nothing else meanwhile; one that answers an echo, and still not the request before it, has not
   * got that.
   */
  #watchStart(reply: Promise<UploadReply>, attempt: AbortController): void {
    if (this.#startProbes >= MAX_START_PROBES) return;
    let settled = false;
    const silenceMs = START_SILENCE * this.#terms.patienceMs;
    const timer = setTimeout(() => void this.#probeStart(attempt, () => settled), silenceMs);
    const stop = (): void => {
      settled = true;
      clearTimeout(timer);
    };
    reply.then(stop, stop);
  }

  async #probeStart(attempt: AbortController, isSettled: () => boolean): Promise<void> {
    const wait = {
      timeoutMs: this.#terms.eraseTimeoutMs,
      signal: AbortSignal.any([this.#terms.signal, attempt.signal]),
      sendings: 1,
    };
    const answered = await this.#session.request(echo, { text: 'x' }, wait).then(
      () => true,
      (error: unknown) => error instanceof SmpSessionError && error.code.startsWith('command-'),
    );
    if (!answered || isSettled()) return;
    await pause(PROBE_GRACE * this.#terms.patienceMs);
    if (isSettled()) return;
    this.#startProbes++;
    this.#pieces.shrink();
    attempt.abort();
  }

  #nextOutcome(): Promise<Outcome> {
    return new Promise((resolve) => {
      this.#wake = () => {
        const outcome = this.#outcomes.shift();
        if (!outcome) return;
        this.#wake = () => undefined;
        resolve(outcome);
      };
      this.#wake();
    });
  }

  async #replied(piece: Piece, { offsetBytes, match }: UploadReply): Promise<void> {
    const { course, window } = this;
    if (offsetBytes === null) {
      const facts = { command: imageUpload.name, problem: 'field-missing', field: 'off' };
      throw new SmpSessionError('reply-malformed', facts);
    }
    const isFirst = course.ackedBytes === 0 && piece.offsetBytes === 0;
    if (isFirst && offsetBytes > piece.endBytes) this.#resumedAtBytes = offsetBytes;
    if (match !== null) this.#match = match;
    const wasLast = piece.endBytes === course.totalBytes;
    const turn = course.replied(piece, offsetBytes);
    if (turn === 'forward') window.answered();
    if (turn === 'lost') window.lost();
    if (turn === 'restarted' && wasLast && (await this.#isComplete())) course.complete();
  }

  /** After its last piece a device forgets the upload; was it that, or did it restart? */
  async #isComplete(): Promise<boolean> {
    const { imageHash, signal } = this.#terms;
    if (imageHash === null) return false;
    const wait = { timeoutMs: STATE_TIMEOUT_MS, signal };
    const state = await this.#session.request(imageStateRead, undefined, wait);
    return state.slots.some(({ hash }) => hash !== null && Buffer.compare(hash, imageHash) === 0);
  }

  async #failed(piece: Piece, error: unknown): Promise<void> {
    if (!(error instanceof SmpSessionError)) throw error;
    if (error.code === 'reply-timeout') this.#silent(piece, error);
    else if (error.code === 'command-refused') await this.#refused(piece, error);
    // Given up by the probe: the device has not got it.
    else if (error.code === 'cancelled' && !this.#terms.signal.aborted) this.course.silent(piece);
    else throw error;
  }

  #silent(piece: Piece, error: SmpSessionError): void {
    if (this.course.silent(piece) === 'stale') return;
    this.window.lost();
    this.#clock.silent();
    if (piece.offsetBytes > 0 && this.course.silences < MAX_SILENCES) return;
    const facts = { ...error.facts, offsetBytes: this.course.ackedBytes };
    throw new SmpSessionError('reply-timeout', facts, { cause: error });
  }

  /** Too many requests at once for its memory is no refusal of the image. */
  async #refused(piece: Piece, error: SmpSessionError): Promise<void> {
    const { group, rc = 0, meaning = '' } = error.facts;
    if (meaning === 'no-memory' || meaning === 'busy') {
      if (this.course.bounced(piece) === 'stale') return;
      this.window.lost();
      await pause(BUSY_PAUSE_MS);
      return;
    }
    const facts = { offsetBytes: this.course.ackedBytes, rc, meaning };
    const known = group === undefined ? facts : { ...facts, group };
    throw new SmpSessionError('upload-refused', known, { cause: error });
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
