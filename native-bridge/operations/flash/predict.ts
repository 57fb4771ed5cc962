/** The plan's steps with their predicted time, from the line's rate and the measured round trip. */
import { flashPhases, type FlashPhase, type FlashPlan } from '../../contract/firmware.ts';
import type { Profile } from '../../terminals/profile.ts';
import type { Survey } from './method.ts';

/** Used where the round trip could not be measured. */
const guessedRoundTripMs = 50;
/** A reading takes a few requests and the terminal's own time for them. */
const roundTripsAReading = 2;

export function predictSteps(
  imageBytes: number,
  found: Survey,
  transferMs: number,
  { firmware, settings }: Profile,
): FlashPlan['steps'] {
  const roundTripMs = found.link.roundTripMs ?? guessedRoundTripMs;
  const swapMs = Math.min(firmware?.swapTimeoutMs ?? 60_000, 2_000 + imageBytes / 60);
  const settingsMs = settings.length * roundTripMs;
  const predictedMs: Readonly<Record<FlashPhase, number>> = {
    inspect: 50,
    'pre-flight': 6 * roundTripMs,
    backup: settingsMs,
    upload: transferMs,
    verify: roundTripMs,
    activate: 2 * roundTripMs,
    restart: swapMs,
    reidentify: (1 + found.readings.size * roundTripsAReading) * roundTripMs,
    confirm: 2 * roundTripMs,
    restore: settingsMs,
  };
  return flashPhases.map((phase) => ({
    phase,
    predictedMs: Math.round(predictedMs[phase]),
    cancellable: ['inspect', 'pre-flight', 'backup', 'upload'].includes(phase),
  }));
}
