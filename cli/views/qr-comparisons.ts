/** What a code was compared with: both values side by side, and below what does not agree. */
import type { Sentence } from '../../native-bridge/contract/common.ts';
import type { QrComparison } from '../../native-bridge/contract/qr.ts';
import { verdictSign } from '../../native-bridge/wording/index.ts';
import { table } from '../output/table.ts';
import { wrap } from '../output/width.ts';
import type { Shell } from '../shell.ts';

export function qrComparisons(rows: readonly QrComparison[], shell: Shell): string {
  const { columns, style } = shell;
  const head = [
    shell.words('head_topic', {}),
    shell.words('head_in_code', {}),
    shell.words('head_expected_value', {}),
    shell.words('head_from', {}),
  ];
  const said = (value: Sentence | null): string => (value === null ? '–' : shell.say(value));
  const cells = rows.map(({ topic, verdict, found, expected, source }) => [
    `${verdictSign(verdict)} ${shell.say(topic)}`,
    said(found),
    said(expected),
    said(source),
  ]);
  const whys = rows.filter(({ verdict, expected }) => verdict !== 'pass' || expected === null);
  const hasValues = rows.some(({ found, expected }) => found !== null || expected !== null);
  const beside = hasValues ? [table(cells, { columns, head, dim: style.dim })] : [];
  return [...beside, ...whys.map((row) => qrJudgement(row, shell))].join('\n');
}

/** The sentence alone, with its sign. */
export function qrJudgement({ verdict, what }: QrComparison, shell: Shell): string {
  const [first = '', ...rest] = wrap(shell.say(what), shell.columns - 2);
  return [`${verdictSign(verdict)} ${first}`, ...rest.map((line) => `  ${line}`)].join('\n');
}
