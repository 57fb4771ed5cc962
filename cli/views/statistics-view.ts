/** Statistics as a table: the terminal's own names, by group. */
import type {
  StatisticsGroup,
  TerminalStatistics,
} from '../../native-bridge/contract/statistics.ts';
import { cleanText, faultWords, formatWhole } from '../../native-bridge/wording/index.ts';
import { table, type Row } from '../output/table.ts';
import type { Shell } from '../shell.ts';

export function statisticsView(statistics: TerminalStatistics, shell: Shell): string {
  const { groups, omittedGroups: count } = statistics;
  const { style, columns } = shell;
  if (groups.length === 0) {
    return `${shell.words('statistics_none', {})}\n${shell.words('statistics_none_text', {})}`;
  }
  const head = [shell.words('cli_head_counter', {}), shell.words('head_value', {})];
  const values = groups.flatMap(({ fields }) => fields.map(({ value }) => whole(value, shell)));
  const width = Math.max(0, ...values.map((value) => value.length));
  const rows = groups.flatMap((group) => groupRows(group, width, shell));
  const drawn = table(rows, { columns, head, dim: style.dim });
  return count === 0 ? drawn : `${drawn}\n${shell.words('statistics_more_groups', { count })}`;
}

/** `width`: of the widest value, so that their ones stand below each other. */
function groupRows(group: StatisticsGroup, width: number, shell: Shell): Row[] {
  const { locale, style } = shell;
  const { fields, failure, omittedFields: count } = group;
  const title = style.bold(nameOf(group, shell));
  if (failure !== null) return [{ title: `${title}\n? ${faultWords(failure, locale).what}` }];
  if (fields.length === 0) {
    return [{ title: `${title}\n${style.dim(shell.words('statistics_no_fields', {}))}` }];
  }
  const rows = fields.map((field) => [
    `  ${nameOf(field, shell)}`,
    whole(field.value, shell).padStart(width),
  ]);
  const more = { title: style.dim(shell.words('statistics_more_fields', { count })) };
  return [{ title }, ...rows, ...(count === 0 ? [] : [more])];
}

function whole(value: string, shell: Shell): string {
  return formatWhole(value, shell.locale);
}

function nameOf({ name }: { readonly name: string }, shell: Shell): string {
  const clean = cleanText(name, 80);
  return clean === '' ? shell.style.dim(shell.words('statistics_no_name', {})) : clean;
}
