/** How the playbook is laid out on the screen. */
import type { Group, Symptom } from '../../native-bridge/contract/diagnosis.ts';

export const groups: readonly Group[] = ['network', 'hardware', 'settings', 'account', 'platform'];
/** How the groups stand beside each other. */
export const groupColumns: readonly (readonly Group[])[] = [
  ['network', 'settings'],
  ['hardware', 'account', 'platform'],
];
export const symptoms: readonly Symptom[] = ['S1', 'S2', 'S3', 'S4', 'S5'];
