/**
 * A recorded conversation as a port. It answers as the terminal did: what the terminal sent after
 * a certain host write comes after that write is made again, and what the host writes is compared.
 *
 * A recording is JSON lines: `{"ms": 12.3, "from": "host"|"terminal", "bytes": "0609…"}`; `count`
 * in place of `bytes` says how many bytes were left out (nothing can be replayed of those).
 */
import { type BytePort, PortError, type Wait } from './port.ts';
import { ReceiveBuffer } from './receive-buffer.ts';

export interface RecordedBytes {
  /** Since the recording began. */
  readonly ms: number;
  readonly from: 'host' | 'terminal';
  readonly bytes: Uint8Array;
}

export interface ReplayOptions {
  /** Name of the port in errors. */
  readonly name?: string;
  /**
   * 0: at once (default). 1: the terminal takes as long as it did; 0.5: half of that.
   */
  readonly pace?: number;
  /** Compares what the host writes with what it wrote, and says what the terminal answers. */
  readonly answer?: ReplayAnswer;
}

/**
 * `written`: what the host wrote and no earlier turn has used; `recorded`: what it wrote then, and
 * `replies` what the terminal said to that. Returns how many of the written bytes are this turn's
 * and what to say now; null: they are not complete. Throws where they are something else.
 */
export type ReplayAnswer = (exchange: {
  readonly written: Uint8Array;
  readonly recorded: Uint8Array;
  readonly replies: readonly Uint8Array[];
}) => { readonly usedBytes: number; readonly replies: readonly Uint8Array[] } | null;

const MAX_RECORDING_LINES = 1_000_000;

/** @throws RangeError with the number of a line that is none of a recording */
export function parseRecording(text: string): RecordedBytes[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  if (lines.length > MAX_RECORDING_LINES) throw new RangeError(`${lines.length} lines`);
  return lines.flatMap((line, index) => {
    const entry = parseLine(line);
    if (entry === null) throw new RangeError(`line ${index + 1} of the recording`);
    return entry;
  });
}

function parseLine(line: string): RecordedBytes[] | null {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null) return null;
  const { ms, from, bytes, count } = value as Record<string, unknown>;
  if (typeof ms !== 'number' || (from !== 'host' && from !== 'terminal')) return null;
  if (typeof count === 'number' && bytes === undefined) return [];
  if (typeof bytes !== 'string' || !/^(?:[0-9a-f]{2})*$/i.test(bytes)) return null;
  return [{ ms, from, bytes: Uint8Array.from(Buffer.from(bytes, 'hex')) }];
}

/** One turn: what the host said, then what the terminal said. */
interface Turn {
  readonly host: Uint8Array;
  readonly replies: readonly { readonly afterMs: number; readonly bytes: Uint8Array }[];
}

/** What the terminal sent before the host's first write comes at once. */
export function openReplayPort(
  recording: readonly RecordedBytes[],
  options: ReplayOptions = {},
): BytePort {
  return new ReplayPort(turnsOf(recording), options);
}

function turnsOf(recording: readonly RecordedBytes[]): Turn[] {
  const turns: { host: Uint8Array[]; sinceMs: number; replies: Turn['replies'][number][] }[] = [
    { host: [], sinceMs: recording[0]?.ms ?? 0, replies: [] },
  ];
  for (const { ms, from, bytes } of recording) {
    let turn = turns.at(-1);
    if (!turn || (from === 'host' && turn.replies.length > 0)) {
      turn = { host: [], sinceMs: ms, replies: [] };
      turns.push(turn);
    }
    if (from === 'host') {
      turn.host.push(bytes);
      turn.sinceMs = ms;
    } else {
      turn.replies.push({ afterMs: Math.max(0, ms - turn.sinceMs), bytes });
    }
  }
  return turns.map(({ host, replies }) => ({ host: concat(host), replies }));
}

class ReplayPort implements BytePort {
  readonly url: string;
  readonly baud = null;
  readonly closed: Promise<PortError | null>;
  readonly #turns: Turn[];
  readonly #pace: number;
  readonly #answer: ReplayAnswer;
  readonly #received: ReceiveBuffer;
  readonly #timers = new Set<NodeJS.Timeout>();
  #written = new Uint8Array(0);
  #ended = false;
  #resolveClosed: (why: PortError | null) => void = () => undefined;

  constructor(turns: Turn[], { name = 'replay', pace = 0, answer = exactly }: ReplayOptions) {
    this.url = `replay://${name}`;
    this.#turns = turns;
    this.#pace = pace;
    this.#answer = answer;
    this.closed = new Promise((resolve) => (this.#resolveClosed = resolve));
    this.#received = new ReceiveBuffer(name, () => undefined);
    this.#advance();
  }

  read(wait: Wait): Promise<Uint8Array | null> {
    return this.#received.read(wait);
  }

  write(bytes: Uint8Array, wait: Wait): Promise<void> {
    if (wait.signal?.aborted) return Promise.reject(this.#error('cancelled'));
    if (this.#ended) return Promise.reject(this.#error('port-vanished'));
    this.#written = concat([this.#written, bytes]);
    try {
      this.#advance();
      return Promise.resolve();
    } catch (cause) {
      const mismatch = new PortError('port-failed', { port: this.url }, { cause });
      this.#end(mismatch);
      return Promise.reject(mismatch);
    }
  }

  setSignals(): Promise<void> {
    return Promise.resolve();
  }

  close(): Promise<void> {
    this.#end(null);
    return Promise.resolve();
  }

  /** Plays every turn whose host part was written. */
  #advance(): void {
    for (let turn = this.#turns[0]; turn; turn = this.#turns[0]) {
      if (turn.host.length > 0 && this.#written.length === 0) return;
      const recorded = turn.host;
      const answered = this.#answer({
        written: this.#written,
        recorded,
        replies: turn.replies.map(({ bytes }) => bytes),
      });
      if (answered === null) return;
      this.#turns.shift();
      this.#written = this.#written.slice(answered.usedBytes);
      answered.replies.forEach((bytes, index) =>
        this.#say(bytes, turn.replies[index]?.afterMs ?? 0),
      );
    }
  }

  #say(bytes: Uint8Array, afterMs: number): void {
    if (this.#pace === 0) {
      this.#received.push(bytes);
      return;
    }
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      this.#received.push(bytes);
    }, afterMs * this.#pace);
    this.#timers.add(timer);
  }

  #error(code: 'cancelled' | 'port-vanished'): PortError {
    return new PortError(code, { port: this.url });
  }

  #end(why: PortError | null): void {
    if (this.#ended) return;
    this.#ended = true;
    for (const timer of this.#timers) clearTimeout(timer);
    this.#received.end(why);
    this.#resolveClosed(why);
  }
}

/** The default: byte for byte. */
const exactly: ReplayAnswer = ({ written, recorded, replies }) => {
  const shared = Math.min(written.length, recorded.length);
  for (let index = 0; index < shared; index++) {
    if (written[index] !== recorded[index]) throw new RangeError(`differs at byte ${index}`);
  }
  return shared === recorded.length ? { usedBytes: shared, replies } : null;
};

function concat(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((bytes, part) => bytes + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
