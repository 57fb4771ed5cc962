/** How the playbook is laid out on the screen. */
import type { Group, Symptom } from '../../native-bridge/contract/diagnosis.ts';
import type { Purpose } from './diagnosis-desk.ts';

export const groups: readonly Group[] = ['network', 'hardware', 'settings', 'account', 'platform'];
/** How the groups stand beside each other. */
export const groupColumns: readonly (readonly Group[])[] = [
  ['network', 'settings', 'platform'],
  ['hardware', 'account'],
];
/** What a diagnosis may be for, as it is offered. */
export const purposes: readonly Purpose[] = ['S1', 'S2', 'S3', 'S4', 'S5', 'routine'];

export const symptomOf = (purpose: Purpose): Symptom | null =>
  purpose === 'routine' ? null : purpose;
