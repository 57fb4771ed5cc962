/** The photos of cases as files in the data folder: there whole, or not at all. */
import { createHash } from 'node:crypto';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { BridgeFault } from '../../contract/bridge-fault.ts';
import type { CaseRecord } from '../../contract/case.ts';
import type { CaseEvidence } from '../../contract/evidence.ts';
import { photoFile, photosFolder } from '../../records/data-folder.ts';
import { writeWholeFile } from '../../records/whole-file.ts';

export type PhotoEvidence = Extract<CaseEvidence, { form: 'photo' }>;

/** In the order they came. */
export const photosOf = ({ events }: CaseRecord): PhotoEvidence[] =>
  events.flatMap((event) =>
    event.kind === 'evidence' && event.evidence.form === 'photo' ? [event.evidence] : [],
  );

/** Resolves when it is on the disk. Throws `disk-full`, `data-folder-unwritable`. */
export async function storePhoto(
  dataFolder: string,
  caseId: string,
  evidence: PhotoEvidence,
  bytes: Uint8Array,
): Promise<void> {
  const folder = photosFolder(dataFolder);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeWholeFile(photoFile(dataFolder, caseId, evidence), bytes, 0o600);
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? '';
    const full = code === 'ENOSPC' || code === 'EDQUOT';
    throw new BridgeFault(full ? 'disk-full' : 'data-folder-unwritable', { folder }, { cause });
  }
}

export async function dropPhoto(
  dataFolder: string,
  caseId: string,
  evidence: PhotoEvidence,
): Promise<void> {
  await rm(photoFile(dataFolder, caseId, evidence), { force: true });
}

/** null: not there any more, or no longer what it was. */
export async function loadPhoto(
  dataFolder: string,
  caseId: string,
  evidence: PhotoEvidence,
): Promise<Buffer | null> {
  try {
    const bytes = await readFile(photoFile(dataFolder, caseId, evidence));
    return sha256(bytes) === evidence.photo.sha256 ? bytes : null;
  } catch {
    return null;
  }
}

/** In hex. */
export const sha256 = (bytes: Uint8Array | string): string =>
  createHash('sha256').update(bytes).digest('hex');
