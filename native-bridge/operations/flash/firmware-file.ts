/** The image file and the keys it is held against: read once, inspected, exactly these bytes sent. */
import { createHash } from 'node:crypto';
import type { ImageInspection } from '../../contract/firmware.ts';
import { inspectImage } from '../../firmware/mcuboot/inspect.ts';
import { readImageFile, readKeyFile } from '../../firmware/files.ts';
import type { FirmwareFamily } from '../../terminals/profile.ts';
import type { Context } from '../context.ts';

export interface FirmwareFile {
  readonly bytes: Uint8Array;
  readonly inspection: ImageInspection;
}

export interface InspectAgainst {
  readonly family: FirmwareFamily | null;
  readonly keyFileIds: readonly string[];
  readonly slotSizeBytes: number | null;
  readonly installedVersion: string | null;
}

/** Throws `file-missing`, `file-unreadable`, `file-too-large`, `key-unreadable`. */
export async function loadFirmware(
  context: Context,
  fileId: string,
  against: InspectAgainst,
): Promise<FirmwareFile> {
  const bytes = await readImageFile(context.files.path(fileId));
  const given = await Promise.all(
    against.keyFileIds.map((id) => readKeyFile(context.files.path(id))),
  );
  const inspection = inspectImage(bytes, {
    keys: [...(against.family?.keys ?? []), ...given],
    signatureRequired: against.family?.signatureRequired ?? given.length > 0,
    slotSizeBytes: against.slotSizeBytes,
    installedVersion: against.installedVersion,
    // Older images are a blocker of the plan, which a technician may allow by name.
    allowOlder: true,
  });
  return { bytes, inspection };
}

export function sha256(bytes: Uint8Array): Uint8Array {
  return createHash('sha256').update(bytes).digest();
}
