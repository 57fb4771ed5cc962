/** What speaks against flashing this terminal now, whatever the image. */
import type { ImageInspection } from '../../contract/image.ts';
import type { ReadingName } from '../../contract/reading.ts';
import type { Profile } from '../../terminals/profile.ts';
import { blocker, warning, type Blocker, type Warning } from './blocker.ts';
import type { Survey } from './method.ts';

/** Echoes that were lost: beyond the first it is said, beyond the second it has to be allowed. */
const lossWarnShare = 0.01;
const lossBlockShare = 0.1;

export function terminalBlockers(
  image: ImageInspection,
  found: Survey,
  profile: Profile,
): Blocker[] {
  return [
    ...modelBlockers(found, profile),
    ...slotBlockers(image, found),
    ...batteryBlockers(found, profile),
    ...bootloaderBlockers(found),
    ...tradeBlockers(found),
    ...(losses(found) >= lossBlockShare
      ? [blocker('link-loses', { percent: percentLost(found) }, true)]
      : []),
  ];
}

export function terminalWarnings(found: Survey, assumed: boolean): Warning[] {
  const warnings: Warning[] = [];
  if (assumed) warnings.push(warning('identity-assumed', {}, true));
  if (found.link.roundTripMs === null) warnings.push(warning('no-round-trip'));
  const share = losses(found);
  if (share >= lossWarnShare && share < lossBlockShare) {
    warnings.push(warning('link-loses', { percent: percentLost(found) }));
  }
  if (found.mode?.told !== true) warnings.push(warning('mode-unknown'));
  return warnings;
}

const losses = ({ link }: Survey): number => link.lostShare ?? 0;
const percentLost = (found: Survey): number => Math.round(losses(found) * 100);

export function modelBlockers({ readings }: Survey, { firmware }: Profile): Blocker[] {
  const expected = firmware?.models ?? [];
  const found = readings.get('identity.model')?.value;
  if (expected.length === 0 || typeof found !== 'string' || expected.includes(found)) return [];
  return [blocker('wrong-model', { found, expected: [...expected] }, false)];
}

const onlyOneSlot: ReadonlySet<string> = new Set(['single-slot', 'single-slot-ram-load']);

/** An image that is this very one is no hindrance: the flash goes on where it is. */
function slotBlockers(
  { imageHash }: ImageInspection,
  { state, mode, slotAbsurd = false }: Survey,
): Blocker[] {
  const { running, stored, answering } = state;
  if (answering === 'boot-loader') return [];
  if (slotAbsurd) return [blocker('absurd-slot', {}, false)];
  // Its only slot is what runs: only its boot loader can write there.
  const onlySlot = mode !== null && onlyOneSlot.has(mode.name);
  if (!running || onlySlot) return [blocker('no-slot', {}, false)];
  const blockers: Blocker[] = [];
  if (!running.confirmed && running.id !== imageHash) {
    blockers.push(blocker('unconfirmed', {}, true));
  }
  if (stored.some(({ start, id }) => start !== 'no' && id !== imageHash)) {
    blockers.push(blocker('pending', {}, false));
  }
  return blockers;
}

export function batteryBlockers({ readings }: Survey, profile: Profile): Blocker[] {
  if (!profile.has.battery) return [];
  const percent = readings.get('battery.levelPercent')?.value;
  if (readings.get('battery.charging')?.value === true) return [];
  if (typeof percent !== 'number') return [blocker('battery-unknown', {}, true)];
  const needed = profile.thresholds.batteryFlashPercent;
  return percent < needed ? [blocker('battery-low', { percent, needed }, false)] : [];
}

function bootloaderBlockers({ mode }: Survey): Blocker[] {
  return mode === null || mode.trial ? [] : [blocker('no-way-back', { mode: mode.name }, true)];
}

const counted: readonly (readonly [ReadingName, string])[] = [
  ['payment.unsettledCount', 'unsettled'],
  ['payment.unsentCount', 'unsent'],
  ['payment.reversalCount', 'reversals'],
];

export function tradeBlockers({ readings }: Survey): Blocker[] {
  const blockers = counted.flatMap(([name, code]) => {
    const count = readings.get(name)?.value;
    return typeof count === 'number' && count > 0 ? [blocker(code, { count }, true)] : [];
  });
  const tampered = readings.get('device.tampered')?.value === true;
  return tampered ? [...blockers, blocker('tampered', {}, true)] : blockers;
}
