/** Settings and corrections as tables: what is, what was, what should be, what became of it. */
import type { Correction, SettingRow } from '../../native-bridge/contract/correction.ts';
import { cleanText, faultWords, settingWords } from '../../native-bridge/wording/index.ts';
import { table } from '../output/table.ts';
import type { Shell } from '../shell.ts';

export function settingsView(rows: readonly SettingRow[], shell: Shell): string {
  const { style, columns, locale } = shell;
  const kept = rows.some(({ backup }) => backup !== null);
  const head = [
    '',
    shell.words('cli_head_setting', {}),
    shell.words('cli_head_current', {}),
    ...(kept ? [shell.words('cli_head_backup', {})] : []),
    shell.words('cli_head_expected', {}),
  ];
  const cells = rows.map((row) => [
    sign(row, shell),
    `${row.labels[locale]}\n${style.dim(row.key)}`,
    currentText(row, shell),
    ...(kept ? [backupText(row, shell)] : []),
    row.expected === null
      ? style.dim(shell.words('cli_any', {}))
      : settingText(row.key, row.expected, shell),
  ]);
  return table(cells, { columns, head, dim: style.dim });
}

/** What has to be set on the terminal itself, and where; null: nothing. */
export function byHandView(rows: readonly SettingRow[], { style, locale }: Shell): string | null {
  const lines = rows.flatMap(({ labels, byHand, differs }) => {
    if (byHand == null || !differs) return [];
    const { what, next } = faultWords(byHand, locale);
    return [`${style.yellow('▲')} ${labels[locale]}: ${what}`, `  → ${next}`];
  });
  return lines.length === 0 ? null : lines.join('\n');
}

function backupText({ key, backup }: SettingRow, shell: Shell): string {
  if (backup === null) return shell.style.dim('–');
  const text = settingText(key, backup.value, shell);
  return backup.differs ? shell.style.yellow(text) : text;
}

function sign(row: SettingRow, { style }: Shell): string {
  if (row.failure !== null) return '?';
  if (row.differs) return style.red('✕');
  if (row.secret) return '–';
  if (row.expected !== null) return style.green('✓');
  return row.backup?.differs === true ? style.yellow('▲') : '–';
}

function currentText(row: SettingRow, shell: Shell): string {
  if (row.secret) return shell.words('cli_secret', {});
  if (row.failure !== null) return faultWords(row.failure, shell.locale).what;
  return settingText(row.key, row.current, shell);
}

/** As it is typed, with its words where it has some. */
export function settingText(key: string, value: string | null, shell: Shell): string {
  if (value === null) return shell.words('cli_not_set', {});
  const words = settingWords(key, value, shell.locale);
  if (words === null || words === value) return valueText(value);
  return shell.words('cli_aside', { text: words, aside: value });
}

/** By its label where the rows have it, else by its name in the profile. */
export function namedSetting(
  key: string,
  rows: readonly SettingRow[],
  { style, locale }: Shell,
): string {
  const label = rows.find((row) => row.key === key)?.labels[locale];
  return label === undefined ? key : `${label}\n${style.dim(key)}`;
}

/** Quotes where spaces or nothing at all would not be seen. */
function valueText(value: string): string {
  const clean = cleanText(value);
  return clean === value && value !== '' ? value : JSON.stringify(clean);
}

/** Before anything is touched: what will be written over what. */
export function plannedView(
  planned: readonly { readonly row: SettingRow; readonly value: string }[],
  shell: Shell,
): string {
  const head = [
    shell.words('cli_head_setting', {}),
    shell.words('cli_head_before', {}),
    shell.words('cli_head_after', {}),
  ];
  const cells = planned.map(({ row, value }) => [
    `${row.labels[shell.locale]}\n${shell.style.dim(row.key)}`,
    currentText(row, shell),
    row.secret ? shell.words('cli_secret', {}) : settingText(row.key, value, shell),
  ]);
  return table(cells, { columns: shell.columns, head, dim: shell.style.dim });
}

/** `rows` give the settings their names; without them the profile's keys stand alone. */
export function correctionView(
  correction: Correction,
  shell: Shell,
  rows: readonly SettingRow[] = [],
): string {
  const { style, columns } = shell;
  const head = [
    '',
    shell.words('cli_head_setting', {}),
    shell.words('cli_head_before', {}),
    shell.words('cli_head_after', {}),
    shell.words('cli_head_read_back', {}),
  ];
  const cells = correction.changes.map((change) => [
    change.verified ? style.green('✓') : style.red('✕'),
    namedSetting(change.key, rows, shell),
    changeText(change, 'before', shell),
    changeText(change, 'after', shell),
    changeText(change, 'readBack', shell),
  ]);
  const failures = correction.changes.flatMap(({ key, failure }) =>
    failure === undefined
      ? []
      : [`${style.red('✕')} ${key}: ${faultWords(failure, shell.locale).what}`],
  );
  return [
    table(cells, { columns, head, dim: style.dim }),
    ...failures,
    ...notKeptText(correction, shell),
    outcomeText(correction.outcome, shell),
    ...(correction.restartNeeded ? [`${style.yellow('▲')} ${shell.words('cli_restart', {})}`] : []),
  ].join('\n');
}

function notKeptText({ notKept }: Correction, shell: Shell): string[] {
  if (notKept === undefined) return [];
  const why = faultWords(notKept, shell.locale).what;
  return [`${shell.style.red('✕')} ${shell.words('cli_not_kept', { why })}`];
}

/** Of a secret its name, where it has one. */
function changeText(
  { key, secret, names, ...change }: Correction['changes'][number],
  which: 'before' | 'after' | 'readBack',
  shell: Shell,
): string {
  if (!secret) return settingText(key, change[which], shell);
  return names === undefined
    ? shell.words('cli_secret', {})
    : settingText(key, names[which], shell);
}

function outcomeText(outcome: Correction['outcome'], shell: Shell): string {
  const { green, red } = shell.style;
  switch (outcome) {
    case 'applied':
      return `${green('✓')} ${shell.words('cli_correction_applied', {})}`;
    case 'undone':
      return `${green('✓')} ${shell.words('cli_correction_undone', {})}`;
    case 'reverted':
      return `${red('✕')} ${shell.words('cli_correction_reverted', {})}`;
    case 'partly-applied':
      return `${red('✕')} ${shell.words('cli_correction_partly', {})}`;
  }
}
