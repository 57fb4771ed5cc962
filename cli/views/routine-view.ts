/** What a routine visit says besides: when the next one is due, and was → is since the visits before. */
import type { Routine, Trend } from '../../native-bridge/contract/diagnosis.ts';
import {
  nextVisitWords,
  nothingCompared,
  trendWords,
  words,
} from '../../native-bridge/wording/index.ts';
import type { Style } from '../output/style.ts';
import { table } from '../output/table.ts';
import { wrap } from '../output/width.ts';
import type { ViewOptions } from './diagnosis-view.ts';

export function routineView(routine: Routine, atUtc: string, options: ViewOptions): string {
  const { locale, style, columns } = options;
  const next = wrap(nextVisitWords(routine, locale), columns).map(style.bold);
  const nothing = nothingCompared(routine, locale);
  if (nothing !== null) return [...next, nothing].join('\n');
  const rows = routine.trends.map((trend) => {
    const { label, was, is, ago, arrow, verdict } = trendWords(trend, atUtc, locale);
    const paint = paintOf(style, trend.verdict);
    return [label, `${was} → ${is} (${ago})`, paint(`${arrow} ${verdict}`)];
  });
  return [
    ...next,
    words('routine_trends', {}, locale),
    table(rows, { columns, dim: style.dim }),
  ].join('\n');
}

function paintOf(style: Style, verdict: Trend['verdict']): (text: string) => string {
  switch (verdict) {
    case 'better':
      return style.green;
    case 'watch':
    case 'worse':
      return style.yellow;
    case 'steady':
      return style.dim;
  }
}
