/** What speaks against this image on this terminal. */
import type { ImageInspection } from '../../contract/image.ts';
import { compareVersions } from '../../firmware/mcuboot/version.ts';
import type { Profile } from '../../terminals/profile.ts';
import { faultWords } from '../../wording/index.ts';
import { blocker, warning, type Blocker, type Warning } from './blocker.ts';
import type { KnownOfFlashes } from './history.ts';
import type { Survey } from './method.ts';

/**
 * MCUboot's trailer at the end of a slot ("Image trailer"): three entries for each of 128 sectors, in
 * units of 8 bytes, and the flags; it begins a sector of its own. A swap by move or offset needs one
 * more. How large sectors are no terminal says: the usual 4 KiB.
 */
const sectorBytes = 4096;
const sectorsBesideImage: Readonly<Record<string, number>> = {
  swap: 2,
  'swap-offset': 2,
  'swap-scratch': 1,
};

export function imageBlockers(
  image: ImageInspection,
  found: Survey,
  profile: Profile,
  known: KnownOfFlashes,
): Blocker[] {
  if (image.verdict === 'cannot-verify') return [blocker('image-unverified', {}, false)];
  return [
    ...faultBlockers(image),
    ...(image.flags.includes('non-bootable') ? [blocker('image-non-bootable', {}, false)] : []),
    ...versionBlockers(image, found, profile),
    ...sizeBlockers(image, found),
    ...counterBlockers(image, known),
    ...dependencyBlockers(image, found),
  ];
}

export function imageWarnings(
  image: ImageInspection,
  found: Survey,
  profile: Profile,
  known: KnownOfFlashes,
): Warning[] {
  const warnings: Warning[] = [];
  if (!signedForModel(image, profile)) warnings.push(warning('model-unproven'));
  if ((image.securityCounter ?? 0) > 0 && known.securityCounter === null) {
    warnings.push(warning('counter-unknown'));
  }
  for (const { image: index, minVersion } of others(image)) {
    if (installed(found, index) === null) {
      warnings.push(warning('dependency-unknown', { image: index, minVersion }));
    }
  }
  return [...warnings, ...keepWarnings(profile)];
}

/** Whether keys and activation survive: as the profile says, or what it lists to do again. */
export function keepWarnings({ firmware }: Profile): Warning[] {
  const steps = [...(firmware?.afterFlash ?? [])];
  if (steps.length > 0) return [warning('keys-lost', { steps })];
  if (firmware?.keepsKeys === true) return [];
  if (firmware?.keepsKeys === false) {
    return [warning('keys-lost', { steps: ['activation', 'sign-in', 'test-payment'] })];
  }
  return [warning('keys-unknown')];
}

/**
 * An MCUboot image does not name its model. What stands for it is the key: a vendor signs a model's
 * firmware with the key that its boot loader holds, and the model's profile names that key.
 */
function signedForModel({ signature }: ImageInspection, { firmware }: Profile): boolean {
  const own = firmware?.keys.some(({ name }) => name === signature.keyName) ?? false;
  return signature.state === 'valid' && own;
}

function faultBlockers({ faults }: ImageInspection): Blocker[] {
  return faults.map((fault) => {
    const facts = {
      'reason.zh-CN': faultWords(fault, 'zh-CN').what,
      'reason.en': faultWords(fault, 'en').what,
    };
    return blocker('image-refused', facts, false);
  });
}

function versionBlockers(image: ImageInspection, { state }: Survey, profile: Profile): Blocker[] {
  const { version } = image;
  const { running } = state;
  if (version === null) return [];
  const blockers: Blocker[] = [];
  if (running) {
    if (running.id !== null && running.id === image.imageHash) {
      // On trial it is finished: recognised again and confirmed.
      if (!running.confirmed) return [];
      return [blocker('already-installed', { version }, false)];
    }
    const installed = running.version;
    if (compareVersions(version, installed) < 0) {
      blockers.push(blocker('image-older', { version, installed }, true));
    }
  }
  const admitted = profile.firmware?.admittedVersion ?? null;
  if (admitted !== null && compareVersions(version, admitted) !== 0) {
    blockers.push(blocker('not-admitted', { version, admitted }, true));
  }
  return blockers;
}

/** Larger than the slot is a fault of the image already. */
function sizeBlockers({ sizeBytes }: ImageInspection, found: Survey): Blocker[] {
  const { slotSizeBytes, mode } = found;
  const maxBytes = found.maxImageBytes ?? null;
  if (slotSizeBytes !== null && sizeBytes > slotSizeBytes) return [];
  if (maxBytes !== null) {
    return sizeBytes > maxBytes ? [blocker('too-large', { sizeBytes, maxBytes }, false)] : [];
  }
  const neededBytes = (sectorsBesideImage[mode?.name ?? ''] ?? 0) * sectorBytes;
  if (slotSizeBytes === null || sizeBytes + neededBytes <= slotSizeBytes) return [];
  const roomBytes = slotSizeBytes - sizeBytes;
  return [blocker('no-trailer-room', { roomBytes, neededBytes }, true)];
}

/** The counter on the terminal can't be read; the last image that it confirmed here had one. */
function counterBlockers({ securityCounter: counter }: ImageInspection, known: KnownOfFlashes) {
  if (known.securityCounter === null || (counter ?? 0) >= known.securityCounter) return [];
  const facts = { counter: counter ?? 0, known: known.securityCounter };
  return [blocker('security-counter', facts, true)];
}

function dependencyBlockers(image: ImageInspection, found: Survey): Blocker[] {
  return others(image).flatMap(({ image: index, minVersion }) => {
    const version = installed(found, index);
    if (version === null || compareVersions(version, minVersion) >= 0) return [];
    return [blocker('dependency', { image: index, minVersion, installed: version }, false)];
  });
}

function others({ dependencies }: ImageInspection): ImageInspection['dependencies'] {
  return dependencies.filter(({ image }) => image !== 0);
}

function installed({ otherImages = [] }: Survey, index: number): string | null {
  return otherImages.find(({ image }) => image === index)?.version ?? null;
}
