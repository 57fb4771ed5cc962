/**
 * What speaks against a flash, all at once and each with what to do about it. A blocker stops the
 * flash; those marked allowable can be allowed by name, and the case then says so.
 */
import type { ImageInspection } from '../../contract/image.ts';
import type { Profile } from '../../terminals/profile.ts';
import { blocker, type Blocker, type Warning } from './blocker.ts';
import type { KnownOfFlashes } from './history.ts';
import { imageBlockers, imageWarnings } from './image-blockers.ts';
import type { Survey } from './method.ts';
import { terminalBlockers, terminalWarnings } from './terminal-blockers.ts';

export function findBlockers(
  image: ImageInspection,
  found: Survey,
  profile: Profile,
  known: KnownOfFlashes,
): Blocker[] {
  return [
    ...imageBlockers(image, found, profile, known),
    ...terminalBlockers(image, found, profile),
    ...(profile.firmware ? [] : [blocker('no-firmware-profile', { profile: profile.name }, true)]),
  ];
}

export function findWarnings(
  image: ImageInspection,
  found: Survey,
  profile: Profile,
  more: { readonly known: KnownOfFlashes; readonly assumed: boolean },
): Warning[] {
  return [
    ...terminalWarnings(found, more.assumed),
    ...imageWarnings(image, found, profile, more.known),
  ];
}
