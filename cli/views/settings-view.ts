/** Settings and corrections as tables: what is, what should be, what became of it. */
import type { Correction, SettingRow } from '../../native-bridge/contract/correction.ts';
import { cleanText, faultWords } from '../../native-bridge/wording/index.ts';
import { table } from '../output/table.ts';
import type { Shell } from '../shell.ts';

export function settingsView(rows: readonly SettingRow[], shell: Shell): string {
  const { style, columns, locale } = shell;
  const head = [
    '',
    shell.words('cli_head_setting', {}),
    shell.words('cli_head_current', {}),
    shell.words('cli_head_expected', {}),
  ];
  const cells = rows.map((row) => [
    sign(row, shell),
    `${row.labels[locale]}\n${style.dim(row.key)}`,
    currentText(row, shell),
    row.expected === null ? style.dim(shell.words('cli_any', {})) : valueText(row.expected),
  ]);
  return table(cells, { columns, head, dim: style.dim });
}

function sign(row: SettingRow, { style }: Shell): string {
  if (row.failure !== null) return '?';
  if (row.differs) return style.red('✕');
  return row.expected === null || row.secret ? '–' : style.green('✓');
}

function currentText(row: SettingRow, shell: Shell): string {
  if (row.secret) return shell.words('cli_secret', {});
  if (row.failure !== null) return faultWords(row.failure, shell.locale).what;
  return row.current === null ? shell.words('cli_not_set', {}) : valueText(row.current);
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
    row.secret ? shell.words('cli_secret', {}) : valueText(value),
  ]);
  return table(cells, { columns: shell.columns, head, dim: shell.style.dim });
}

/** `rows` give the settings their names; without them the profile's keys stand alone. */
export function correctionView(
  correction: Correction,
  shell: Shell,
  rows: readonly SettingRow[] = [],
): string {
  const { style, columns, locale } = shell;
  const named = (key: string) => {
    const label = rows.find((row) => row.key === key)?.labels[locale];
    return label === undefined ? key : `${label}\n${style.dim(key)}`;
  };
  const head = [
    '',
    shell.words('cli_head_setting', {}),
    shell.words('cli_head_before', {}),
    shell.words('cli_head_after', {}),
    shell.words('cli_head_read_back', {}),
  ];
  const value = (text: string | null, secret: boolean) => {
    if (secret) return shell.words('cli_secret', {});
    return text === null ? shell.words('cli_not_set', {}) : valueText(text);
  };
  const cells = correction.changes.map((change) => [
    change.verified ? style.green('✓') : style.red('✕'),
    named(change.key),
    value(change.before, change.secret),
    value(change.after, change.secret),
    value(change.readBack, change.secret),
  ]);
  return [
    table(cells, { columns, head, dim: style.dim }),
    outcomeText(correction.outcome, shell),
    ...(correction.restartNeeded ? [`${style.yellow('▲')} ${shell.words('cli_restart', {})}`] : []),
  ].join('\n');
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
