/** What an image is, without asking a terminal: against the keys and demands of a profile, if any. */
import type { Params, Result } from '../../contract/requests.ts';
import { shippedProfile } from '../../terminals/catalogue.ts';
import { loadModel } from '../../terminals/choose-model.ts';
import type { Profile } from '../../terminals/profile.ts';
import type { Context } from '../context.ts';
import { loadFirmware } from './firmware-file.ts';

/**
 * Throws `profile-missing`, `profile-invalid`, `terminal-not-connected`, and as `loadFirmware` does.
 * What is wrong with the image is in the result.
 */
export async function inspectFirmware(
  context: Context,
  params: Params<'inspectFirmware'>,
  signal: AbortSignal,
): Promise<Result<'inspectFirmware'>> {
  const family = (await profileFor(context, params))?.firmware ?? null;
  const against = {
    family,
    keyFileIds: params.keyFileIds,
    slotSizeBytes: family?.slotSizeBytes ?? null,
    installedVersion: null,
    devices: [],
  };
  const file = await loadFirmware(context, params.fileId, against, signal);
  await file.close();
  return file.inspection;
}

async function profileFor(
  context: Context,
  { profile, profileFileId, terminalId }: Params<'inspectFirmware'>,
): Promise<Profile | null> {
  if (terminalId !== null) return context.connections.get(terminalId).profile;
  if (profileFileId !== null) {
    const profileFile = context.files.path(profileFileId);
    return await loadModel({ profile: null, profileFile, merchantFile: null });
  }
  return profile === null ? null : shippedProfile(profile);
}
