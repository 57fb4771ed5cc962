/** The report's work: corrections with before and after, flashes with their proof, notes, next steps. */
import type { Correction } from '../../contract/correction.ts';
import type { ImageInspection } from '../../contract/firmware.ts';
import { readingNameSchema } from '../../contract/reading.ts';
import {
  actorWord,
  faultWords,
  readingLabel,
  say,
  snakeOfKebab,
  words,
} from '../../wording/index.ts';
import { html, rawLines, type Html } from './html.ts';
import type { Flash, Summary } from './summary.ts';
import { timeIn, type ReportWords } from './words.ts';

export function workPart(summary: Summary, w: ReportWords): Html {
  const { corrections, flashes, notes } = summary;
  const nothing = corrections.length + flashes.length === 0;
  return html`<h2>${words('report_done', {}, w.locale)}</h2>
    ${nothing ? html`<p class="quiet">${words('report_nothing_done', {}, w.locale)}</p>` : null}
    ${corrections.length > 0 ? correctionsTable(summary, w) : null}
    ${flashes.map((flash) => flashPart(flash, w))} ${notes.map((note) => notePart(note, w))}`;
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
  return html`<tr>
    <td class="time">${timeIn(w, atUtc)}</td>
    <td>${settingName(change.key, w)}</td>
    <td>${value(change.before)}</td>
    <td>${value(change.after)}</td>
    <td>${sign} ${change.secret ? null : value(change.readBack)}</td>
    <td>${settles === null ? ended : html`${ended}<br /><span class="quiet">${settles}</span>`}</td>
  </tr>`;
}

/** A setting that is named after a reading has that reading's name. */
function settingName(key: string, w: ReportWords): string {
  const name = readingNameSchema.safeParse(key);
  return name.success ? readingLabel(name.data, w.locale) : key;
}

function flashPart({ atUtc, result, image }: Flash, w: ReportWords): Html {
  const { locale } = w;
  const from = result.fromVersion ?? words('value_missing', {}, locale);
  const fault = result.fault && faultWords(result.fault, locale);
  const line = (text: string | null): Html | null => (text === null ? null : html`<p>${text}</p>`);
  const { durationMs, sentBytes, allowed, failedPhase, runningHash, runningVersion } = result;
  // Where it went well the state has said it.
  const running =
    !/^done/u.test(result.verdict) && runningVersion !== null && runningHash !== null
      ? words('report_flash_running', { version: runningVersion, hash: runningHash }, locale)
      : null;
  const phase = failedPhase && words(`flash_phase_${snakeOfKebab(failedPhase)}`, {}, locale);
  return html`<div class="flash">
    <p>
      <span class="quiet">${timeIn(w, atUtc)}</span> ${words('report_flashes', {}, locale)}
      ${words('report_flash_versions', { from, to: result.toVersion }, locale)}:
      <b>${words(`flash_verdict_${snakeOfKebab(result.verdict)}`, {}, locale)}</b>
    </p>
    ${line(say(result.state, locale))} ${line(running)}
    ${line(phase && words('report_flash_failed_at', { phase }, locale))}
    ${fault && line(`${fault.what} · ${fault.next}`)} ${image && imagePart(image, w)}
    ${allowed.length > 0 ? line(words('report_flash_allowed', { allowed }, locale)) : null}
    <p class="quiet">${words('report_flash_took', { durationMs, sentBytes }, locale)}</p>
  </div>`;
}

function imagePart({ fileSha256, signature }: ImageInspection, w: ReportWords): Html {
  const { keyName, state } = signature;
  const signed =
    state === 'valid'
      ? words('report_flash_signed', { key: keyName ?? '' }, w.locale)
      : words(
          state === 'unsigned' ? 'report_flash_unsigned' : 'report_flash_unverified',
          {},
          w.locale,
        );
  return html`<p>${words('report_flash_image', { hash: fileSha256 }, w.locale)} · ${signed}</p>`;
}

/** Who does what now. */
export function nextPart({ next }: Summary, w: ReportWords): Html {
  const steps = next.map(
    ({ who, what }) => html`<li><b>${actorWord(who, w.locale)}</b> ${say(what, w.locale)}</li>`,
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
