/** How fast the line is: short echoes for the turnaround, long ones for the rate. */
import { echo } from '../../protocols/smp/os/echo.ts';
import { SmpSessionError } from './session-error.ts';
import type { SmpSession } from './smp-session.ts';

export interface RoundTripOptions {
  readonly signal?: AbortSignal | undefined;
  /** Echoes of each length; 5. */
  readonly count?: number | undefined;
  /** For each echo; 2000. */
  readonly timeoutMs?: number | undefined;
}

export interface RoundTrip {
  /** Of a short echo. */
  readonly minMs: number;
  readonly medianMs: number;
  readonly maxMs: number;
  /** Bytes on the line in both directions; null where the lengths make no difference to the time. */
  readonly bytesPerSecond: number | null;
}

/** Fits, with its frame, into the smallest buffer in use (256 bytes). */
const LONG_TEXT = 'x'.repeat(160);
/** Bytes on the line by which a long echo is longer than a short one: base64, and two more lines. */
const LONGER_BYTES = Math.round(2 * (159 * (4 / 3) + 2 * 3));

/**
 * A device without echo answers with a refusal, which takes as long.
 * @throws SmpSessionError, PortError as SmpSession.request
 */
export async function measureRoundTrip(
  session: SmpSession,
  { signal, count = 5, timeoutMs = 2000 }: RoundTripOptions = {},
): Promise<RoundTrip> {
  const short: number[] = [];
  const long: number[] = [];
  for (let turn = 0; turn < count; turn++) {
    short.push(await time(session, 'x', { timeoutMs, signal }));
    long.push(await time(session, LONG_TEXT, { timeoutMs, signal }));
  }
  const sorted = short.sort((a, b) => a - b);
  const medianMs = median(sorted);
  const differenceMs = median(long.sort((a, b) => a - b)) - medianMs;
  return {
    minMs: sorted[0] ?? 0,
    medianMs,
    maxMs: sorted.at(-1) ?? 0,
    bytesPerSecond: differenceMs > 0.5 ? (LONGER_BYTES * 1000) / differenceMs : null,
  };
}

async function time(
  session: SmpSession,
  text: string,
  wait: { timeoutMs: number; signal: AbortSignal | undefined },
): Promise<number> {
  const startMs = performance.now();
  try {
    await session.request(echo, { text }, wait);
  } catch (error) {
    const answered = error instanceof SmpSessionError && error.code.startsWith('command-');
    if (!answered) throw error;
  }
  return performance.now() - startMs;
}

function median(sorted: readonly number[]): number {
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
