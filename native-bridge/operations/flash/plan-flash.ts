/** Planning a flash; nothing on the terminal is touched. */
import { BridgeFault, faultOf } from '../../contract/bridge-fault.ts';
import type { FlashPlan } from '../../contract/firmware.ts';
import type { Params, Result } from '../../contract/requests.ts';
import type { Connection } from '../../connections/connection.ts';
import type { Profile } from '../../terminals/profile.ts';
import type { Context } from '../context.ts';
import { trustedFingerprints } from '../trusted-keys.ts';
import { otaObjections, wayOfOta } from './android/ota-objections.ts';
import { keyBlockers } from './accepted-keys.ts';
import { findBlockers, findWarnings } from './blockers.ts';
import { askedByName } from './fastboot/demands.ts';
import { factoryObjections, wayOfFactory } from './fastboot/factory-objections.ts';
import {
  loadImage,
  type FactoryFile,
  type InspectAgainst,
  type McubootFile,
  type OtaFile,
} from './firmware-file.ts';
import { loadFactory, loadPackage } from './package-file.ts';
import {
  isTimed,
  knownOf,
  modelFlashes,
  nothingKnown,
  pastFlashes,
  type KnownOfFlashes,
} from './history.ts';
import type {
  FlashMethod,
  HandedOverMethod,
  PartitionedMethod,
  StagedMethod,
  Survey,
} from './method.ts';
import { packageKind } from '../../firmware/package-kind.ts';
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
    const { plan, file } = await makePlan(context, connection, fileId, keyFileIds, signal);
    await file.close();
    return plan;
  } finally {
    hold.release();
  }
}

interface Planned {
  readonly plan: FlashPlan;
  readonly found: Survey;
}

/** With the file as the method takes it, open: whoever gets the plan closes it. */
export type MadePlan = Planned & Sent;

type Sent =
  | { readonly course: 'staged'; readonly method: StagedMethod; readonly file: McubootFile }
  | { readonly course: 'handed-over'; readonly method: HandedOverMethod; readonly file: OtaFile }
  | {
      readonly course: 'partitioned';
      readonly method: PartitionedMethod;
      readonly file: FactoryFile;
    };

/** The caller holds the line. Throws `image-not-mcuboot`, `package-malformed` for what is none at all. */
export async function makePlan(
  context: Context,
  connection: Connection,
  fileId: string,
  keyFileIds: readonly string[],
  signal: AbortSignal,
): Promise<MadePlan> {
  const method = methodFor(connection, await packageKind(context.files.path(fileId)));
  const startMs = performance.now();
  const surveyed = await method.survey(signal);
  const surveyMs = performance.now() - startMs;
  const known = await knownHere(context, connection);
  const trusted = await trustedFingerprints(context);
  const against = {
    family: connection.profile.firmware,
    keyFileIds,
    slotSizeBytes: surveyed.slotSizeBytes,
    installedVersion: surveyed.state.running?.version ?? null,
    devices: surveyed.android?.devices ?? [],
  };
  const sent = await load(context, fileId, method, against, signal);
  try {
    const found = await withAsked(sent, surveyed, signal);
    return {
      plan: planOf(connection, fileId, { ...sent, found }, { known, surveyMs, trusted }),
      found,
      ...sent,
    };
  } catch (error) {
    await sent.file.close();
    throw error;
  }
}

/** What a package asks of the terminal is known once it was read. */
async function withAsked(sent: Sent, found: Survey, signal: AbortSignal): Promise<Survey> {
  if (sent.course !== 'partitioned') return found;
  return await sent.method.surveyToo(found, askedByName(sent.file.factory), signal);
}

async function load(
  context: Context,
  fileId: string,
  method: FlashMethod,
  against: InspectAgainst,
  signal: AbortSignal,
): Promise<Sent> {
  switch (method.course) {
    case 'staged':
      return { course: 'staged', method, file: await loadImage(context, fileId, against) };
    case 'handed-over': {
      const file = await loadPackage(context, fileId, against, signal);
      return { course: 'handed-over', method, file };
    }
    case 'partitioned': {
      const file = await loadFactory(context, fileId, against, signal);
      return { course: 'partitioned', method, file };
    }
  }
}

interface PlannedWith {
  readonly known: KnownOfFlashes;
  readonly surveyMs: number;
  /** Fingerprints of keys. */
  readonly trusted: ReadonlySet<string>;
}

function planOf(
  { terminalId, profile, identity, session }: Connection,
  fileId: string,
  made: Sent & Pick<Planned, 'found'>,
  { known, surveyMs, trusted }: PlannedWith,
): FlashPlan {
  const { file, found } = made;
  const image = file.inspection;
  const toVersion = image.version;
  if (toVersion === null) {
    const [fault] = image.faults;
    throw fault ? BridgeFault.of(fault) : new BridgeFault('image-malformed');
  }
  const measured = {
    imageBytes: file.sizeBytes,
    surveyMs,
    baud: session.kind === 'smp' ? session.port.baud : null,
  };
  const way = wayOf(made, profile);
  const against = objections(made, profile, { known, assumed: identity.basis === 'assumed' });
  return {
    terminalId,
    fileId,
    image,
    fromVersion: found.state.running?.version ?? null,
    toVersion,
    slotSizeBytes: found.slotSizeBytes,
    ...way,
    ...predictTime(made.method, measured, found, { profile, known }),
    roundTripMs: found.link.roundTripMs,
    lostShare: found.link.lostShare,
    bytesPerSecond: found.link.bytesPerSecond,
    blockers: [...against.blockers, ...keyBlockers(image, profile, trusted)],
    warnings: against.warnings,
  };
}

type Way = Pick<FlashPlan, 'bootloaderMode' | 'canRevert' | 'wayBack'>;

function wayOf(made: Sent & Pick<Planned, 'found'>, profile: Profile): Way {
  const { found } = made;
  if (made.course === 'handed-over') return wayOfOta(made.file.ota);
  if (made.course === 'partitioned') return wayOfFactory(made.file, found, profile);
  return {
    bootloaderMode: found.mode?.name ?? null,
    canRevert: found.mode?.trial ?? true,
    wayBack: wayBackOf(found),
  };
}

function objections(
  made: Sent & Pick<Planned, 'found'>,
  profile: Profile,
  more: { readonly known: KnownOfFlashes; readonly assumed: boolean },
): Pick<FlashPlan, 'blockers' | 'warnings'> {
  const { found } = made;
  if (made.course === 'handed-over') return otaObjections(made.file, found, profile, more.assumed);
  if (made.course === 'partitioned') {
    return factoryObjections(made.file, found, profile, more.assumed);
  }
  const image = made.file.inspection;
  return {
    blockers: findBlockers(image, found, profile, more.known),
    warnings: findWarnings(image, found, profile, more),
  };
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
