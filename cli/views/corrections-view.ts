/** The history of a terminal's settings: when, what kind, each change, and by what id to undo it. */
import type { Correction } from '../../native-bridge/contract/correction.ts';
import type { Result } from '../../native-bridge/contract/requests.ts';
import { correctionKind, formatTime } from '../../native-bridge/wording/index.ts';
import { table } from '../output/table.ts';
import type { Shell } from '../shell.ts';
import { settingText } from './settings-view.ts';

type Kept = Result<'listCorrections'>['corrections'][number];

export const isUndoable = ({ outcome, undoneUtc, changes }: Kept): boolean =>
  undoneUtc === null &&
  (outcome === 'applied' || outcome === 'partly-applied') &&
  changes.some(({ secret }) => !secret);

export function correctionsView(corrections: readonly Kept[], shell: Shell): string {
  const { style, columns, locale } = shell;
  const head = [
    shell.words('cli_head_time', {}),
    shell.words('cli_head_result', {}),
    shell.words('cli_head_changed', {}),
    shell.words('cli_head_id', {}),
  ];
  const rows = corrections.map((one) => [
    formatTime(one.atUtc).slice(0, 16),
    [
      correctionKind(one, locale),
      ...(one.undoneUtc === null ? [] : [style.dim(shell.words('cli_undone_since', {}))]),
    ].join('\n'),
    one.changes.map((change) => changeText(change, shell)).join('\n'),
    one.id,
  ]);
  return table(rows, { columns, head, keep: [3], dim: style.dim });
}

function changeText(change: Correction['changes'][number], shell: Shell): string {
  const { key, before, after, secret } = change;
  if (secret) return `${key}: ${shell.words('cli_secret', {})}`;
  return `${key}: ${settingText(key, before, shell)} → ${settingText(key, after, shell)}`;
}
