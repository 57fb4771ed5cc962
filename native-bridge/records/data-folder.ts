/** Where records and logs live when nobody says otherwise, by platform. */
import { homedir } from 'node:os';
import { join, posix, win32 } from 'node:path';
import type { Photo } from '../contract/evidence.ts';

const folderName = 'pos-bench';

/** The database, in the data folder. */
export const recordsFile = 'records.db';

export interface PlatformFacts {
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly home: string;
}

const thisComputer = (): PlatformFacts => ({
  platform: process.platform,
  environment: process.env,
  home: homedir(),
});

/**
 * Linux and others: `$XDG_DATA_HOME` if absolute, else `~/.local/share` (XDG Base Directory
 * Specification 0.8); Windows: `%LOCALAPPDATA%`; macOS: `~/Library/Application Support`.
 */
export function defaultDataFolder(facts: PlatformFacts = thisComputer()): string {
  const { platform, environment, home } = facts;
  if (platform === 'win32') return win32.join(localAppData(facts), folderName);
  if (platform === 'darwin') {
    return posix.join(home, 'Library', 'Application Support', folderName);
  }
  return posix.join(xdgFolder(environment['XDG_DATA_HOME'], home, '.local/share'), folderName);
}

/** Where what may be lost is kept: `$XDG_CACHE_HOME` or `~/.cache`, and its like elsewhere. */
export function defaultCacheFolder(facts: PlatformFacts = thisComputer()): string {
  const { platform, environment, home } = facts;
  if (platform === 'win32') return win32.join(localAppData(facts), folderName, 'cache');
  if (platform === 'darwin') return posix.join(home, 'Library', 'Caches', folderName);
  return posix.join(xdgFolder(environment['XDG_CACHE_HOME'], home, '.cache'), folderName);
}

function localAppData({ environment, home }: PlatformFacts): string {
  const local = environment['LOCALAPPDATA'];
  return local ? local : win32.join(home, 'AppData', 'Local');
}

/** The specification ignores one that is not absolute. */
function xdgFolder(given: string | undefined, home: string, below: string): string {
  return given !== undefined && posix.isAbsolute(given) ? given : posix.join(home, below);
}

/** Copies of images that were verified and sent. */
export function imagesFolder(dataFolder: string): string {
  return join(dataFolder, 'images');
}

/** An image's copy, by its SHA-256 in hex. */
export function imageFile(dataFolder: string, fileSha256: string): string {
  return join(imagesFolder(dataFolder), `${fileSha256}.bin`);
}

/** Photos that belong to cases. */
export function photosFolder(dataFolder: string): string {
  return join(dataFolder, 'photos');
}

const extensions = { 'image/jpeg': 'jpg', 'image/png': 'png' } as const;

/** How the names of all photos of a case begin; its id stands in no other's. */
export const photosOfCase = (caseId: string): string => `${caseId}_`;

/** Both ids are ours (UUIDs). */
export function photoFile(
  dataFolder: string,
  caseId: string,
  { id, photo }: { readonly id: string; readonly photo: Pick<Photo, 'mediaType'> },
): string {
  const name = `${photosOfCase(caseId)}${id}.${extensions[photo.mediaType]}`;
  return join(photosFolder(dataFolder), name);
}
