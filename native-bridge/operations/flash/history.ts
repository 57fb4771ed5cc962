/** What earlier flashes of this terminal taught: how long it takes, and its security counter. */
import type { CaseRecord } from '../../contract/case.ts';
import type { FlashResult, ImageInspection } from '../../contract/firmware.ts';
import type { Context } from '../context.ts';

export interface PastFlash {
  readonly flash: FlashResult;
  /** null: its case does not hold it. */
  readonly image: ImageInspection | null;
}

export interface KnownOfFlashes {
  /** Of the newest image that was flashed here and confirmed; null: not known. */
  readonly securityCounter: number | null;
  /** Of the newest flash that came through, per KiB of its image. */
  readonly eraseMsPerKib: number | null;
  readonly restartMsPerKib: number | null;
  /** The step after the restart, whole. */
  readonly reidentifyMs: number | null;
}

export const nothingKnown: KnownOfFlashes = {
  securityCounter: null,
  eraseMsPerKib: null,
  restartMsPerKib: null,
  reidentifyMs: null,
};

const newestCases = 12;
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
export function knownOf(past: readonly PastFlash[]): KnownOfFlashes {
  const through = past.filter(({ flash }) => cameThrough.has(flash.verdict));
  const counters = through.flatMap(({ image }) => image?.securityCounter ?? []);
  const restarted = through.find(({ flash }) => flash.timings?.restartMs !== undefined);
  const erased = through.find(({ flash }) => flash.timings?.eraseMs !== undefined);
  return {
    securityCounter: counters.length === 0 ? null : Math.max(...counters),
    eraseMsPerKib: perKib(erased, erased?.flash.timings?.eraseMs),
    restartMsPerKib: perKib(restarted, restarted?.flash.timings?.restartMs),
    reidentifyMs: restarted?.flash.timings?.reidentifyMs ?? null,
  };
}

function perKib(past: PastFlash | undefined, ms: number | undefined): number | null {
  const sizeBytes = past?.image?.sizeBytes ?? 0;
  return ms === undefined || sizeBytes === 0 ? null : ms / (sizeBytes / 1024);
}
