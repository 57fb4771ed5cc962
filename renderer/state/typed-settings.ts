/** New values that the technician types into the settings: which of them change something, and which are written. */
import type {
  Correction,
  SettingChange,
  SettingRow,
} from '../../native-bridge/contract/correction.ts';

/** A secret is never shown, so a typed one always is; of a network '' says that something lacks. */
export function isChange({ current, secret, form }: SettingRow, typed: string): boolean {
  if (secret || form !== undefined) return typed !== '';
  return typed !== (current ?? '');
}

/** Those that the terminal has taken and still has. */
export function takenOf(
  { outcome, changes }: Correction,
  asked: readonly SettingChange[],
): readonly SettingChange[] {
  if (outcome !== 'applied' && outcome !== 'partly-applied') return [];
  return asked.filter(({ key }) => changes.findLast((one) => one.key === key)?.verified === true);
}
