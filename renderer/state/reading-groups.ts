/** How the overview puts readings together. */
import { readingNames } from '../../native-bridge/contract/reading.ts';
import type { ReadingName } from '../../native-bridge/contract/reading.ts';

export const readingGroups = [
  'payment',
  'qr',
  'network',
  'wifi',
  'cellular',
  'battery',
  'firmware',
  'identity',
  'device',
] as const;
export type ReadingGroup = (typeof readingGroups)[number];

/** The names of a group, in the vocabulary's order; the clock stands with the device. */
export function namesOf(group: ReadingGroup): readonly ReadingName[] {
  const prefixes = group === 'device' ? ['clock.', 'device.'] : [`${group}.`];
  return readingNames.filter((name) => prefixes.some((prefix) => name.startsWith(prefix)));
}
