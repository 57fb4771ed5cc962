/** Of a routine visit: where the readings go since the visits before, and when the next one is due. */
import { nextVisitWords, nothingCompared, trendWords, words } from '../../wording/index.ts';
import { html, type Html } from './html.ts';
import type { Summary } from './summary.ts';
import type { ReportWords } from './words.ts';

export function routinePart({ last }: Summary, w: ReportWords): Html | null {
  if (last === null || last.routine === null) return null;
  const { routine, atUtc } = last;
  const { locale, timeZone } = w;
  const nothing = nothingCompared(routine, locale);
  const rows = routine.trends.map((trend) => {
    const { label, was, is, ago, arrow, verdict } = trendWords(trend, atUtc, locale);
    return html`<tr>
      <td>${label}</td>
      <td>${was} <span class="quiet">${ago}</span></td>
      <td>${is}</td>
      <td class="${trend.verdict === 'watch' ? 'warn' : 'quiet'}">${arrow} ${verdict}</td>
    </tr>`;
  });
  const head = (['report_reading', 'report_trend_was', 'report_trend_is'] as const).map(
    (key) => html`<th>${words(key, {}, locale)}</th>`,
  );
  return html`<h2>${words('report_routine', {}, locale)}</h2>
    <p><b>${nextVisitWords(routine, locale, timeZone)}</b></p>
    ${
      nothing === null
        ? html`<table>
            <tr>
              ${head}
              <th>${words('report_trend_verdict', {}, locale)}</th>
            </tr>
            ${rows}
          </table>`
        : html`<p class="quiet">${nothing}</p>`
    }`;
}
