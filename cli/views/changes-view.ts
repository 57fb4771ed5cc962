/** What a second diagnosis says otherwise than the first. */
import type { Diagnosis } from '../../native-bridge/contract/diagnosis.ts';
import { checkLabel, findingSign, say, verdictWord } from '../../native-bridge/wording/index.ts';
import { verdictPaint } from '../output/style.ts';
import { table } from '../output/table.ts';
import type { Shell } from '../shell.ts';

export function changesView(before: Diagnosis, after: Diagnosis, shell: Shell): string {
  const { locale, style, columns } = shell;
  const rows = after.findings.flatMap((now) => {
    const was = before.findings.find((finding) => finding.check === now.check);
    if (was === undefined || was.verdict === now.verdict) return [];
    const cell = (finding: typeof now) =>
      verdictPaint(
        style,
        finding.verdict,
      )(`${findingSign(finding)} ${verdictWord(finding.verdict, locale)}`);
    return [[checkLabel(now.check, locale), cell(was), cell(now), say(now.headline, locale)]];
  });
  if (rows.length === 0) return shell.words('cli_nothing_changed', {});
  const head = [
    shell.words('cli_head_changed', {}),
    shell.words('cli_head_before', {}),
    shell.words('cli_head_after', {}),
    '',
  ];
  return table(rows, { columns, head, dim: style.dim });
}
