/**
 * How good the line is: short echoes for the turnaround, long ones for the rate, and how many of all
 * came back. An echo is sent once: what is lost is counted, not made up for.
 */
import { echo } from '../../protocols/smp/os/echo.ts';
import { SmpSessionError } from './session-error.ts';
import type { SmpSession } from './smp-session.ts';

export interface RoundTripOptions {
  readonly signal?: AbortSignal | undefined;
  /** Echoes of each length; 5. */
  readonly count?: number | undefined;
  /** For each echo; 2000. */
  readonly timeoutMs?: number | undefined;
  /** The device's buffer, where it is known: the longer an echo, the better the rate is known. */
  readonly bufferBytes?: number | null | undefined;
}

export interface RoundTrip {
  /** Of a short echo; null: not one came back. */
  readonly medianMs: number | null;
  /** Bytes on the line in both directions; null where the lengths make no difference to the time. */
  readonly bytesPerSecond: number | null;
  /** Echoes that did not come back, of those sent: 0..1. */
  readonly lostShare: number;
}

/** Fits, with its frame, into the smallest buffer in use (256 bytes). */
const SHORTEST_LONG = 160;
/** Nothing is gained by more. */
const LONGEST_LONG = 1600;
/** Header, CBOR key, length, checksum, and some room. */
const BESIDE_TEXT = 48;
/** Short echoes beyond the first, for the loss; as many as fit into the time, more where one was lost. */
const MORE_ECHOES = 40;
const MORE_WHERE_LOST = 150;
const MORE_FOR_MS = 600;
const MORE_FOR_MS_WHERE_LOST = 3000;
/** All lost: nothing answers. */
const SILENT_ECHOES = 2;
/** Of a usual echo; later it counts as lost. */
const PATIENCE = 10;
const MIN_PATIENCE_MS = 150;

/**
 * A device without echo answers with a refusal, which takes as long; but a refused long echo tells
 * nothing of the rate.
 * @throws SmpSessionError, PortError as SmpSession.request; `reply-timeout` only where the first
 * echoes were all lost
 */
export async function measureRoundTrip(
  session: SmpSession,
  { signal, count = 5, timeoutMs = 2000, bufferBytes }: RoundTripOptions = {},
): Promise<RoundTrip> {
  const room = (bufferBytes ?? 0) - BESIDE_TEXT;
  const longText = 'x'.repeat(Math.min(LONGEST_LONG, Math.max(SHORTEST_LONG, room)));
  const tally = new Tally(session, signal);
  for (let turn = 0; turn < count; turn++) {
    await tally.echo('x', tally.patienceMs(timeoutMs));
    await tally.echo(longText, timeoutMs);
  }
  const startMs = performance.now();
  for (let more = 0; ; more++) {
    const isLossy = tally.lost > 0;
    const elapsedMs = performance.now() - startMs;
    if (more >= (isLossy ? MORE_WHERE_LOST : MORE_ECHOES)) break;
    if (elapsedMs >= (isLossy ? MORE_FOR_MS_WHERE_LOST : MORE_FOR_MS)) break;
    await tally.echo('x', tally.patienceMs(timeoutMs));
  }
  return tally.result(longText.length - 1);
}

class Tally {
  lost = 0;
  #sent = 0;
  readonly #shortMs: number[] = [];
  readonly #longMs: number[] = [];
  readonly #session: SmpSession;
  readonly #signal: AbortSignal | undefined;

  constructor(session: SmpSession, signal: AbortSignal | undefined) {
    this.#session = session;
    this.#signal = signal;
  }

  /** For a short echo, once it is known how long one takes. */
  patienceMs(mostMs: number): number {
    const usualMs = median(this.#shortMs);
    if (usualMs === null) return mostMs;
    return Math.min(mostMs, Math.max(MIN_PATIENCE_MS, PATIENCE * usualMs));
  }

  async echo(text: string, timeoutMs: number): Promise<void> {
    const isShort = text.length === 1;
    const wait = { timeoutMs, signal: this.#signal, sendings: 1 };
    this.#sent++;
    const startMs = performance.now();
    try {
      await this.#session.request(echo, { text }, wait);
    } catch (error) {
      if (!(error instanceof SmpSessionError)) throw error;
      if (error.code === 'reply-timeout') {
        this.lost++;
        if (this.lost === this.#sent && this.lost >= SILENT_ECHOES) throw error;
        return;
      }
      if (!error.code.startsWith('command-')) throw error;
      if (!isShort) return;
    }
    (isShort ? this.#shortMs : this.#longMs).push(performance.now() - startMs);
  }

  result(longerText: number): RoundTrip {
    const shortMs = median(this.#shortMs);
    const longMs = median(this.#longMs);
    const differenceMs = shortMs === null || longMs === null ? 0 : longMs - shortMs;
    // Base64, and both ways; every 93 bytes a marker and a newline.
    const longerBytes = 2 * (longerText * (4 / 3) + Math.floor(longerText / 93) * 3);
    return {
      medianMs: shortMs,
      bytesPerSecond: differenceMs > 0.5 ? (longerBytes * 1000) / differenceMs : null,
      lostShare: this.lost / this.#sent,
    };
  }
}

function median(samples: readonly number[]): number | null {
  return samples.toSorted((a, b) => a - b)[Math.floor(samples.length / 2)] ?? null;
}
