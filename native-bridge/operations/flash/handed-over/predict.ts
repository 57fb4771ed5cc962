/** How long handing a package over takes: nothing of it can be measured before, so it is a range. */
import type { FlashPhase } from '../../../contract/firmware.ts';
import type { KnownOfFlashes } from '../history.ts';
import type { Range } from '../times.ts';

/** Into a recovery: the system stops, the kernel starts anew. */
const recoveryMs: Range = { least: 8_000, likely: 25_000, most: 90_000 };
/** A first start compiles apps on some systems, and on others not. */
const systemMs: Range = { least: 20_000, likely: 75_000, most: 420_000 };
/** Between the fastest of the usual parts and the slowest. */
const installFactor: Range = { least: 0.4, likely: 1, most: 5 };

export interface Handing {
  readonly packageBytes: number;
  /** As usual parts take it. */
  readonly transferMs: number;
  readonly swapTimeoutMs: number;
}

/** By this terminal's last update, or its model's, where one is known. */
export function handedOverTimes(
  { packageBytes, transferMs, swapTimeoutMs }: Handing,
  { writeMsPerKibAtMost, restartMsPerKib }: KnownOfFlashes,
): Record<Extract<FlashPhase, 'update-mode' | 'upload' | 'restart'>, Range> {
  const kib = packageBytes / 1024;
  const upload = writeMsPerKibAtMost === null ? null : kib * writeMsPerKibAtMost;
  const restart = restartMsPerKib === null ? null : kib * restartMsPerKib;
  return {
    'update-mode': recoveryMs,
    upload: upload === null ? times(installFactor, transferMs) : exactly(upload),
    restart: atMost(restart === null ? systemMs : exactly(restart), swapTimeoutMs),
  };
}

function times({ least, likely, most }: Range, ms: number): Range {
  return { least: least * ms, likely: likely * ms, most: most * ms };
}

function exactly(ms: number): Range {
  return { least: ms, likely: ms, most: ms };
}

function atMost({ least, likely, most }: Range, ms: number): Range {
  return { least: Math.min(least, ms), likely: Math.min(likely, ms), most: Math.min(most, ms) };
}
