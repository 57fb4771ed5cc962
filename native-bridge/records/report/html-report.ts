/**
 * The report for people: one HTML file that needs nothing else, to read, print and sign. It runs no
 * script and loads nothing, and its policy says so.
 */
import type { CaseRecord } from '../../contract/case.ts';
import type { SignedState } from '../../contract/signature.ts';
import { isRecording } from '../../contract/port.ts';
import { formatReading, readingLabel, symptomWords, words } from '../../wording/index.ts';
import { changesPart, checksPart, evidencePart, verdictPart } from './findings-part.ts';
import { collectedPart } from './collected-part.ts';
import { html, Html, inlinePicture } from './html.ts';
import type { ShopIdentity } from '../shop-identity.ts';
import type { PhotoSources } from './photo-source.ts';
import { routinePart } from './routine-part.ts';
import { signaturesPart } from './signed-part.ts';
import { reportStyle } from './style.ts';
import { summarize, type Summary } from './summary.ts';
import { cardsPart } from './support-part.ts';
import { nextPart, workPart } from './work-part.ts';
import { timeIn, zoneName, type ReportWords } from './words.ts';

interface HtmlOptions {
  readonly toolVersion: string;
  readonly photos: PhotoSources;
  readonly shop: Pick<ShopIdentity, 'name' | 'logo'>;
  readonly signed: SignedState | null;
}

export function htmlReport(
  record: CaseRecord,
  w: ReportWords,
  { toolVersion, photos, shop, signed }: HtmlOptions,
): string {
  const summary = summarize(record);
  const title = words('report_title', {}, w.locale);
  const product = words('product_name', {}, w.locale);
  const who = record.identity?.serialNumber ?? record.identity?.model ?? record.merchant ?? '–';
  const body = html`<!doctype html>
    <html lang="${w.locale}">
      <head>
        <meta charset="utf-8" />
        <meta
          http-equiv="Content-Security-Policy"
          content="default-src 'none'; style-src 'unsafe-inline'; img-src data:"
        />
        <meta name="viewport" content="width=device-width" />
        <title>${title} · ${who}</title>
        <style>
          ${new Html(reportStyle)}
        </style>
      </head>
      <body>
        <header>
          ${shopPart(shop, w)}
          <h1>${title}</h1>
          <span class="quiet">${product}</span>
        </header>
        ${recordingPart(summary, w)} ${factsPart(summary, w)} ${verdictPart(summary, w)}
        ${routinePart(summary, w)} ${nextPart(summary, w)} ${cardsPart(summary, w)}
        ${collectedPart(summary, w, photos)} ${workPart(summary, w)} ${changesPart(summary, w)}
        ${checksPart(summary, w)} ${evidencePart(summary, w)} ${readingsPart(summary, w)}
        ${signaturesPart(summary, signed, w)}
        <footer>
          <p>
            ${words('report_made_with', { product, version: toolVersion, caseId: record.id }, w.locale)}
          </p>
          <p>${words('report_times_in', { zone: zoneName(w, record.openedUtc) }, w.locale)}</p>
        </footer>
      </body>
    </html> `;
  return body.text;
}

/** Whose report it is: nothing where the shop has not said. */
function shopPart({ name, logo }: HtmlOptions['shop'], { locale }: ReportWords): Html | null {
  if (name === null && logo === null) return null;
  const alt =
    name === null
      ? words('report_logo_alone', {}, locale)
      : words('report_logo', { shop: name }, locale);
  return html`<div class="shop">
    ${logo === null ? null : inlinePicture(alt, logo)}
    ${name === null ? null : html`<b><bdi>${name}</bdi></b>`}
  </div>`;
}

/** Nobody is to take what was done to a recording for what was done to a terminal. */
function recordingPart({ record }: Summary, { locale }: ReportWords): Html | null {
  if (record.portUrl === null || !isRecording(record.portUrl)) return null;
  return html`<p class="fail"><b>${words('report_from_recording', {}, locale)}</b></p>`;
}

function factsPart(summary: Summary, w: ReportWords): Html {
  const { record, ticket } = summary;
  const { symptom } = record;
  const { locale } = w;
  const rows: [string, string][] = [
    ...terminalFacts(record, w),
    [words('report_merchant', {}, locale), record.merchant ?? '–'],
    ...(ticket === null ? [] : [[words('report_ticket', {}, locale), ticket] as [string, string]]),
    [words('report_opened', {}, locale), timeIn(w, record.openedUtc)],
    [
      words('report_closed', {}, locale),
      record.closedUtc === null
        ? words('report_still_open', {}, locale)
        : timeIn(w, record.closedUtc),
    ],
  ];
  const isRoutine = summary.last?.routine != null;
  const heard = symptom
    ? `${symptom} · ${symptomWords(symptom, locale)}`
    : isRoutine
      ? symptomWords(null, locale)
      : null;
  return html`<dl class="facts">
      ${rows.map(
        ([label, value]) =>
          html`<div>
            <dt>${label}</dt>
            <dd><bdi>${value}</bdi></dd>
          </div>`,
      )}
    </dl>
    ${heard && html`<p><b>${words('report_symptom', {}, locale)}</b> ${heard}</p>`}`;
}

/** Which terminal it was, and how it was reached; that there was none is one fact, not five. */
function terminalFacts({ identity, portUrl, profile }: CaseRecord, w: ReportWords) {
  const { locale } = w;
  const model: [string, string][] =
    profile === null ? [] : [[words('report_profile', {}, locale), profile]];
  if (identity === null) {
    const none = words('report_no_terminal', {}, locale);
    return [[words('report_terminal', {}, locale), none] as [string, string], ...model];
  }
  const missing = words('value_missing', {}, locale);
  const serial = identity.serialNumber ?? missing;
  const facts: [string, string][] = [
    [words('report_model', {}, locale), identity.model],
    [
      words('report_serial_number', {}, locale),
      identity.basis === 'assumed' ? words('report_serial_assumed', { serial }, locale) : serial,
    ],
    [words('report_firmware', {}, locale), identity.firmwareVersion ?? missing],
    ...model,
    [words('report_port', {}, locale), portUrl ?? '–'],
  ];
  return facts;
}

function readingsPart({ readings }: Summary, w: ReportWords): Html | null {
  if (readings.length === 0) return null;
  const { locale } = w;
  const rows = readings.map(
    (reading) =>
      html`<tr>
        <td>${readingLabel(reading.name, locale)}</td>
        <td>${formatReading(reading, locale)}</td>
        <td><code>${reading.source}</code></td>
        <td class="time">${timeIn(w, reading.atUtc)}</td>
      </tr>`,
  );
  return html`<h2>${words('report_readings', {}, locale)}</h2>
    <table class="evidence">
      <tr>
        <th>${words('report_reading', {}, locale)}</th>
        <th>${words('report_value', {}, locale)}</th>
        <th>${words('report_source', {}, locale)}</th>
        <th>${words('report_time', {}, locale)}</th>
      </tr>
      ${rows}
    </table>`;
}
