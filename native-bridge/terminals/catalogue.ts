/**
 * The profiles that are shipped with the program, read once from the folder `profiles/` beside this
 * module; a bundle has its copy beside the bundle. How each model is recognised is read of all of
 * them, the rest of a profile when it is first asked for.
 */
import { checkTree, recognitionOf, textAt, type Checked } from './check-tree.ts';
import type { Parents } from './extends.ts';
import { ProfileError } from './profile-error.ts';
import type { Profile } from './profile.ts';
import { readShipped, type ShippedFile } from './shipped-files.ts';
import type { UsbDevice } from './usb-device.ts';

/** A profile as far as it takes to recognise its model. */
interface Model {
  readonly name: string;
  readonly recognition: Profile['recognition'];
  /** Throws ProfileError `profile-invalid`. */
  readonly profile: () => Profile;
}

export interface Catalogue {
  /** By priority, highest first. */
  readonly models: readonly Model[];
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

function loadCatalogue(from: URL): Catalogue {
  const files = readShipped(from, 'profile-invalid');
  const parents: Parents = new Map(
    files.flatMap(({ tree }) => {
      const profile = textAt(tree, 'name');
      return profile === null ? [] : [[profile, tree] as const];
    }),
  );
  const models = files.map((file) => modelOf(file, parents));
  return { models: models.toSorted(byPriority), parents };
}

function modelOf({ name: file, tree }: ShippedFile, parents: Parents): Model {
  let whole: Profile | null = null;
  const profile = () => (whole ??= goodValue(checkTree(tree, { parents, shipped: true }), file));
  return {
    name: textAt(tree, 'name') ?? '',
    recognition: goodValue(recognitionOf(tree), file),
    profile,
  };
}

function byPriority(a: Model, b: Model): number {
  return b.recognition.priority - a.recognition.priority || a.name.localeCompare(b.name);
}

/** Throws ProfileError `profile-invalid` with the first problem. */
export function goodValue<T>({ value, problems }: Checked<T>, file: string): T {
  if (value === null) throw ProfileError.invalid('profile-invalid', file, problems);
  return value;
}

export function shippedProfiles(): readonly Profile[] {
  return catalogue().models.map(({ profile }) => profile());
}

/** null: none of that name is shipped. */
export function findShipped(name: string | null | undefined): Profile | null {
  const model = catalogue().models.find((candidate) => candidate.name === name);
  return model ? model.profile() : null;
}

/** Throws ProfileError `profile-missing`. */
export function shippedProfile(name: string): Profile {
  const profile = findShipped(name);
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
  return modelsOfUsb(port).map(({ name }) => name);
}

export function profilesOfUsb(port: UsbPort): Profile[] {
  return modelsOfUsb(port).map(({ profile }) => profile());
}

function modelsOfUsb(port: UsbPort): Model[] {
  return catalogue().models.filter((model) => knowsUsbPort(model, port));
}

export function knowsUsbPort(
  { recognition }: Pick<Profile, 'recognition'>,
  port: UsbPort,
): boolean {
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
  const match = catalogue().models.find(({ recognition }) => recognition.smpInfo?.occursIn(info));
  if (!match) throw new ProfileError('terminal-unknown');
  return match.name;
}

/**
 * The name of the best profile for an Android terminal's system properties. Throws ProfileError
 * `terminal-unknown` where none takes it.
 */
export function recogniseByAndroid(properties: ReadonlyMap<string, string>): string {
  const match = catalogue().models.find(
    ({ recognition: { android } }) =>
      android.size > 0 &&
      [...android].every(([name, form]) => form.occursIn(properties.get(name) ?? '')),
  );
  if (!match) throw new ProfileError('terminal-unknown');
  return match.name;
}
