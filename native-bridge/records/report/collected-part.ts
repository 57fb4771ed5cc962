/** The report's evidence from people: what was said and copied down, and the photos. */
import type { CaseEvidence } from '../../contract/evidence.ts';
import { evidenceSubjectWord, words } from '../../wording/index.ts';
import { html, inlinePicture, rawLines, type Html } from './html.ts';
import type { PhotoSource, PhotoSources } from './photo-source.ts';
import type { Summary } from './summary.ts';
import { timeIn, type ReportWords } from './words.ts';

type Collected = Summary['collected'][number];
type PhotoEvidence = Extract<CaseEvidence, { form: 'photo' }>;

export function collectedPart(
  { collected }: Summary,
  w: ReportWords,
  photos: PhotoSources,
): Html | null {
  if (collected.length === 0) return null;
  const texts: Html[] = [];
  const figures: Html[] = [];
  for (const { atUtc, evidence } of collected) {
    if (evidence.form === 'text') texts.push(textRow(atUtc, evidence, w));
    else figures.push(figure(atUtc, evidence, photos.get(evidence.id) ?? { kind: 'left-out' }, w));
  }
  const table = html`<table class="evidence">
    ${texts}
  </table>`;
  return html`<h2>${words('report_collected', {}, w.locale)}</h2>
    ${texts.length === 0 ? null : table}
    ${
      figures.length === 0
        ? null
        : html`<div class="photos">${figures}</div>
            <p class="quiet">${words('report_photos_unmasked', {}, w.locale)}</p>`
    }`;
}

function textRow(
  atUtc: Collected['atUtc'],
  { subject, text }: Extract<CaseEvidence, { form: 'text' }>,
  w: ReportWords,
): Html {
  return html`<tr>
    <td class="subject">${evidenceSubjectWord(subject, w.locale)}</td>
    <td><pre dir="auto">${rawLines(text)}</pre></td>
    <td class="time">${timeIn(w, atUtc)}</td>
  </tr>`;
}

function figure(
  atUtc: Collected['atUtc'],
  { subject, photo }: PhotoEvidence,
  source: PhotoSource,
  w: ReportWords,
): Html {
  const label = evidenceSubjectWord(subject, w.locale);
  const { name, widthPixels, heightPixels, sizeBytes, sha256 } = photo;
  const facts = { name, widthPixels, heightPixels, sizeBytes };
  return html`<figure>
    ${pictured(label, photo, source, w)}
    <figcaption>
      <b>${label}</b> <span class="quiet">${timeIn(w, atUtc)}</span><br />
      <bdi>${words('report_photo', facts, w.locale)}</bdi><br />
      <code class="quiet">SHA-256 ${sha256}</code>
    </figcaption>
  </figure>`;
}

function pictured(
  label: string,
  { mediaType }: PhotoEvidence['photo'],
  source: PhotoSource,
  { locale }: ReportWords,
): Html {
  switch (source.kind) {
    case 'inline':
      return inlinePicture(label, { mediaType, bytes: source.bytes });
    case 'file':
      return html`<p class="absent">
        ${words('report_photo_beside', { file: source.path }, locale)}
      </p>`;
    case 'lost':
      return html`<p class="absent fail">✕ ${words('report_photo_lost', {}, locale)}</p>`;
    case 'left-out':
      return html`<p class="absent warn">▲ ${words('report_photo_left_out', {}, locale)}</p>`;
  }
}
