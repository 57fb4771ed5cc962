/** The report's work: corrections with before and after, flashes, notes, recordings, tests, next steps. */
import type { Correction } from '../../contract/correction.ts';
import { actorWord, faultWords, say, snakeOfKebab, words } from '../../wording/index.ts';
import { appPart } from './app-part.ts';
import { flashPart } from './flash-part.ts';
import { html, rawLines, type Html } from './html.ts';
import { scannerPart } from './scanner-part.ts';
import type { Summary } from './summary.ts';
import { settingName, timeIn, type ReportWords } from './words.ts';

export const workPart = (summary: Summary, w: ReportWords): (Html | null)[] => [
  donePart(summary, w),
  scannerPart(summary, w),
];

function donePart(summary: Summary, w: ReportWords): Html {
  const { corrections, flashes, apps, notes, recordings: names } = summary;
  const nothing = corrections.length + flashes.length + apps.length === 0;
  const parts = [
    ...flashes.map((flash) => flashPart(flash, w)),
    ...apps.map(({ app }) => appPart(app, w)),
  ];
  return html`<h2>${words('report_done', {}, w.locale)}</h2>
    ${nothing ? html`<p class="quiet">${words('report_nothing_done', {}, w.locale)}</p>` : null}
    ${corrections.length > 0 ? correctionsTable(summary, w) : null} ${parts}
    ${notes.map((note) => notePart(note, w))}
    ${names.length > 0 ? html`<p>${words('report_recording', { names }, w.locale)}</p>` : null}`;
}

const notePart = (note: Summary['notes'][number], w: ReportWords): Html =>
  html`<p>
    <span class="quiet">${timeIn(w, note.atUtc)} ${words('report_notes', {}, w.locale)}</span>
    ${rawLines(note.text)}
  </p>`;

function correctionsTable({ corrections }: Summary, w: ReportWords): Html {
  const rows = corrections.flatMap(({ atUtc, correction }) =>
    correction.changes.map((change) => correctionRow(atUtc, correction, change, w)),
  );
  const head = (
    [
      'report_time',
      'report_setting',
      'report_before',
      'report_after',
      'report_read_back',
      'report_outcome',
    ] as const
  ).map((key) => html`<th>${words(key, {}, w.locale)}</th>`);
  return html`<table>
    <tr>
      ${head}
    </tr>
    ${rows}
  </table>`;
}

function correctionRow(
  atUtc: string,
  { outcome, interruptedUtc }: Correction,
  change: Correction['changes'][number],
  w: ReportWords,
): Html {
  const value = (text: string | null): string => {
    if (change.secret) return words('report_secret', {}, w.locale);
    return text ?? words('report_not_set', {}, w.locale);
  };
  const ended = words(`correction_outcome_${snakeOfKebab(outcome)}`, {}, w.locale);
  const begun = interruptedUtc === undefined ? null : timeIn(w, interruptedUtc);
  const settles = begun && words('report_was_interrupted', { startedUtc: begun }, w.locale);
  const sign = change.verified
    ? html`<span class="pass">✓</span>`
    : html`<span class="fail">✕</span>`;
  const found = html`${sign} ${change.secret ? null : value(change.readBack)}`;
  const why = change.failure === undefined ? null : faultWords(change.failure, w.locale).what;
  return html`<tr>
    <td class="time">${timeIn(w, atUtc)}</td>
    <td>${settingName(change.key, w)}</td>
    <td>${value(change.before)}</td>
    <td>${value(change.after)}</td>
    <td>${why === null ? found : html`${found}<br /><span class="quiet">${why}</span>`}</td>
    <td>${settles === null ? ended : html`${ended}<br /><span class="quiet">${settles}</span>`}</td>
  </tr>`;
}

/** Who does what now. */
export function nextPart({ next }: Summary, w: ReportWords): Html {
  const steps = next.map(
    ({ who, what }) =>
      html`<li>
        <b>${words('report_who', { who: actorWord(who, w.locale) }, w.locale)}</b>
        ${say(what, w.locale)}
      </li>`,
  );
  const body =
    steps.length === 0
      ? html`<p class="quiet">${words('report_nothing_next', {}, w.locale)}</p>`
      : html`<ol>
          ${steps}
        </ol>`;
  return html`<h2>${words('report_next', {}, w.locale)}</h2>
    ${body}`;
}
