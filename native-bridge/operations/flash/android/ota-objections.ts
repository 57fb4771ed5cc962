/** What speaks for and against this package on this terminal, and the way back that it leaves. */
import type { FlashPlan } from '../../../contract/firmware.ts';
import type { OtaInspection } from '../../../firmware/ota/inspect-ota.ts';
import { judgeOta, type OtaTarget } from '../../../firmware/ota/judge-ota.ts';
import type { Profile } from '../../../terminals/profile.ts';
import { blocker, warning, type Blocker, type Warning } from '../blocker.ts';
import type { OtaFile } from '../firmware-file.ts';
import { keepWarnings } from '../image-blockers.ts';
import type { Survey } from '../method.ts';
import { batteryBlockers, modelBlockers, tradeBlockers } from '../terminal-blockers.ts';

type Objections = Pick<FlashPlan, 'blockers' | 'warnings'>;

export function otaObjections(
  { ota, inspection }: OtaFile,
  found: Survey,
  profile: Profile,
  assumed: boolean,
): Objections {
  const judged = judgeOta(ota, found.android ?? nothingTold);
  const isRecovery = found.state.answering === 'boot-loader';
  const blockers: Blocker[] = [
    ...judged.blockers.map(({ code, facts, allowable }) => blocker(code, facts, allowable)),
    ...buildBlockers(inspection, found),
    ...(leavesRunning(ota) ? [] : [noWayBack]),
    ...modelBlockers(found, profile),
    ...(isRecovery ? [] : batteryBlockers(found, profile)),
    ...tradeBlockers(found),
    ...(profile.firmware ? [] : [blocker('no-firmware-profile', { profile: profile.name }, true)]),
  ];
  const warnings: Warning[] = [
    ...(assumed && !isRecovery ? [warning('identity-assumed', {}, true)] : []),
    ...(isRecovery ? [warning('in-recovery')] : []),
    ...judged.warnings.map(({ code, facts }) => warning(code, facts)),
    ...keepWarnings(profile),
  ];
  return { blockers: onceEach(blockers), warnings: onceEach(warnings) };
}

/** A payload goes into the slots that do not run; a script writes over what does. */
function leavesRunning({ content }: OtaInspection): boolean {
  return content === 'payload';
}

export function wayOfOta(
  ota: OtaInspection,
): Pick<FlashPlan, 'bootloaderMode' | 'canRevert' | 'wayBack'> {
  const canRevert = leavesRunning(ota);
  const key = canRevert ? 'way_back_slots' : 'way_back_recovery_writes';
  return { bootloaderMode: null, canRevert, wayBack: { key, facts: {} } };
}

const noWayBack: Blocker = {
  ...blocker('no-way-back', {}, true),
  text: { key: 'blocker_no_way_back_ota', facts: {} },
};

/** Without a name for what it installs, nothing after the restart could prove it. */
function buildBlockers(
  { imageHash, version, ota }: OtaFile['inspection'],
  { state }: Survey,
): Blocker[] {
  if (ota !== undefined && imageHash === null) return [blocker('ota-build-unnamed', {}, false)];
  if (imageHash === null || state.running?.id !== imageHash) return [];
  return [blocker('already-installed', { version: version ?? imageHash }, false)];
}

/** The profile and the package may both say that it is another model. */
function onceEach<T extends { readonly code: string }>(all: readonly T[]): T[] {
  return all.filter(({ code }, at) => all.findIndex((one) => one.code === code) === at);
}

const nothingTold: OtaTarget = {
  devices: [],
  serialNumber: null,
  fingerprint: null,
  incremental: null,
  timestampSeconds: null,
  securityPatch: null,
  slotSuffix: null,
};
