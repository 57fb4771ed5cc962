/** Putting a backup back: what it would write, and what became of the rest. */
import type { RestoreResult } from '../../native-bridge/contract/backup.ts';
import type { SettingRow } from '../../native-bridge/contract/correction.ts';
import { table } from '../output/table.ts';
import type { Shell } from '../shell.ts';
import { namedSetting, settingText } from './settings-view.ts';

export function restorePlanView(
  changes: RestoreResult['changes'],
  rows: readonly SettingRow[],
  shell: Shell,
): string {
  const head = [
    shell.words('cli_head_setting', {}),
    shell.words('cli_head_current', {}),
    shell.words('cli_head_backup', {}),
  ];
  const cells = changes.map(({ key, current, backup }) => [
    namedSetting(key, rows, shell),
    settingText(key, current, shell),
    settingText(key, backup, shell),
  ]);
  return table(cells, { columns: shell.columns, head, dim: shell.style.dim });
}

export function restoredView(result: RestoreResult, shell: Shell): string {
  const { compared, changes, failed, unread, unknown, reenter } = result;
  const { green, red, yellow } = shell.style;
  const lines: string[] = [];
  if (changes.length === 0) {
    lines.push(`${green('✓')} ${shell.words('cli_as_in_backup', { count: compared })}`);
  }
  if (failed.length > 0) {
    lines.push(`${red('✕')} ${shell.words('cli_restore_failed', { keys: failed })}`);
  }
  if (unread.length > 0) lines.push(`? ${shell.words('cli_restore_unread', { keys: unread })}`);
  if (unknown.length > 0) lines.push(`– ${shell.words('cli_restore_unknown', { keys: unknown })}`);
  if (reenter.length > 0) {
    lines.push(`${yellow('✎')} ${shell.words('cli_restore_reenter', { keys: reenter })}`);
  }
  return lines.join('\n');
}
