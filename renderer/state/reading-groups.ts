/** How the overview puts readings together. */
import { readingNames } from '../../native-bridge/contract/reading.ts';
import type { ReadingName } from '../../native-bridge/contract/reading.ts';

export const readingGroups = [
  'payment',
  'qr',
  'network',
  'wifi',
  'vpn',
  'cellular',
  'battery',
  'scanner',
  'firmware',
  'identity',
  'device',
] as const;
export type ReadingGroup = (typeof readingGroups)[number];

/** The names of a group, in the vocabulary's order; clock, printer and speaker stand with the device. */
export function namesOf(group: ReadingGroup): readonly ReadingName[] {
  const prefixes =
    group === 'device' ? ['clock.', 'device.', 'printer.', 'speaker.'] : [`${group}.`];
  return readingNames.filter((name) => prefixes.some((prefix) => name.startsWith(prefix)));
}
