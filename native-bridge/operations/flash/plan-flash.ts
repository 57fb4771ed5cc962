/** Planning a flash; nothing on the terminal is touched. */
import { BridgeFault, faultOf } from '../../contract/bridge-fault.ts';
import type { FlashPlan } from '../../contract/firmware.ts';
import type { Params, Result } from '../../contract/requests.ts';
import type { Connection } from '../../connections/connection.ts';
import type { Context } from '../context.ts';
import { findBlockers, findWarnings } from './blockers.ts';
import { loadFirmware, type FirmwareFile } from './firmware-file.ts';
import { knownOf, nothingKnown, pastFlashes, type KnownOfFlashes } from './history.ts';
import type { FlashMethod, Survey } from './method.ts';
import { methodFor } from './methods.ts';
import { predictSteps } from './predict.ts';
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
  const known = await knownHere(context, connection.terminalId);
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
  const transferMs = method.predictTransferMs(file.bytes.length, found.link, session.port.baud);
  const imageBytes = file.bytes.length;
  const steps = predictSteps({ imageBytes, transferMs, surveyMs }, found, profile, known);
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
    steps,
    predictedMs: steps.reduce((sum, step) => sum + step.predictedMs, 0),
    roundTripMs: found.link.roundTripMs,
    lostShare: found.link.lostShare,
    bytesPerSecond: found.link.bytesPerSecond,
    timesLearnt: known.restartMsPerKib !== null,
    blockers: findBlockers(image, found, profile, known),
    warnings: findWarnings(image, found, profile, {
      known,
      assumed: identity.basis === 'assumed',
    }),
  };
  return { plan, file, found, method };
}

/** Records that can't be read now stop no plan: its times are then guesses. */
async function knownHere(context: Context, terminalId: string): Promise<KnownOfFlashes> {
  try {
    return knownOf(await pastFlashes(context, terminalId));
  } catch (error) {
    context.log.warn(`earlier flashes not read: ${faultOf(error).code}`);
    return nothingKnown;
  }
}
