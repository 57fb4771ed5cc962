/** The settings that typed words are about: in their names in either language, their keys, their values. */
import type { SettingRow } from '../../native-bridge/contract/correction.ts';

/** Each word occurs somewhere in the row; of a secret setting no value is looked at. */
export function settingsAbout(rows: readonly SettingRow[], typed: string): readonly SettingRow[] {
  const wanted = plain(typed).split(' ').filter(Boolean);
  if (wanted.length === 0) return rows;
  return rows.filter((row) => {
    const said = plain(saidBy(row).join('\n'));
    return wanted.every((word) => said.includes(word));
  });
}

function saidBy({ key, labels, current, expected, backup, secret }: SettingRow): string[] {
  const names = [key, ...Object.values(labels)];
  if (secret) return names;
  return [...names, current ?? '', expected ?? '', backup?.value ?? ''];
}

/** Full-width letters and digits, as Chinese keyboards type them, are the same. */
const plain = (text: string): string =>
  text.normalize('NFKC').toLowerCase().replaceAll(/ +/g, ' ').trim();
