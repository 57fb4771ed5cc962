/**
 * Where each check has its place on the screen, before any finding has come in: rows stand still
 * from the first moment and only fill in.
 */
import type { CheckId, Group, Rung, Symptom } from '../../native-bridge/contract/diagnosis.ts';

export interface CheckPlace {
  readonly check: CheckId;
  readonly group: Group;
  readonly guide: string;
  /** The rung of the ladder it stands on. */
  readonly rung: Rung;
}

/** In the guide's order. */
export const checkPlaces: readonly CheckPlace[] = [
  { check: 'network', group: 'network', guide: '1.1', rung: 'address' },
  { check: 'wifi', group: 'network', guide: '1.2', rung: 'link' },
  { check: 'battery', group: 'hardware', guide: '2.2', rung: 'power' },
  { check: 'system-version', group: 'hardware', guide: '2.3', rung: 'sign-in' },
  { check: 'payment-settings', group: 'settings', guide: '3.1', rung: 'payment-settings' },
  { check: 'qr-mode', group: 'settings', guide: '3.2', rung: 'qr-mode' },
  { check: 'platform', group: 'platform', guide: '5.1', rung: 'platform' },
];

export const groups: readonly Group[] = ['network', 'hardware', 'settings', 'account', 'platform'];
export const symptoms: readonly Symptom[] = ['S1', 'S2', 'S3', 'S4', 'S5'];
