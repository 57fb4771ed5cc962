/** The plan's steps with their predicted time, from the line's rate and the measured round trip. */
import { flashPhases, type FlashPhase, type FlashPlan } from '../../contract/firmware.ts';
import type { FirmwareFamily } from '../../terminals/profile.ts';
import type { Survey } from './survey.ts';

/** Raw bytes that a console line of 127 bytes carries (Zephyr, SMP over console). */
const rawPerLine = 93;
const lineBytes = 127;
const eraseMsPerKib = 1;
/** Used where the round trip could not be measured. */
const guessedRoundTripMs = 50;
/** Where neither the port tells its rate nor the echoes did: an ordinary serial line's. */
const guessedBytesPerSecond = 11_520;

export function predictSteps(
  imageBytes: number,
  found: Survey,
  baud: number | null,
  family: FirmwareFamily | null,
): FlashPlan['steps'] {
  const roundTripMs = found.roundTripMs ?? guessedRoundTripMs;
  const swapMs = Math.min(family?.swapTimeoutMs ?? 60_000, 2_000 + imageBytes / 60);
  const predictedMs: Readonly<Record<FlashPhase, number>> = {
    inspect: 50,
    'pre-flight': 6 * roundTripMs,
    upload: uploadMs(imageBytes, found, lineRate(found, baud), roundTripMs),
    verify: roundTripMs,
    activate: 2 * roundTripMs,
    restart: swapMs,
    reidentify: 4 * roundTripMs,
    confirm: 2 * roundTripMs,
  };
  return flashPhases.map((phase) => ({
    phase,
    predictedMs: Math.round(predictedMs[phase]),
    cancellable: phase === 'inspect' || phase === 'pre-flight' || phase === 'upload',
  }));
}

/** Bytes a second on the wire: eight data bits, start and stop make ten bits a byte. */
function lineRate(found: Survey, baud: number | null): number {
  const measured = found.lineBytesPerSecond;
  if (baud !== null) return Math.min(baud / 10, measured ?? Infinity);
  return measured ?? guessedBytesPerSecond;
}

function uploadMs(imageBytes: number, found: Survey, rate: number, roundTripMs: number): number {
  const chunkBytes = Math.max(64, (found.parameters?.bufferBytes ?? 256) - 40);
  const wireMs = (imageBytes * (lineBytes / rawPerLine) * 1000) / rate;
  const overheadMs = (wireMs * 35) / chunkBytes;
  // With two buffers or fewer every request waits for its reply.
  const waits = (found.parameters?.bufferCount ?? 1) > 2 ? 8 : imageBytes / chunkBytes;
  return wireMs + overheadMs + waits * roundTripMs + (imageBytes / 1024) * eraseMsPerKib;
}
