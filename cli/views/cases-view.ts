/** Cases as a table, one a line. */
import type { CaseSummary } from '../../native-bridge/contract/case.ts';
import { checkIdSchema } from '../../native-bridge/contract/diagnosis.ts';
import { flashVerdictSchema } from '../../native-bridge/contract/firmware.ts';
import { isRecording } from '../../native-bridge/contract/port.ts';
import { plain, snakeOfKebab } from '../../native-bridge/wording/catalogue.ts';
import {
  checkLabel,
  cleanText,
  dayOf,
  formatTime,
  verdictSign,
} from '../../native-bridge/wording/index.ts';
import { table } from '../output/table.ts';
import type { Shell } from '../shell.ts';

export function casesView(cases: readonly CaseSummary[], shell: Shell): string {
  const { columns, style } = shell;
  const head = [
    shell.words('cli_head_time', {}),
    shell.words('cli_head_terminal', {}),
    shell.words('cli_head_merchant', {}),
    shell.words('cli_head_result', {}),
    shell.words('cli_head_case', {}),
  ];
  const rows = cases.map((one) => {
    return [
      formatTime(one.openedUtc).slice(0, 16),
      cleanText(terminalText(one, shell), 80),
      cleanText(one.merchant ?? '–', 60),
      resultText(one, shell),
      one.id,
    ];
  });
  return table(rows, { columns, head, keep: [4], dim: style.dim });
}

function terminalText({ identity }: CaseSummary, shell: Shell): string {
  if (identity === null) return shell.words('cli_no_terminal_case', {});
  return `${identity.model} ${identity.serialNumber ?? shell.words('cli_assumed', {})}`;
}

function resultText(one: CaseSummary, shell: Shell): string {
  const { locale } = shell;
  const cause = checkIdSchema.safeParse(one.cause);
  const verdict = flashVerdictSchema.safeParse(one.flashVerdict);
  const parts = [
    ...(one.portUrl !== null && isRecording(one.portUrl)
      ? [shell.words('cli_history_from_recording', {})]
      : []),
    ...(one.symptom === null ? [] : [one.symptom]),
    ...(one.nextVisitUtc === null
      ? []
      : [shell.words('routine_next_short', { day: dayOf(one.nextVisitUtc) })]),
    ...(one.ticket === null ? [] : [cleanText(one.ticket, 64)]),
    ...(cause.success ? [`${verdictSign('fail')} ${checkLabel(cause.data, locale)}`] : []),
    ...(verdict.success ? [plain(`flash_verdict_${snakeOfKebab(verdict.data)}`, locale)] : []),
  ];
  const mark = one.flashCorrected ? ` ${shell.words('cli_history_corrected', {})}` : '';
  return parts.length === 0 ? '–' : `${parts.join(' · ')}${mark}`;
}
