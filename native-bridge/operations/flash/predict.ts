/**
 * The plan's steps with their predicted time: from the line as it was measured just now, and from
 * what is known of how fast the terminal erases, writes and starts (times.ts). Where the latter is
 * only known to be within a range, so is the time of the step, and the plan says so: a single figure
 * would be a guess that looks like a promise.
 */
import {
  flashPhases,
  type FlashPhase,
  type FlashPlan,
  type TimeRange,
} from '../../contract/firmware.ts';
import type { Profile } from '../../terminals/profile.ts';
import type { KnownOfFlashes } from './history.ts';
import type { FlashMethod, Survey } from './method.ts';
import { timesOf, type Range, type Times } from './times.ts';

/** Used where the round trip could not be measured. */
const guessedRoundTripMs = 50;
/** A reading takes a few requests and the terminal's own time for them. */
const roundTripsAReading = 2;
/** A time that is known closer than this is told as one. */
const closeEnough = 1.2;
const longestSwapMs = 180_000;

export interface Measured {
  readonly imageBytes: number;
  /** What asking everything took just now; the flash asks it again before it begins. */
  readonly surveyMs: number;
  readonly baud: number | null;
}

type Prediction = Pick<FlashPlan, 'steps' | 'predictedMs' | 'rangeMs' | 'timesFrom'>;

export function predictTime(
  method: Pick<FlashMethod, 'predictTransferMs'>,
  measured: Measured,
  found: Survey,
  { profile, known }: { readonly profile: Profile; readonly known: KnownOfFlashes },
): Prediction {
  const times = timesOf(profile, known, {
    mode: found.mode?.name ?? null,
    slotHolds: found.state.stored.length > 0,
  });
  const kib = measured.imageBytes / 1024;
  const settingsMs = profile.settings.length * (found.link.roundTripMs ?? guessedRoundTripMs);
  const swapTimeoutMs = profile.firmware?.swapTimeoutMs ?? longestSwapMs;
  const phases: Readonly<Record<FlashPhase, Range>> = {
    ...askingTimes(measured, found, known),
    backup: exactly(settingsMs),
    upload: uploadTime(method, measured, found, times),
    restart: each(({ msPerKib, baseMs }, of) => {
      return Math.min(swapTimeoutMs, kib * of(msPerKib) + of(baseMs));
    }, times.restart),
    restore: exactly(settingsMs),
  };
  const steps = flashPhases.map((phase) => ({
    phase,
    predictedMs: Math.round(phases[phase].likely),
    ...told(phases[phase]),
    cancellable: ['inspect', 'pre-flight', 'backup', 'upload'].includes(phase),
  }));
  return {
    steps,
    predictedMs: steps.reduce((sum, step) => sum + step.predictedMs, 0),
    ...told(
      each((all, of) => all.reduce((sum, range) => sum + of(range), 0), Object.values(phases)),
    ),
    timesFrom: known.timesOf ?? (profile.firmware?.times ? 'profile' : 'usual'),
  };
}

type Asking = Exclude<FlashPhase, 'backup' | 'upload' | 'restart' | 'restore'>;

function askingTimes(
  { surveyMs }: Measured,
  { link, readings }: Survey,
  { reidentifyMs }: KnownOfFlashes,
): Record<Asking, Range> {
  const roundTripMs = link.roundTripMs ?? guessedRoundTripMs;
  const rereadMs = (1 + readings.size * roundTripsAReading) * roundTripMs;
  return {
    inspect: exactly(20),
    'pre-flight': exactly(surveyMs + roundTripMs),
    verify: exactly(roundTripMs),
    activate: exactly(3 * roundTripMs),
    reidentify: exactly(reidentifyMs ?? rereadMs),
    confirm: exactly(2 * roundTripMs),
  };
}

function uploadTime(
  method: Pick<FlashMethod, 'predictTransferMs'>,
  { imageBytes, baud }: Measured,
  { link }: Survey,
  { eraseMsPerKib, writeMsPerKib }: Times,
): Range {
  return each((erase, of) => {
    const pace = { baud, writeMsPerKib: of(writeMsPerKib) };
    return (imageBytes / 1024) * of(erase) + method.predictTransferMs(imageBytes, link, pace);
  }, eraseMsPerKib);
}

/** The same sum of what is least, likely and most. */
function each<T>(sum: (from: T, of: (range: Range) => number) => number, from: T): Range {
  return {
    least: sum(from, ({ least }) => least),
    likely: sum(from, ({ likely }) => likely),
    most: sum(from, ({ most }) => most),
  };
}

function exactly(ms: number): Range {
  return { least: ms, likely: ms, most: ms };
}

function told({ least, most }: Range): { readonly rangeMs?: TimeRange } {
  if (most <= least * closeEnough) return {};
  return { rangeMs: { leastMs: Math.round(least), mostMs: Math.round(most) } };
}
