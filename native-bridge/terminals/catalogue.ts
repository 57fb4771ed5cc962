/**
 * The profiles: those shipped with the program, and one a technician brings. Shipped ones are read
 * once from the folder `profiles/` beside this module; a bundle has its copy beside the bundle.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { ProfileProblem } from '../contract/profile.ts';
import { checkProfile, checkTree, parseMap, textAt, type Checked } from './check-profile.ts';
import type { Parents } from './extends.ts';
import { checkMerchant, withMerchant } from './merchant.ts';
import type { Profile } from './profile.ts';
import type { UsbDevice } from './usb-device.ts';
import { ProfileError } from './profile-error.ts';
import { readProfileFile } from './read-file.ts';
import { Problems } from './yaml/problems.ts';
import type { MapNode } from './yaml/tree.ts';

export interface Catalogue {
  /** By priority, highest first. */
  readonly profiles: readonly Profile[];
  /** What a profile may extend. */
  readonly parents: Parents;
}

const here = import.meta.url;
let folder = new URL('./profiles/', here);
let shipped: Catalogue | null = null;

/** Takes the shipped profiles from another folder from now on (its address ends in a slash). */
export function useProfilesFolder(address: URL): void {
  folder = address;
  shipped = null;
}

/** Throws ProfileError `profile-invalid`: a broken shipped profile is a broken installation. */
export function catalogue(): Catalogue {
  shipped ??= loadCatalogue(folder);
  return shipped;
}

/** Reads every profile in the folder; a merchant's files are another kind. */
export function loadCatalogue(from: URL): Catalogue {
  const files = readdirSync(from)
    .filter((name) => name.endsWith('.yaml') && !name.endsWith('-merchant.yaml'))
    .map((name) => ({ name, tree: shippedTree(name, from) }));
  const parents: Parents = new Map(
    files.flatMap(({ tree }) => {
      const profile = textAt(tree, 'name');
      return profile === null ? [] : [[profile, tree] as const];
    }),
  );
  const profiles = files.map(({ name, tree }) =>
    goodProfile(checkTree(tree, { parents, shipped: true }), name),
  );
  return { profiles: profiles.toSorted(byPriority), parents };
}

/** Each is read once: YAML is most of what it takes to start. */
function shippedTree(name: string, from: URL): MapNode {
  const problems = new Problems();
  const tree = parseMap(new Uint8Array(readFileSync(new URL(name, from))), name, problems);
  if (!tree) throw ProfileError.invalid('profile-invalid', name, problems.list());
  return tree;
}

function byPriority(a: Profile, b: Profile): number {
  return b.recognition.priority - a.recognition.priority || a.name.localeCompare(b.name);
}

function goodProfile({ value, problems }: Checked<Profile>, file: string): Profile {
  if (value === null) throw ProfileError.invalid('profile-invalid', file, problems);
  return value;
}

export function shippedProfiles(): readonly Profile[] {
  return catalogue().profiles;
}

/** Throws ProfileError `profile-missing`. */
export function shippedProfile(name: string): Profile {
  const profile = catalogue().profiles.find((candidate) => candidate.name === name);
  if (!profile) throw new ProfileError('profile-missing', { profile: name });
  return profile;
}

/** What a port's USB device says of itself; ids as four lower-case hex digits. */
export interface UsbPort {
  readonly vendorId: string | null;
  readonly productId: string | null;
  readonly manufacturer: string | null;
}

/** Names of the profiles that know a port's USB device, best first. */
export function recogniseByUsb(port: UsbPort): string[] {
  return profilesOfUsb(port).map(({ name }) => name);
}

export function profilesOfUsb(port: UsbPort): Profile[] {
  return catalogue().profiles.filter((profile) => knowsUsbPort(profile, port));
}

export function knowsUsbPort({ recognition }: Profile, port: UsbPort): boolean {
  return isOneOf(recognition.usb, port);
}

/** The model's application, or its boot loader under ids of its own. */
export function mayBeModel(profile: Profile, port: UsbPort): boolean {
  return knowsUsbPort(profile, port) || isOneOf(profile.firmware?.bootLoaderUsb ?? [], port);
}

function isOneOf(devices: readonly UsbDevice[], port: UsbPort): boolean {
  return devices.some(
    ({ vendorId, productId, manufacturer }) =>
      vendorId === port.vendorId &&
      (productId === null || productId === port.productId) &&
      (manufacturer === null || manufacturer.occursIn(port.manufacturer ?? '')),
  );
}

/**
 * The name of the best profile for an SMP OS info text of format "a" (empty where the device has
 * none). Throws ProfileError `terminal-unknown` where none takes it.
 */
export function recogniseBySmpInfo(info: string): string {
  const match = catalogue().profiles.find(({ recognition }) => recognition.smpInfo?.occursIn(info));
  if (!match) throw new ProfileError('terminal-unknown');
  return match.name;
}

/**
 * The name of the best profile for an Android terminal's system properties. Throws ProfileError
 * `terminal-unknown` where none takes it.
 */
export function recogniseByAndroid(properties: ReadonlyMap<string, string>): string {
  const match = catalogue().profiles.find(
    ({ recognition: { android } }) =>
      android.size > 0 &&
      [...android].every(([name, form]) => form.occursIn(properties.get(name) ?? '')),
  );
  if (!match) throw new ProfileError('terminal-unknown');
  return match.name;
}

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
      : goodProfile(await checkFile(choice.profileFile), choice.profileFile);
  if (choice.merchantFile === null) return profile;
  const file = basename(choice.merchantFile);
  const merchant = checkMerchant(await readProfileFile(choice.merchantFile), file);
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
  const { value, problems } = checkMerchant(await readProfileFile(path), file);
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
  const { name, problems } = checkMerchant(await readProfileFile(path), basename(path));
  return { name, problems };
}

async function checkFile(path: string): Promise<Checked<Profile>> {
  const bytes = await readProfileFile(path);
  const { parents } = catalogue();
  return checkProfile(bytes, basename(path), { parents, shipped: false });
}
