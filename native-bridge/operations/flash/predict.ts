/**
 * The plan's steps with their predicted time: from the line as it was measured just now, from what
 * the last flash of this terminal took, and where nothing is known from a guess.
 */
import { flashPhases, type FlashPhase, type FlashPlan } from '../../contract/firmware.ts';
import type { Profile } from '../../terminals/profile.ts';
import type { KnownOfFlashes } from './history.ts';
import type { Survey } from './method.ts';

/** Used where the round trip could not be measured. */
const guessedRoundTripMs = 50;
/** A reading takes a few requests and the terminal's own time for them. */
const roundTripsAReading = 2;
/** A swap of MCUboot reads, erases and writes each sector of both slots: some tens of KiB a second. */
const guessedSwapMsPerKib = 15;
const guessedBootMs = 1_000;
/** NOR flash erases 4 KiB in some tens of milliseconds. */
const guessedEraseMsPerKib = 8;

export interface Measured {
  readonly imageBytes: number;
  readonly transferMs: number;
  /** What asking everything took just now; the flash asks it again before it begins. */
  readonly surveyMs: number;
}

export function predictSteps(
  { imageBytes, transferMs, surveyMs }: Measured,
  found: Survey,
  { firmware, settings }: Profile,
  known: KnownOfFlashes,
): FlashPlan['steps'] {
  const roundTripMs = found.link.roundTripMs ?? guessedRoundTripMs;
  const kib = imageBytes / 1024;
  const guessedRestartMs = Math.min(
    firmware?.swapTimeoutMs ?? 60_000,
    guessedBootMs + kib * guessedSwapMsPerKib,
  );
  const settingsMs = settings.length * roundTripMs;
  const rereadMs = (1 + found.readings.size * roundTripsAReading) * roundTripMs;
  const predictedMs: Readonly<Record<FlashPhase, number>> = {
    inspect: 20,
    'pre-flight': surveyMs + roundTripMs,
    backup: settingsMs,
    upload: transferMs + kib * (known.eraseMsPerKib ?? guessedEraseMsPerKib),
    verify: roundTripMs,
    activate: 2 * roundTripMs,
    restart: known.restartMsPerKib === null ? guessedRestartMs : kib * known.restartMsPerKib,
    reidentify: known.reidentifyMs ?? rereadMs,
    confirm: 2 * roundTripMs,
    restore: settingsMs,
  };
  return flashPhases.map((phase) => ({
    phase,
    predictedMs: Math.round(predictedMs[phase]),
    cancellable: ['inspect', 'pre-flight', 'backup', 'upload'].includes(phase),
  }));
}
