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
import { handedOverTimes } from './handed-over/predict.ts';
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

/** What can be stopped without a harm: a recovery that has the package can't be. */
const mayStop: Readonly<Record<FlashMethod['course'], ReadonlySet<FlashPhase>>> = {
  staged: new Set(['inspect', 'pre-flight', 'backup', 'upload']),
  'handed-over': new Set(['inspect', 'pre-flight', 'backup', 'update-mode']),
  // With the first partition the terminal has neither the old system nor the new one.
  partitioned: new Set(['inspect', 'pre-flight', 'backup', 'unpack', 'update-mode']),
};
/** A recovery verifies and activates by itself. */
const noStages = { verify: undefined, activate: undefined, confirm: undefined };

export interface Measured {
  readonly imageBytes: number;
  /** What asking everything took just now; the flash asks it again before it begins. */
  readonly surveyMs: number;
  readonly baud: number | null;
}

type Prediction = Pick<FlashPlan, 'steps' | 'predictedMs' | 'rangeMs' | 'timesFrom'>;

export function predictTime(
  method: Pick<FlashMethod, 'predictTransferMs' | 'course'>,
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
  const asking = askingTimes(measured, found, known);
  const common = { ...asking, backup: exactly(settingsMs), restore: exactly(settingsMs) };
  const phases: Readonly<Partial<Record<FlashPhase, Range | undefined>>> =
    method.course !== 'staged'
      ? {
          ...common,
          ...noStages,
          ...(method.course === 'partitioned' && { unpack: unpackTime(measured) }),
          ...handedOverTimes(
            {
              packageBytes: measured.imageBytes,
              transferMs: transferMs(method, measured, found),
              swapTimeoutMs,
            },
            known,
          ),
        }
      : {
          ...common,
          upload: uploadTime(method, measured, found, times),
          restart: each(({ msPerKib, baseMs }, of) => {
            return Math.min(swapTimeoutMs, kib * of(msPerKib) + of(baseMs));
          }, times.restart),
        };
  const steps = flashPhases.flatMap((phase) => {
    const range = phases[phase];
    if (range === undefined) return [];
    const predictedMs = Math.round(range.likely);
    return [{ phase, predictedMs, ...told(range), cancellable: mayStop[method.course].has(phase) }];
  });
  return {
    steps,
    predictedMs: steps.reduce((sum, step) => sum + step.predictedMs, 0),
    ...told(
      each(
        (all, of) => all.reduce((sum, range) => sum + of(range), 0),
        steps.flatMap(({ phase }) => phases[phase] ?? []),
      ),
    ),
    timesFrom: known.timesOf ?? (profile.firmware?.times ? 'profile' : 'usual'),
  };
}

/** Read, unpacked and written to a disk of the last ten years. */
function unpackTime({ imageBytes }: Measured): Range {
  const seconds = (rate: number): number => (imageBytes / (rate * 1024 * 1024)) * 1_000;
  return { least: seconds(400), likely: seconds(120), most: seconds(30) };
}

type Asking = Exclude<
  FlashPhase,
  'backup' | 'unpack' | 'update-mode' | 'upload' | 'restart' | 'restore'
>;

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

function transferMs(
  method: Pick<FlashMethod, 'predictTransferMs'>,
  { imageBytes, baud }: Measured,
  { link }: Survey,
): number {
  return method.predictTransferMs(imageBytes, link, { baud, writeMsPerKib: 0 });
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
