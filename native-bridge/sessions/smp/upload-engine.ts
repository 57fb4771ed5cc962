/**
 * Drives an upload: keeps as many requests outstanding as the window allows, never waiting for a
 * write, and tells the course what came of each. See upload-course.ts for what a reply means.
 */
import { imageStateRead } from '../../protocols/smp/image/state-read.ts';
import { imageUpload, type UploadReply } from '../../protocols/smp/image/upload.ts';
import { pause } from '../../ports/pause.ts';
import { ReplyClock } from './reply-clock.ts';
import { SmpSessionError } from './session-error.ts';
import type { SmpSession } from './smp-session.ts';
import { type Piece, UploadCourse } from './upload-course.ts';
import { UploadPace } from './upload-pace.ts';
import type { UploadPieces } from './upload-pieces.ts';
import { answersEcho, startWasLost } from './upload-probe.ts';
import { UnheardPieces } from './upload-unheard.ts';
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
/** Where nothing more may be sent, replies are later than usual by so much before it is asked. */
const LATE_FACTOR = 4;
const ECHOES = 3;

export class UploadEngine {
  readonly course: UploadCourse;
  readonly window: UploadWindow;
  /** Calls back when something moved. */
  onMoved: () => void = () => undefined;
  readonly #session: SmpSession;
  readonly #pieces: UploadPieces;
  readonly #terms: UploadTerms;
  readonly #clock: ReplyClock;
  readonly #pace = new UploadPace();
  readonly #unheard: UnheardPieces;
  #lastReplyMs: number | null = null;
  readonly #inFlight = new Set<Piece>();
  readonly #outcomes: Outcome[] = [];
  #wake: () => void = () => undefined;
  #resumedAtBytes = 0;
  #match: boolean | null = null;
  #startProbes = 0;

  constructor(session: SmpSession, pieces: UploadPieces, terms: UploadTerms) {
    this.#session = session;
    this.#pieces = pieces;
    this.#terms = terms;
    this.course = new UploadCourse(terms.totalBytes);
    this.window = new UploadWindow(Math.min(pieces.window, terms.maxWindow));
    const { patienceMs } = terms;
    // An echo is asked before the time-outs of what it is asked about.
    this.#unheard = new UnheardPieces(MAX_SILENCES * patienceMs, patienceMs / 2);
    const { baud } = session.port;
    const lineMs = baud === null ? 0 : (pieces.pieceBytes * 1.5 * 10_000) / baud;
    this.#clock = new ReplyClock(UNKNOWN_LINE * patienceMs + lineMs, patienceMs);
  }

  /** @throws SmpSessionError, PortError */
  async run(): Promise<UploadResult> {
    let extra = 0;
    while (!this.course.isDone) {
      this.#fill(extra);
      const outcome = await this.#nextOutcome(this.#overdueMs(extra));
      if (outcome) await this.#take(outcome);
      const known = outcome !== null || (!this.#maySend && (await this.#allWasLost()));
      // Later than usual: one more piece, and its reply tells what became of those before.
      extra = known ? 0 : extra + 1;
      this.onMoved();
    }
    const { sentBytes, resentBytes } = this.course;
    return { sentBytes, resentBytes, resumedAtBytes: this.#resumedAtBytes, match: this.#match };
  }

  #fill(extra: number): void {
    const { course, window } = this;
    if (this.#pace.isUnsure && this.#openCount() > 0) return;
    const size = Math.min(window.size, this.#pace.enough);
    const limit = Math.min(window.max, size + extra);
    while (course.nextBytes < course.totalBytes && this.#openCount() < limit) {
      // The first request goes alone: its reply may be an offset far ahead.
      if (course.ackedBytes === 0 && this.#openCount() > 0) return;
      this.#send();
    }
  }

  #openCount(): number {
    let count = 0;
    for (const piece of this.#inFlight) if (this.course.isOpen(piece)) count++;
    return count;
  }

  /** Not all was sent, and the device has a buffer for one more. */
  get #maySend(): boolean {
    return this.course.nextBytes < this.course.totalBytes && this.#openCount() < this.window.max;
  }

  /** null: only time will tell. */
  #overdueMs(extra: number): number | null {
    const { overdueMs } = this.#clock;
    if (overdueMs === null || this.course.ackedBytes === 0) return null;
    if (this.#maySend) return overdueMs;
    if (extra > this.window.max + ECHOES) return null;
    return this.#unheard.waitMs(LATE_FACTOR * overdueMs);
  }

  /** Nothing more may be sent, and all replies are late: true where all of it was lost. */
  async #allWasLost(): Promise<boolean> {
    const [first] = [...this.#inFlight].filter((piece) => this.course.isOpen(piece));
    const timeoutMs = LATE_FACTOR * (this.#clock.overdueMs ?? this.#terms.patienceMs);
    // An echo that is lost as well is asked once more.
    if (!(await answersEcho(this.#session, timeoutMs, this.#terms.signal))) return false;
    if (first === undefined || this.#outcomes.length > 0) return false;
    if (!this.course.isOpen(first)) return false;
    const counts = this.#unheard.noticed();
    this.course.missed(first, counts);
    this.window.lost();
    if (!counts || this.course.silences < MAX_SILENCES) return true;
    return this.#giveUp(
      new SmpSessionError('reply-timeout', { command: imageUpload.name, timeoutMs }),
    );
  }

  #send(): void {
    const params = this.#pieces.at(this.course.nextBytes);
    const piece = this.course.sent(params.data.length);
    const isStart = piece.offsetBytes === 0;
    const isAlone = this.#inFlight.size === 0;
    const attempt = new AbortController();
    const sentAtMs = performance.now();
    this.#inFlight.add(piece);
    const reply = this.#session.request(imageUpload, params, {
      timeoutMs: isStart ? this.#terms.eraseTimeoutMs : this.#clock.timeoutMs,
      signal: AbortSignal.any([this.#terms.signal, attempt.signal]),
      sendings: 1,
    });
    const settle = (outcome: Outcome): void => {
      this.#inFlight.delete(piece);
      this.#outcomes.push(outcome);
      this.#wake();
    };
    reply.then(
      (value) => {
        const atMs = performance.now();
        if (!isStart) this.#clock.replied(atMs - sentAtMs);
        if (isAlone && !isStart) this.#pace.alone(atMs - sentAtMs);
        if (this.#lastReplyMs !== null && this.#inFlight.size > 1) {
          this.#pace.interval(atMs - this.#lastReplyMs);
        }
        this.#lastReplyMs = atMs;
        settle({ piece, reply: value });
      },
      (error: unknown) => {
        // A time-out of what was sent again since is no news, and must not put off what is waited for.
        if (isTimeout(error) && !this.course.isOpen(piece)) this.#inFlight.delete(piece);
        else settle({ piece, error });
      },
    );
    if (isStart) void this.#watchStart(reply, attempt);
  }

  async #watchStart(reply: Promise<UploadReply>, attempt: AbortController): Promise<void> {
    if (this.#startProbes >= MAX_START_PROBES) return;
    if (!(await startWasLost(this.#session, reply, this.#terms))) return;
    this.#startProbes++;
    this.#pieces.shrink();
    attempt.abort();
  }

  /** null where none comes within `overdueMs`. */
  #nextOutcome(overdueMs: number | null): Promise<Outcome | null> {
    return new Promise((resolve) => {
      const timer = overdueMs === null ? undefined : setTimeout(() => end(null), overdueMs);
      const end = (outcome: Outcome | null): void => {
        clearTimeout(timer);
        this.#wake = () => undefined;
        resolve(outcome);
      };
      this.#wake = () => {
        const outcome = this.#outcomes.shift();
        if (outcome) end(outcome);
      };
      this.#wake();
    });
  }

  async #take(outcome: Outcome): Promise<void> {
    if (outcome.reply) await this.#replied(outcome.piece, outcome.reply);
    else await this.#failed(outcome.piece, outcome.error);
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
    if (turn === 'forward') {
      window.answered();
      this.#unheard.moved();
    }
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
    if (piece.offsetBytes === 0 || this.course.silences >= MAX_SILENCES) this.#giveUp(error);
  }

  #giveUp(error: SmpSessionError): never {
    const facts = { ...error.facts, offsetBytes: this.course.ackedBytes };
    throw new SmpSessionError('reply-timeout', facts, { cause: error });
  }

  /** Too many requests at once for its memory is no refusal of the image. */
  async #refused(piece: Piece, error: SmpSessionError): Promise<void> {
    const { group, rc = 0, meaning = '' } = error.facts;
    if (meaning === 'no-memory' || meaning === 'busy') {
      if (this.course.bounced(piece) === 'stale') return;
      this.window.lost();
      await pause(BUSY_PAUSE_MS, this.#terms.signal);
      return;
    }
    const facts = { offsetBytes: this.course.ackedBytes, rc, meaning };
    const known = group === undefined ? facts : { ...facts, group };
    throw new SmpSessionError('upload-refused', known, { cause: error });
  }
}

function isTimeout(error: unknown): boolean {
  return error instanceof SmpSessionError && error.code === 'reply-timeout';
}
