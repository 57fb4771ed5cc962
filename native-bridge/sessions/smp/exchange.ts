/**
 * One request and its answer: sent, sent again while it is overdue where that does no harm, ended
 * by an answer to any of its sendings, by its deadline, by its signal or by the port's end.
 */
import type { CborMap } from '../../protocols/cbor.ts';
import type { SmpHeader, SmpVersion } from '../../protocols/smp/header.ts';
import { SmpSessionError } from './session-error.ts';

/** A timer this late was asleep with the computer; shorter delays are load. */
const ASLEEP_MS = 15_000;
/** What came in meanwhile is read first, and what was on its way comes. */
const AWAKE_AGAIN_MS = 1_000;

export interface ExchangeTerms {
  readonly command: string;
  /** Until the request is given up, over all its sendings. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
  /** How often it may be sent: 1 for what is not idempotent. */
  readonly sendings: number;
  /** The packet to send. */
  encode(sequence: number, version: SmpVersion): Uint8Array;
}

/** What an exchange needs of its session. */
export interface ExchangeLine {
  /** Sends the request under a new sequence number; throws where it can't be encoded. */
  send(exchange: Exchange): void;
  /** A sending got no answer in time. */
  overdue(exchange: Exchange): void;
  /** Nothing is waited for any more. */
  ended(exchange: Exchange, how: 'overdue' | 'answered'): void;
}

export interface Answer {
  readonly header: SmpHeader;
  readonly body: CborMap;
}

export class Exchange {
  readonly terms: ExchangeTerms;
  readonly answer: Promise<Answer>;
  /** Our own request came back: then silence means a port that echoes. */
  echoed = false;
  /** Of the last sending; the line sets it. */
  lastSent: SmpHeader | null = null;
  readonly #line: ExchangeLine;
  #startMs = performance.now();
  #dueAtMs = 0;
  #resolve: (answer: Answer) => void = () => undefined;
  #reject: (error: unknown) => void = () => undefined;
  #timer: NodeJS.Timeout | undefined;
  #sent = 0;
  #over = false;

  constructor(terms: ExchangeTerms, line: ExchangeLine) {
    this.terms = terms;
    this.#line = line;
    this.answer = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    terms.signal?.addEventListener('abort', this.#onAbort, { once: true });
    if (terms.signal?.aborted) this.#onAbort();
    else this.#send();
  }

  answered(answer: Answer): void {
    this.#end('answered', () => this.#resolve(answer));
  }

  /** The answer came and can't be read, or the port is gone. */
  failed(error: unknown): void {
    this.#end('answered', () => this.#reject(error));
  }

  #send(): void {
    this.#sent++;
    try {
      this.#line.send(this);
    } catch (error) {
      this.failed(error);
      return;
    }
    const { timeoutMs, sendings } = this.terms;
    const dueMs = (timeoutMs * this.#sent) / sendings;
    this.#wait(this.#startMs + dueMs - performance.now());
  }

  #wait(ms: number): void {
    const leftMs = Math.max(0, ms);
    this.#dueAtMs = performance.now() + leftMs;
    this.#timer = setTimeout(this.#onDue, leftMs);
  }

  readonly #onDue = (): void => {
    if (this.#over) return;
    const lateMs = performance.now() - this.#dueAtMs;
    if (lateMs > ASLEEP_MS) {
      this.#startMs += lateMs;
      this.#wait(AWAKE_AGAIN_MS);
      return;
    }
    this.#line.overdue(this);
    const { sendings, command, timeoutMs } = this.terms;
    if (this.#sent < sendings && !this.echoed) {
      this.#send();
      return;
    }
    const error = this.echoed
      ? new SmpSessionError('port-echoes', { command })
      : new SmpSessionError('reply-timeout', { command, timeoutMs });
    this.#end('overdue', () => this.#reject(error));
  };

  readonly #onAbort = (): void => {
    const error = new SmpSessionError('cancelled', { command: this.terms.command });
    this.#end('overdue', () => this.#reject(error));
  };

  #end(how: 'overdue' | 'answered', settle: () => void): void {
    if (this.#over) return;
    this.#over = true;
    clearTimeout(this.#timer);
    this.terms.signal?.removeEventListener('abort', this.#onAbort);
    this.#line.ended(this, how);
    settle();
  }
}
