/** Which settings `config diff` shows and counts, and what to type about them. */
import type { SettingRow } from '../../native-bridge/contract/correction.ts';
import { commandLine } from '../connect.ts';
import type { Shell } from '../shell.ts';

/** Not as expected; where nothing is expected, not as the last backup has it. */
export const isDifference = (row: SettingRow): boolean =>
  row.differs || (row.expected === null && row.backup?.differs === true);

/** Also what is as expected and was otherwise at the last backup: that was a correction. */
export const isWorthSeeing = (row: SettingRow): boolean =>
  row.differs || row.backup?.differs === true;

/** The commands that correct them; null: nothing differs. */
export function diffNext(
  rows: readonly SettingRow[],
  portUrl: string,
  shell: Shell,
): string | null {
  const wrong = rows.filter((row) => row.differs && row.byHand == null);
  const lost = rows.filter((row) => isDifference(row) && !row.differs && row.byHand == null);
  const keysOf = (some: readonly SettingRow[]) => some.map(({ key }) => key);
  const commands = [
    ...(wrong.length > 0 ? [['config', 'apply', portUrl, ...keysOf(wrong)]] : []),
    ...(lost.length > 0 ? [['config', 'restore', portUrl, '--keys', keysOf(lost).join(',')]] : []),
  ];
  if (commands.length === 0) return null;
  const lines = commands.map((command) => `  ${commandLine(shell, command)}`);
  return [shell.words('cli_next', {}), ...lines].join('\n');
}
