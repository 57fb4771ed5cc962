/**
 * What earlier flashes taught: of this terminal how long it takes and its security counter, and where
 * it was never flashed, how long another one of its model took.
 */
import type { CaseRecord } from '../../contract/case.ts';
import type { FlashResult } from '../../contract/firmware.ts';
import type { ImageInspection } from '../../contract/image.ts';
import type { Identity } from '../../contract/terminal.ts';
import type { Profile } from '../../terminals/profile.ts';
import type { Context } from '../context.ts';

export interface PastFlash {
  readonly flash: FlashResult;
  /** null: its case does not hold it. */
  readonly image: ImageInspection | null;
}

export interface KnownOfFlashes {
  /** Of the newest image that was flashed here and confirmed; null: not known. */
  readonly securityCounter: number | null;
  /** Whose flash the times are of; null: none is known. */
  readonly timesOf: 'terminal' | 'model' | null;
  /** Of the newest flash that came through, per KiB of its image; of a slot that held an image. */
  readonly eraseMsPerKib: number | null;
  readonly restartMsPerKib: number | null;
  /** The whole upload took so long: writing alone takes no longer. */
  readonly writeMsPerKibAtMost: number | null;
  /** The step after the restart, whole. */
  readonly reidentifyMs: number | null;
}

export const nothingKnown: KnownOfFlashes = {
  securityCounter: null,
  timesOf: null,
  eraseMsPerKib: null,
  restartMsPerKib: null,
  writeMsPerKibAtMost: null,
  reidentifyMs: null,
};

const newestCases = 12;
/** Of all terminals, to find one of the same model in. */
const newestOfAll = 40;
const cameThrough: ReadonlySet<string> = new Set(['done', 'done-late', 'not-trading']);

/** Newest first. */
export async function pastFlashes(
  { records }: Pick<Context, 'records'>,
  terminalId: string,
): Promise<PastFlash[]> {
  const cases = await records.listCases({ terminalId, limit: newestCases });
  const past: PastFlash[] = [];
  for (const { id, flashVerdict } of cases) {
    if (flashVerdict !== null) past.push(...flashesOf(await records.getCase(id)));
  }
  return past;
}

/**
 * Of the newest flash of another terminal of this model, as the terminals say it themselves: a
 * profile alone is no model, a general one serves many.
 */
export async function modelFlashes(
  { records }: Pick<Context, 'records'>,
  terminalId: string,
  { name: profile, readings }: Profile,
  { model }: Identity,
): Promise<PastFlash[]> {
  if (!readings.has('identity.model')) return [];
  const cases = await records.listCases({ flashVerdict: 'done', limit: newestOfAll });
  const same = cases.find(
    (one) =>
      one.terminalId !== terminalId && one.profile === profile && one.identity?.model === model,
  );
  return same ? flashesOf(await records.getCase(same.id)) : [];
}

function flashesOf({ events }: CaseRecord): PastFlash[] {
  const images = new Map<string, ImageInspection>();
  const past: PastFlash[] = [];
  for (const event of events) {
    if (event.kind === 'image') images.set(event.image.fileSha256, event.image);
    if (event.kind !== 'flash') continue;
    past.unshift({ flash: event.flash, image: images.get(event.flash.fileSha256 ?? '') ?? null });
  }
  return past;
}

/** Counters only rise, so the highest that was confirmed is at least there. */
export function knownOf(own: readonly PastFlash[], model: readonly PastFlash[]): KnownOfFlashes {
  const counters = through(own).flatMap(({ image }) => image?.securityCounter ?? []);
  const securityCounter = counters.length === 0 ? null : Math.max(...counters);
  const learnt = isTimed(own) ? own : model;
  const timesOf = isTimed(own) ? 'terminal' : isTimed(model) ? 'model' : null;
  return { securityCounter, timesOf, ...timesIn(through(learnt)) };
}

type Timings = NonNullable<FlashResult['timings']>;

function timesIn(past: readonly PastFlash[]) {
  const newest = (name: keyof Timings): PastFlash | undefined =>
    past.find(({ flash }) => flash.timings?.[name] !== undefined);
  return {
    eraseMsPerKib: perKib(newest('eraseMs'), 'eraseMs'),
    restartMsPerKib: perKib(newest('restartMs'), 'restartMs'),
    writeMsPerKibAtMost: perKib(newest('uploadMs'), 'uploadMs'),
    reidentifyMs: newest('reidentifyMs')?.flash.timings?.reidentifyMs ?? null,
  };
}

export function isTimed(past: readonly PastFlash[]): boolean {
  return through(past).some(({ flash }) => flash.timings?.restartMs !== undefined);
}

function through(past: readonly PastFlash[]): PastFlash[] {
  return past.filter(({ flash }) => cameThrough.has(flash.verdict));
}

function perKib(past: PastFlash | undefined, name: keyof Timings): number | null {
  const sizeBytes = past?.image?.sizeBytes ?? 0;
  const ms = past?.flash.timings?.[name];
  return ms === undefined || sizeBytes === 0 ? null : ms / (sizeBytes / 1024);
}
