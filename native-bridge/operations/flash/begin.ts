/** The journal first: what a flash is about to do, on the disk before the terminal is touched. */
import type { Params } from '../../contract/requests.ts';
import type { Connection } from '../../connections/connection.ts';
import type { Context } from '../context.ts';
import { entryFacts, openFlashes, type FlashEntry } from './entry.ts';
import { storeImage } from './image-store.ts';
import { FlashMeter } from './progress.ts';
import type { MadePlan } from './plan-flash.ts';
import type { Run } from './run.ts';
import { vitalBefore } from './vital-readings.ts';

export const defaultSwapTimeoutMs = 180_000;

export interface Beginning {
  readonly made: MadePlan;
  readonly params: Params<'flash'>;
  readonly caseId: string;
  readonly backup: { readonly id: string } | null;
  readonly signal: AbortSignal;
}

export async function begin(
  context: Context,
  connection: Connection,
  { made, params, caseId, backup, signal }: Beginning,
): Promise<Run> {
  const { records, options } = context;
  const { plan, file, method } = made;
  const atUtc = new Date().toISOString();
  await records.appendEvent(caseId, { kind: 'image', atUtc, image: plan.image });
  await storeImage(options.dataFolder, plan.image.fileSha256, file.bytes);
  const entry = entryOf(context, connection, { made, params, backup });
  // A flash before this one on the same terminal is history now.
  for (const earlier of await openFlashes(context, connection.terminalId)) {
    await records.journalEnd(earlier.id);
  }
  connection.settledFlash = null;
  const journalId = await records.journalBegin({
    request: 'flash',
    terminalId: connection.terminalId,
    caseId,
    phase: 'backup',
    facts: entryFacts(entry),
  });
  return {
    context,
    connection,
    method,
    meter: new FlashMeter(plan.steps),
    entry,
    caseId,
    journalId,
    signal,
    swapTimeoutMs: connection.profile.firmware?.swapTimeoutMs ?? defaultSwapTimeoutMs,
    late: false,
    unattended: false,
    phase: 'backup',
    marks: { sentBytes: 0, marked: false, ran: false },
    silentMs: 0,
    fault: null,
    settings: null,
  };
}

function entryOf(
  context: Context,
  { profile }: Connection,
  { made, params, backup }: Pick<Beginning, 'made' | 'params' | 'backup'>,
): FlashEntry {
  const { plan, file, found } = made;
  return {
    file: {
      name: context.files.name(params.fileId),
      sha256: plan.image.fileSha256,
      sizeBytes: file.bytes.length,
    },
    target: { version: plan.toVersion, id: plan.image.imageHash ?? '' },
    before: found.state,
    canRevert: plan.canRevert,
    vital: vitalBefore(found.readings),
    afterFlash: [...(profile.firmware?.afterFlash ?? [])],
    allowed: plan.blockers.map((b) => b.code).filter((code) => params.allow.includes(code)),
    backupId: backup?.id ?? null,
    predictedMs: plan.predictedMs,
  };
}
