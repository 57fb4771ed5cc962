/** Planning a flash; nothing on the terminal is touched. */
import { BridgeFault, faultOf } from '../../contract/bridge-fault.ts';
import type { FlashPlan } from '../../contract/firmware.ts';
import type { Params, Result } from '../../contract/requests.ts';
import type { Connection } from '../../connections/connection.ts';
import type { Context } from '../context.ts';
import { findBlockers, findWarnings } from './blockers.ts';
import { loadFirmware, type FirmwareFile } from './firmware-file.ts';
import {
  isTimed,
  knownOf,
  modelFlashes,
  nothingKnown,
  pastFlashes,
  type KnownOfFlashes,
} from './history.ts';
import type { FlashMethod, Survey } from './method.ts';
import { methodFor } from './methods.ts';
import { predictTime } from './predict.ts';
import { wayBackOf } from './way-back.ts';

export async function planFlash(
  context: Context,
  { terminalId, fileId, keyFileIds }: Params<'planFlash'>,
  signal: AbortSignal,
): Promise<Result<'planFlash'>> {
  const connection = context.connections.get(terminalId);
  const hold = await connection.use('read', 'reading', null, signal);
  try {
    const { plan } = await makePlan(context, connection, fileId, keyFileIds, signal);
    return plan;
  } finally {
    hold.release();
  }
}

export interface MadePlan {
  readonly plan: FlashPlan;
  readonly file: FirmwareFile;
  readonly found: Survey;
  readonly method: FlashMethod;
}

/** The caller holds the line. Throws `image-not-mcuboot` for a file that is no image at all. */
export async function makePlan(
  context: Context,
  connection: Connection,
  fileId: string,
  keyFileIds: readonly string[],
  signal: AbortSignal,
): Promise<MadePlan> {
  const { profile, identity, session } = connection;
  const method = methodFor(connection);
  const startMs = performance.now();
  const found = await method.survey(signal);
  const surveyMs = performance.now() - startMs;
  const known = await knownHere(context, connection);
  const installedVersion = found.state.running?.version ?? null;
  const file = await loadFirmware(context, fileId, {
    family: profile.firmware,
    keyFileIds,
    slotSizeBytes: found.slotSizeBytes,
    installedVersion,
  });
  const image = file.inspection;
  if (image.version === null) {
    const [fault] = image.faults;
    throw fault ? BridgeFault.of(fault) : new BridgeFault('image-malformed');
  }
  const measured = {
    imageBytes: file.bytes.length,
    surveyMs,
    baud: session.kind === 'smp' ? session.port.baud : null,
  };
  const plan: FlashPlan = {
    terminalId: connection.terminalId,
    fileId,
    image,
    fromVersion: installedVersion,
    toVersion: image.version,
    slotSizeBytes: found.slotSizeBytes,
    bootloaderMode: found.mode?.name ?? null,
    canRevert: found.mode?.trial ?? true,
    wayBack: wayBackOf(found),
    ...predictTime(method, measured, found, { profile, known }),
    roundTripMs: found.link.roundTripMs,
    lostShare: found.link.lostShare,
    bytesPerSecond: found.link.bytesPerSecond,
    blockers: findBlockers(image, found, profile, known),
    warnings: findWarnings(image, found, profile, {
      known,
      assumed: identity.basis === 'assumed',
    }),
  };
  return { plan, file, found, method };
}

/** Records that can't be read now stop no plan: its times are then guesses. */
async function knownHere(
  context: Context,
  { terminalId, profile, identity }: Connection,
): Promise<KnownOfFlashes> {
  try {
    const own = await pastFlashes(context, terminalId);
    if (isTimed(own)) return knownOf(own, []);
    return knownOf(own, await modelFlashes(context, terminalId, profile, identity));
  } catch (error) {
    context.log.warn(`earlier flashes not read: ${faultOf(error).code}`);
    return nothingKnown;
  }
}
