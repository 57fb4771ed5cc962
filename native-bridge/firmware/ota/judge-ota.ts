/**
 * May this update go onto this terminal? Pure, and by recovery's own rules (AOSP, bootable/recovery,
 * install/install.cpp): what it would refuse is said before anything is sent. Each blocker is a code
 * with facts, as the flash engine has them (operations/flash/blocker.ts).
 */
import type { Facts } from '../../contract/common.ts';
import { faultWords } from '../../wording/index.ts';
import type { OtaInspection } from './inspect-ota.ts';
import type { OtaMetadata } from './metadata.ts';

/** What the terminal says of itself; null: not read. */
export interface OtaTarget {
  /** Its names for its model: ro.product.device, ro.build.product and their kin. */
  readonly devices: readonly string[];
  readonly serialNumber: string | null;
  /** ro.build.fingerprint */
  readonly fingerprint: string | null;
  /** ro.build.version.incremental */
  readonly incremental: string | null;
  /** ro.build.date.utc */
  readonly timestampSeconds: number | null;
  /** ro.build.version.security_patch */
  readonly securityPatch: string | null;
  /** ro.boot.slot_suffix; empty where it has no slots. */
  readonly slotSuffix: string | null;
}

export interface OtaObjection {
  readonly code: string;
  readonly facts: Facts;
  readonly allowable: boolean;
}

export interface OtaJudgement {
  readonly blockers: readonly OtaObjection[];
  readonly warnings: readonly OtaObjection[];
}

export function judgeOta(
  { faults, metadata, content }: OtaInspection,
  target: OtaTarget,
): OtaJudgement {
  const refused = faults.map((fault) =>
    blocker('image-refused', {
      'reason.zh-CN': faultWords(fault, 'zh-CN').what,
      'reason.en': faultWords(fault, 'en').what,
    }),
  );
  if (metadata === null) return { blockers: refused, warnings: [] };
  const blockers = [
    ...refused,
    ...modelBlockers(metadata, target),
    ...kindBlockers(metadata, content, target),
    ...sourceBlockers(metadata, target),
    ...ageBlockers(metadata, target),
    ...(metadata.wipes ? [blocker('ota-wipes', {}, true)] : []),
  ];
  return { blockers, warnings: warningsOf(metadata, target) };
}

function blocker(code: string, facts: Facts = {}, allowable = false): OtaObjection {
  return { code, facts, allowable };
}

function modelBlockers(
  { devices, serialNumbers }: OtaMetadata,
  { devices: own, serialNumber }: OtaTarget,
): OtaObjection[] {
  const blockers: OtaObjection[] = [];
  if (devices.length > 0 && !devices.some((device) => own.includes(device))) {
    const facts = { found: own.join(', ') || '?', expected: devices.join(', ') };
    blockers.push(blocker('wrong-model', facts));
  }
  if (serialNumbers.length > 0 && !serialNumbers.includes(serialNumber ?? '')) {
    blockers.push(blocker('ota-other-serial'));
  }
  return blockers;
}

/** A payload goes into the other slot; a script writes over what runs. Neither can do the other. */
function kindBlockers(
  { type }: OtaMetadata,
  content: OtaInspection['content'],
  { slotSuffix }: OtaTarget,
): OtaObjection[] {
  if (type === 'BRICK') return [blocker('ota-bricks')];
  // A recovery of slots looks at the word before anything else (CheckPackageMetadata).
  if (content === 'payload' && type !== 'AB') {
    return [blocker('ota-type-wrong', { found: type ?? '–' }, true)];
  }
  if (slotSuffix === null || content === null) return [];
  const needsSlots = content === 'payload';
  if (needsSlots === (slotSuffix !== '')) return [];
  return [blocker(needsSlots ? 'ota-needs-slots' : 'ota-needs-no-slots')];
}

/** An incremental update is a difference: on any other build it writes rubbish, or stops half way. */
function sourceBlockers(
  { before }: OtaMetadata,
  { fingerprint, incremental }: OtaTarget,
): OtaObjection[] {
  if (before === null) return [];
  const wanted: [readonly string[], string | null][] = [
    [before.fingerprints, fingerprint],
    [before.incremental === null ? [] : [before.incremental], incremental],
  ];
  for (const [expected, found] of wanted) {
    if (expected.length === 0 || (found !== null && expected.includes(found))) continue;
    const facts = { expected: expected.join(', ') };
    if (found === null) return [blocker('ota-build-unknown', facts)];
    return [blocker('ota-other-build', { ...facts, found })];
  }
  return [];
}

/** The same build again is allowed: it may be there to repair. */
function ageBlockers(metadata: OtaMetadata, target: OtaTarget): OtaObjection[] {
  const { timestampSeconds: own } = target;
  const { timestampSeconds: its } = metadata.after;
  if (own === null || its === null || its >= own) return [];
  const facts = { packageDay: dayOf(its), runningDay: dayOf(own) };
  // Recovery takes a declared downgrade only from the build that it was made for.
  const isDeclared = metadata.downgrade && metadata.before !== null;
  return [blocker(isDeclared ? 'ota-downgrade' : 'ota-older', facts, isDeclared)];
}

function warningsOf(metadata: OtaMetadata, target: OtaTarget): OtaObjection[] {
  const { after, devices, patchDowngrade } = metadata;
  const warnings: OtaObjection[] = [];
  if (devices.length === 0) warnings.push(blocker('model-unproven'));
  if (after.timestampSeconds === null || target.timestampSeconds === null) {
    warnings.push(blocker('ota-age-unknown'));
  }
  const [its, own] = [after.securityPatch, target.securityPatch];
  if (its !== null && own !== null && its < own && !patchDowngrade) {
    warnings.push(blocker('ota-patch-older', { packageDay: its, runningDay: own }));
  }
  return warnings;
}

function dayOf(timestampSeconds: number): string {
  const time = new Date(timestampSeconds * 1000);
  return Number.isNaN(time.getTime()) ? String(timestampSeconds) : time.toISOString().slice(0, 10);
}
