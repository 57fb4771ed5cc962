/**
 * Where each check has its place on the screen, before any finding has come in: rows stand still
 * from the first moment and only fill in.
 */
import type { CheckId, Group, Rung, Symptom } from '../../native-bridge/contract/diagnosis.ts';

export interface CheckPlace {
  readonly check: CheckId;
  readonly group: Group;
  readonly guide: string;
  /** The rungs of the ladder that it looks at; all of them are well where it passes. */
  readonly rungs: readonly Rung[];
}

/** In the guide's order. */
export const checkPlaces: readonly CheckPlace[] = [
  { check: 'network', group: 'network', guide: '1.1', rungs: ['link', 'address', 'dns', 'portal'] },
  { check: 'wifi', group: 'network', guide: '1.2', rungs: ['link', 'portal'] },
  { check: 'battery', group: 'hardware', guide: '2.2', rungs: ['power'] },
  { check: 'system-version', group: 'hardware', guide: '2.3', rungs: ['operation'] },
  {
    check: 'payment-settings',
    group: 'settings',
    guide: '3.1',
    rungs: ['binding', 'payment-settings'],
  },
  { check: 'qr-mode', group: 'settings', guide: '3.2', rungs: ['qr-mode', 'qr-validity'] },
  { check: 'platform', group: 'platform', guide: '5.1', rungs: ['platform'] },
];

export const groups: readonly Group[] = ['network', 'hardware', 'settings', 'account', 'platform'];
/** How the groups stand beside each other. */
export const groupColumns: readonly (readonly Group[])[] = [
  ['network', 'settings'],
  ['hardware', 'account', 'platform'],
];
export const symptoms: readonly Symptom[] = ['S1', 'S2', 'S3', 'S4', 'S5'];
