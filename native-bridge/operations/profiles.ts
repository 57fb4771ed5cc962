/** Profiles: what is shipped, and checking one that somebody wrote. */
import type { Params, Result } from '../contract/requests.ts';
import { knownConditions } from '../diagnosis/knowledge/index.ts';
import { adbOpening } from '../terminals/adb-opening.ts';
import { shippedProfiles } from '../terminals/catalogue.ts';
import { checkMerchantFile, checkProfileFile } from '../terminals/choose-model.ts';
import { readKnowledgeFile } from '../terminals/knowledge.ts';
import type { Context } from './context.ts';

export function listProfiles(): Promise<Result<'listProfiles'>> {
  const profiles = shippedProfiles().map((profile) => {
    const { name, vendor, model, labels } = profile;
    return { name, vendor, model, labels, adbOpening: adbOpening(profile) };
  });
  return Promise.resolve({ profiles });
}

/** Every problem at once, each with file, line and what was expected. */
export async function checkProfile(
  context: Context,
  { fileId, kind }: Params<'checkProfile'>,
): Promise<Result<'checkProfile'>> {
  const path = context.files.path(fileId);
  const { name, problems } = await checkers[kind](path);
  return { good: problems.length === 0, name, problems };
}

const checkers = {
  profile: checkProfileFile,
  merchant: checkMerchantFile,
  rules: (path: string) => readKnowledgeFile(path, knownConditions),
};
