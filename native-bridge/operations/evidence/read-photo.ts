/** A photo of a case, for the window that shows it. */
import type { Params, Result } from '../../contract/requests.ts';
import type { Context } from '../context.ts';
import { loadPhoto, photosOf } from './photo-store.ts';

/** Throws `case-unknown`. */
export async function readPhoto(
  { records }: Pick<Context, 'records'>,
  { caseId, evidenceId }: Params<'readPhoto'>,
): Promise<Result<'readPhoto'>> {
  const evidence = photosOf(await records.getCase(caseId)).find(({ id }) => id === evidenceId);
  if (evidence === undefined) return null;
  const bytes = await loadPhoto(records.dataFolder, caseId, evidence);
  return bytes && { bytes: new Uint8Array(bytes), mediaType: evidence.photo.mediaType };
}
