/**
 * What speaks against a flash, all at once and each with what to do about it. A blocker stops the
 * flash; those marked allowable can be allowed by name, and the case then says so.
 */
import type { FlashPlan, ImageInspection } from '../../contract/firmware.ts';
import type { Facts } from '../../contract/common.ts';
import { faultWords } from '../../wording/index.ts';
import type { Profile } from '../../terminals/profile.ts';
import { compareVersions } from '../../firmware/mcuboot/version.ts';
import { unacceptedKey } from './accepted-keys.ts';
import type { Survey } from './method.ts';

export type Blocker = FlashPlan['blockers'][number];
export type Warning = FlashPlan['warnings'][number];

export function findBlockers(image: ImageInspection, found: Survey, profile: Profile): Blocker[] {
  return [
    ...imageBlockers(image, found, profile),
    ...keyBlockers(image, profile),
    ...slotBlockers(image, found),
    ...batteryBlockers(found, profile),
    ...bootloaderBlockers(found),
    ...tradeBlockers(found),
    ...(profile.firmware ? [] : [blocker('no-firmware-profile', { profile: profile.name }, true)]),
  ];
}

export function findWarnings(
  image: ImageInspection,
  found: Survey,
  profile: Profile,
  assumed: boolean,
): Warning[] {
  const warnings: Warning[] = [];
  if (assumed) warnings.push(warning('identity-assumed'));
  if (!signedForModel(image, profile)) warnings.push(warning('model-unproven'));
  if (found.link.roundTripMs === null) warnings.push(warning('no-round-trip'));
  if (found.mode?.told !== true) warnings.push(warning('mode-unknown'));
  warnings.push(warning('settings-change'));
  return warnings;
}

/**
 * An MCUboot image does not name its model. What stands for it is the key: a vendor signs a model's
 * firmware with the key that its boot loader holds, and the model's profile names that key.
 */
function signedForModel({ signature }: ImageInspection, { firmware }: Profile): boolean {
  const own = firmware?.keys.some(({ name }) => name === signature.keyName) ?? false;
  return signature.state === 'valid' && own;
}

function blocker(code: string, facts: Facts, allowable: boolean): Blocker {
  return { code, text: { key: `blocker_${code.replaceAll('-', '_')}`, facts }, allowable };
}

function warning(code: string): Warning {
  return { code, text: { key: `warning_${code.replaceAll('-', '_')}`, facts: {} } };
}

function imageBlockers(image: ImageInspection, found: Survey, profile: Profile): Blocker[] {
  if (image.verdict === 'cannot-verify') return [blocker('image-unverified', {}, false)];
  const refused = image.faults.map((fault) =>
    blocker(
      'image-refused',
      {
        'reason.zh-CN': faultWords(fault, 'zh-CN').what,
        'reason.en': faultWords(fault, 'en').what,
      },
      false,
    ),
  );
  const version = image.version;
  const { running } = found.state;
  if (version === null || !running) return refused;
  const installed = running.version;
  if (running.id !== null && running.id === image.imageHash) {
    // On trial it is finished: recognised again and confirmed.
    if (!running.confirmed) return refused;
    return [...refused, blocker('already-installed', { version }, false)];
  }
  const blockers = [...refused];
  if (compareVersions(version, installed) < 0) {
    blockers.push(blocker('image-older', { version, installed }, true));
  }
  const admitted = profile.firmware?.admittedVersion ?? null;
  if (admitted !== null && compareVersions(version, admitted) !== 0) {
    blockers.push(blocker('not-admitted', { version, admitted }, true));
  }
  return blockers;
}

function keyBlockers(image: ImageInspection, profile: Profile): Blocker[] {
  const key = unacceptedKey(image, profile);
  if (!key) return [];
  const facts = { key: key.name, fingerprint: key.fingerprint, profile: profile.name };
  return [blocker('key-unaccepted', facts, true)];
}

/** An image that is this very one is no hindrance: the flash goes on where it is. */
function slotBlockers({ imageHash }: ImageInspection, { state }: Survey): Blocker[] {
  const { running, stored, answering } = state;
  if (answering === 'boot-loader') return [];
  if (!running) return [blocker('no-slot', {}, false)];
  const blockers: Blocker[] = [];
  if (!running.confirmed && running.id !== imageHash)
    blockers.push(blocker('unconfirmed', {}, true));
  if (stored.some(({ start, id }) => start !== 'no' && id !== imageHash)) {
    blockers.push(blocker('pending', {}, false));
  }
  return blockers;
}

function batteryBlockers({ readings }: Survey, profile: Profile): Blocker[] {
  if (!profile.has.battery) return [];
  const percent = readings.get('battery.levelPercent')?.value;
  const charging = readings.get('battery.charging')?.value;
  if (charging === true) return [];
  if (typeof percent !== 'number') return [blocker('battery-unknown', {}, true)];
  const needed = profile.thresholds.batteryFlashPercent;
  return percent < needed ? [blocker('battery-low', { percent, needed }, false)] : [];
}

function bootloaderBlockers({ mode }: Survey): Blocker[] {
  return mode === null || mode.trial ? [] : [blocker('no-way-back', { mode: mode.name }, true)];
}

function tradeBlockers({ readings }: Survey): Blocker[] {
  const count = readings.get('payment.unsettledCount')?.value;
  return typeof count === 'number' && count > 0 ? [blocker('unsettled', { count }, true)] : [];
}
