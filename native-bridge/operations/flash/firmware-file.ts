/**
 * A firmware file and the keys it is held against: inspected once, and exactly these bytes sent. An
 * image for MCUboot is small and read whole; a package for Android has gigabytes, so it stays open
 * on the disk and is read piece by piece.
 */
import { createHash } from 'node:crypto';
import type { ImageInspection } from '../../contract/image.ts';
import { readImageFile, readKeyFile } from '../../firmware/files.ts';
import { inspectImage } from '../../firmware/mcuboot/inspect.ts';
import type { FactoryInspection } from '../../firmware/fastboot/inspect-factory.ts';
import type { OtaInspection } from '../../firmware/ota/inspect-ota.ts';
import { packageKind } from '../../firmware/package-kind.ts';
import type { RandomAccess } from '../../firmware/random-access.ts';
import type { FirmwareFamily } from '../../terminals/profile-firmware.ts';
import type { Context } from '../context.ts';
import { trustedImageKeys } from '../trusted-keys.ts';
import { loadFactory, loadPackage } from './package-file.ts';

interface AnyFile {
  readonly sizeBytes: number;
  readonly inspection: ImageInspection;
  /** Idempotent. */
  close(): Promise<void>;
}

export interface McubootFile extends AnyFile {
  readonly format: 'mcuboot';
  readonly bytes: Uint8Array;
}

export interface OtaFile extends AnyFile {
  readonly format: 'android-ota';
  readonly ota: OtaInspection;
  /** Throws FirmwareError `file-changed` where it is no longer what was inspected. */
  read(offsetBytes: number, lengthBytes: number): Promise<Uint8Array>;
}

export interface FactoryFile extends AnyFile {
  readonly format: 'android-factory';
  readonly factory: FactoryInspection;
  /** As it was inspected: its `read` throws FirmwareError `file-changed` where it is not any more. */
  readonly zip: RandomAccess;
}

export type FirmwareFile = McubootFile | OtaFile | FactoryFile;

export interface InspectAgainst {
  readonly family: FirmwareFamily | null;
  readonly keyFileIds: readonly string[];
  readonly slotSizeBytes: number | null;
  readonly installedVersion: string | null;
  /** The terminal's names for its model; none where no terminal was asked. */
  readonly devices: readonly string[];
}

/**
 * What kind of file it is the profile's family says, else the file. The caller closes it. Throws
 * `file-missing`, `file-unreadable`, `file-too-large`, `file-changed`, `key-unreadable`, `cancelled`.
 */
export async function loadFirmware(
  context: Context,
  fileId: string,
  against: InspectAgainst,
  signal?: AbortSignal,
): Promise<FirmwareFile> {
  const kind = await packageKind(context.files.path(fileId));
  const format = against.family?.family === 'mcuboot' ? 'mcuboot' : kind;
  if (format === 'android-factory') return await loadFactory(context, fileId, against, signal);
  const isPackage = format === 'android-ota' || against.family?.family === 'android-ota';
  return isPackage
    ? await loadPackage(context, fileId, against, signal)
    : await loadImage(context, fileId, against);
}

/** As an image for MCUboot, whatever it is. */
export async function loadImage(
  context: Context,
  fileId: string,
  { family, keyFileIds, slotSizeBytes, installedVersion }: InspectAgainst,
): Promise<McubootFile> {
  const bytes = await readImageFile(context.files.path(fileId));
  const trusted = await trustedImageKeys(context);
  const given = await Promise.all(keyFileIds.map((id) => readKeyFile(context.files.path(id))));
  const keys = [...(family?.keys ?? []), ...given];
  const demands = {
    keys,
    signatureRequired: family?.signatureRequired ?? given.length > 0,
    slotSizeBytes,
    installedVersion,
    // Older images are a blocker of the plan, which a technician may allow by name.
    allowOlder: true,
  };
  const first = inspectImage(bytes, demands);
  const inspection = isByNobodyKnown(first)
    ? withTrusted(first, inspectImage(bytes, { ...demands, keys: [...keys, ...trusted] }))
    : first;
  const close = () => Promise.resolve();
  return { format: 'mcuboot', bytes, sizeBytes: bytes.length, inspection, close };
}

function isByNobodyKnown({ signature: { state } }: ImageInspection): boolean {
  return state === 'not-checked' || state === 'unknown-key';
}

/** That a key is trusted for other images demands nothing of this one. */
function withTrusted(first: ImageInspection, second: ImageInspection): ImageInspection {
  return isByNobodyKnown(second) ? first : second;
}

export function sha256(bytes: Uint8Array): Uint8Array {
  return createHash('sha256').update(bytes).digest();
}
