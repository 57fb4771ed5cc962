/**
 * The model to work with: a shipped profile or a file of the technician's, with a merchant's file over
 * it. What reads such files is loaded with the first of them: a start without one needs no YAML.
 */
import { basename } from 'node:path';
import type { ProfileProblem } from '../contract/profile.ts';
import { catalogue, goodValue, shippedProfile } from './catalogue.ts';
import type { Checked } from './check-tree.ts';
import type { Merchant } from './merchant.ts';
import { ProfileError } from './profile-error.ts';
import type { Profile } from './profile.ts';
import { readProfileFile } from './read-file.ts';

export interface ModelChoice {
  /** A shipped profile's name. */
  readonly profile: string | null;
  /** Path of a profile file; goes before the name. */
  readonly profileFile: string | null;
  /** Path of a merchant's file. */
  readonly merchantFile: string | null;
}

/**
 * The profile to work with, with the merchant's expectations over it. Throws ProfileError
 * `profile-missing`, `profile-invalid`, `merchant-invalid`, `file-missing`, `file-unreadable`.
 */
export async function loadModel(choice: ModelChoice): Promise<Profile> {
  const profile =
    choice.profileFile === null
      ? shippedProfile(choice.profile ?? '')
      : goodValue(await checkFile(choice.profileFile), choice.profileFile);
  if (choice.merchantFile === null) return profile;
  const file = basename(choice.merchantFile);
  const bytes = await readProfileFile(choice.merchantFile);
  const { checkMerchant, withMerchant } = await import('./merchant.ts');
  const merchant = checkMerchant(bytes, file);
  const invalid = (problems: readonly ProfileProblem[]) =>
    ProfileError.invalid('merchant-invalid', file, problems);
  if (merchant.value === null) throw invalid(merchant.problems);
  const model = withMerchant(profile, merchant.value);
  if (model.value === null) throw invalid(model.problems);
  return model.value;
}

/** Of a merchant's file alone. Throws ProfileError `merchant-invalid`, `file-missing`, `file-unreadable`. */
export async function merchantName(path: string): Promise<string> {
  const file = basename(path);
  const { value, problems } = await checkMerchantAt(path);
  if (value === null) throw ProfileError.invalid('merchant-invalid', file, problems);
  return value.merchant;
}

export interface FileCheck {
  readonly name: string | null;
  readonly problems: ProfileProblem[];
}

/** Throws ProfileError `file-missing`, `file-unreadable`; everything else is among the problems. */
export async function checkProfileFile(path: string): Promise<FileCheck> {
  const { name, problems } = await checkFile(path);
  return { name, problems };
}

/** As `checkProfileFile`; a merchant's file is held against a profile when it is used with one. */
export async function checkMerchantFile(path: string): Promise<FileCheck> {
  const { name, problems } = await checkMerchantAt(path);
  return { name, problems };
}

async function checkFile(path: string): Promise<Checked<Profile>> {
  const bytes = await readProfileFile(path);
  const { parents } = catalogue();
  const { checkProfile } = await import('./check-profile.ts');
  return checkProfile(bytes, basename(path), { parents, shipped: false });
}

async function checkMerchantAt(path: string): Promise<Checked<Merchant>> {
  const bytes = await readProfileFile(path);
  const { checkMerchant } = await import('./merchant.ts');
  return checkMerchant(bytes, basename(path));
}
