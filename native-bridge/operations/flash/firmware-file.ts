/**
 * A firmware file and the keys it is held against: inspected once, and exactly these bytes sent. An
 * image for MCUboot is small and read whole; a package for Android has gigabytes, so it stays open
 * on the disk and is read piece by piece.
 */
import { createHash } from 'node:crypto';
import { BridgeFault } from '../../contract/bridge-fault.ts';
import type { ImageInspection } from '../../contract/firmware.ts';
import { readCertificateFile, readImageFile, readKeyFile } from '../../firmware/files.ts';
import { inspectImage } from '../../firmware/mcuboot/inspect.ts';
import { inspectOta, isOta, type OtaInspection } from '../../firmware/ota/inspect-ota.ts';
import { imageOfOta } from '../../firmware/ota/ota-image.ts';
import { DiskFile } from '../../firmware/random-access.ts';
import {
  readVendorCertificate,
  type VendorCertificate,
} from '../../firmware/vendor-certificate.ts';
import type { FirmwareFamily } from '../../terminals/profile-firmware.ts';
import type { Context } from '../context.ts';

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

export type FirmwareFile = McubootFile | OtaFile;

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
  const path = context.files.path(fileId);
  const format = against.family?.family ?? ((await isOta(path)) ? 'android-ota' : 'mcuboot');
  return format === 'mcuboot'
    ? await loadImage(context, fileId, against)
    : await loadPackage(context, fileId, against, signal);
}

/** As an image for MCUboot, whatever it is. */
export async function loadImage(
  context: Context,
  fileId: string,
  { family, keyFileIds, slotSizeBytes, installedVersion }: InspectAgainst,
): Promise<McubootFile> {
  const bytes = await readImageFile(context.files.path(fileId));
  const given = await Promise.all(keyFileIds.map((id) => readKeyFile(context.files.path(id))));
  const inspection = inspectImage(bytes, {
    keys: [...(family?.keys ?? []), ...given],
    signatureRequired: family?.signatureRequired ?? given.length > 0,
    slotSizeBytes,
    installedVersion,
    // Older images are a blocker of the plan, which a technician may allow by name.
    allowOlder: true,
  });
  const close = () => Promise.resolve();
  return { format: 'mcuboot', bytes, sizeBytes: bytes.length, inspection, close };
}

/** As an update package for Android, whatever it is. */
export async function loadPackage(
  context: Context,
  fileId: string,
  { family, keyFileIds, devices }: InspectAgainst,
  signal: AbortSignal | undefined,
): Promise<OtaFile> {
  const own = family?.certificates ?? [];
  const given = await Promise.all(
    keyFileIds.map((id) => readCertificateFile(context.files.path(id))),
  );
  const certificates = [...own.map(({ name, pem }) => readVendorCertificate(name, pem)), ...given];
  const disk = await DiskFile.open(context.files.path(fileId));
  try {
    const ota = await inspected(disk, certificates, signal);
    await disk.assertUnchanged();
    return {
      format: 'android-ota',
      sizeBytes: disk.sizeBytes,
      ota,
      inspection: imageOfOta(ota, devices),
      read: async (offsetBytes, lengthBytes) => {
        await disk.assertUnchanged();
        return await disk.read(offsetBytes, lengthBytes);
      },
      close: () => disk.close(),
    };
  } catch (error) {
    await disk.close();
    throw error;
  }
}

async function inspected(
  disk: DiskFile,
  certificates: readonly VendorCertificate[],
  signal: AbortSignal | undefined,
): Promise<OtaInspection> {
  const looks = inspectOta(disk, certificates);
  for (;;) {
    const step = await looks.next();
    if (step.done === true) return step.value;
    if (signal?.aborted === true) throw new BridgeFault('cancelled');
  }
}

export function sha256(bytes: Uint8Array): Uint8Array {
  return createHash('sha256').update(bytes).digest();
}
