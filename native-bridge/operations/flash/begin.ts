/** The journal first: what a flash is about to do, on the disk before the terminal is touched. */
import { faultOf } from '../../contract/bridge-fault.ts';
import type { Params } from '../../contract/requests.ts';
import type { Connection } from '../../connections/connection.ts';
import type { JournalEntry } from '../../records/types.ts';
import type { Context } from '../context.ts';
import { beginEntry } from '../journal-entry.ts';
import {
  endEarlier,
  entryFacts,
  openFlashes,
  readable,
  type FlashEntry,
  type FlashMarks,
  type OpenFlash,
} from './entry.ts';
import { activatesLast } from './fastboot/writes.ts';
import { storeImage } from './image-store.ts';
import { firmwareIds, storedWith } from './method.ts';
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
  // A package of gigabytes is not copied: it would take minutes and the disk. Going on asks for it.
  if (file.format === 'mcuboot') {
    await storeImage(options.dataFolder, plan.image.fileSha256, file.bytes);
  }
  const fresh = entryOf(context, connection, { made, params, backup });
  const earlier = await openFlashes(context, connection.terminalId);
  const { entry, ran } = continued(context, fresh, earlier);
  const marks = { ...marksOn(made, entry.target.id), ran, confirmed: false };
  const journalId = await beginEntry(context, {
    request: 'flash',
    terminalId: connection.terminalId,
    caseId,
    phase: 'backup',
    facts: { ...entryFacts(entry), ...marks },
  });
  // Only now are flashes before this one on the same terminal history.
  await endEarlier(context, earlier);
  connection.remark({ settledFlash: null });
  await knownBy(context, connection, entry);
  return {
    context,
    connection,
    method,
    meter: new FlashMeter(plan.steps, method.course === 'staged'),
    entry,
    caseId,
    journalId,
    signal,
    swapTimeoutMs: connection.profile.firmware?.swapTimeoutMs ?? defaultSwapTimeoutMs,
    late: false,
    unattended: false,
    proven: false,
    phase: 'backup',
    marks,
    broke: false,
    sentBack: null,
    stopped: null,
    recoveryText: [],
    silentMs: 0,
    fault: null,
    settings: null,
  };
}

/**
 * Of an image that is there already: what an earlier flash sent and marked counts as this one's, so
 * that its verdict is that of a flash which was never cut off.
 */
function marksOn(
  { found: { state }, file }: MadePlan,
  id: string,
): Omit<FlashMarks, 'ran' | 'confirmed'> {
  // A boot loader's list tells nothing of how whole an image is.
  const held = state.answering === 'application' ? storedWith(state, id) : null;
  const marked = held !== null && held.start !== 'no';
  return { sentBytes: held ? file.sizeBytes : 0, marking: marked, marked };
}

/**
 * A flash of the same image that was left open goes on: what was there before the first of them is
 * what it goes back to, and what the settings are held against. What is read now may lack what the
 * update lost; what was corrected since is laid over the older backup when it is put back.
 */
function continued(
  context: Context,
  fresh: FlashEntry,
  earlier: readonly JournalEntry[],
): { entry: FlashEntry; ran: boolean } {
  const open = earlier.flatMap((entry) => readable(context, entry) ?? []);
  const same = open.findLast(({ entry }) => entry.target.id === fresh.target.id);
  // As long as nothing else runs than before it, what is read now is newer.
  if (!same) return { entry: withSettingsOf(fresh, open), ran: false };
  if (fresh.before.running?.id === same.entry.before.running?.id)
    return { entry: fresh, ran: false };
  const { before, vital, model, backupId, canRevert } = same.entry;
  const ran = fresh.before.running?.id === fresh.target.id;
  // The boot loader's recovery has no way back, whatever the swap would have had.
  const goesBack = canRevert && fresh.canRevert;
  const entry = { ...withBackup(fresh, backupId), before, vital, model, canRevert: goesBack };
  return { entry, ran };
}

/**
 * Another image after one that did not come through: its settings and vital readings are those of
 * the time when its application last ran as it should, which is before the first of them.
 */
function withSettingsOf(fresh: FlashEntry, open: readonly OpenFlash[]): FlashEntry {
  const last = open.findLast(({ entry }) => entry.backupId !== null);
  if (!last || fresh.before.running?.id === last.entry.before.running?.id) return fresh;
  const { backupId, vital, model } = last.entry;
  return { ...withBackup(fresh, backupId), vital, model };
}

function withBackup(fresh: FlashEntry, backupId: string | null): FlashEntry {
  return { ...fresh, backupId, lastBackupId: fresh.backupId };
}

/** Where it can't say who it is (in a boot loader), its images do: the new one, too, from now on. */
async function knownBy(
  { records, log }: Context,
  connection: Connection,
  { before, target }: FlashEntry,
): Promise<void> {
  connection.knownHashes.add(target.id);
  const hashes = [...firmwareIds(before), target.id];
  await records
    .noteIdentity(connection.terminalId, connection.identity, hashes)
    .catch((error: unknown) => log.warn(`images not noted: ${faultOf(error).code}`));
}

function entryOf(
  context: Context,
  { profile, usbSerialNumber, portsBefore }: Connection,
  { made, params, backup }: Pick<Beginning, 'made' | 'params' | 'backup'>,
): FlashEntry {
  const { plan, file, found, method } = made;
  const model = found.readings.get('identity.model')?.value;
  return {
    course: method.course,
    file: {
      name: context.files.name(params.fileId),
      sha256: plan.image.fileSha256,
      sizeBytes: file.sizeBytes,
    },
    target: { version: plan.toVersion, id: plan.image.imageHash ?? '' },
    before: found.state,
    canRevert: plan.canRevert,
    ...(made.course === 'partitioned' && { activatesLast: activatesLast(made.file.factory) }),
    vital: vitalBefore(found.readings),
    model: typeof model === 'string' ? model : null,
    afterFlash: [...(profile.firmware?.afterFlash ?? [])],
    allowed: [...plan.blockers, ...plan.warnings]
      .filter(({ code, allowable }) => allowable === true && params.allow.includes(code))
      .map(({ code }) => code),
    backupId: backup?.id ?? null,
    predictedMs: plan.predictedMs,
    place: { usbSerialNumber, portsBefore: [...portsBefore] },
  };
}
