/** The report's diagnosis: the verdict with the cause, all checks, and what they rest on. */
import type { Diagnosis, Finding, Verdict } from '../../contract/diagnosis.ts';
import type { FlashResult } from '../../contract/firmware.ts';
import {
  actorWord,
  checkLabel,
  cleanText,
  confidenceWords,
  groupLabel,
  roleWord,
  say,
  snakeOfKebab,
  verdictSign,
  verdictWord,
  words,
} from '../../wording/index.ts';
import { evidenceWords } from './evidence-words.ts';
import { html, rawLines, type Html } from './html.ts';
import type { Summary } from './summary.ts';
import { supportPart } from './support-part.ts';
import { timeIn, type ReportWords } from './words.ts';

/** The large word, the cause and what is to be done about it. */
export function verdictPart(summary: Summary, w: ReportWords): Html {
  const { cause, outcome } = summary;
  const still = ['found', 'open', 'another'].includes(outcome);
  const key = `outcome_${snakeOfKebab(outcome)}` as const;
  const flash = summary.flashes.at(-1)?.result;
  if (outcome === 'not-diagnosed' && flash !== undefined) return flashedPart(flash, w);
  const trading =
    flash?.verdict === 'not-trading'
      ? html`<p class="warn">
          ▲ <b>${words('flash_verdict_not_trading', {}, w.locale)}</b> ${say(flash.state, w.locale)}
        </p>`
      : null;
  return html`<section class="verdict ${outcome}">
    <strong>${words(key, {}, w.locale)}</strong>
    ${trading} ${cause && causePart(cause, still, w)}
    ${still && summary.support ? supportPart(summary.support, w) : null}
    ${summary.furtherCauses.map((finding) => furtherPart(finding, w))}
  </section>`;
}

/** Flashed and nothing diagnosed: the flash is what the visit was for. */
function flashedPart({ verdict, state }: FlashResult, { locale }: ReportWords): Html {
  const isDone = verdict === 'done' || verdict === 'done-late';
  return html`<section class="verdict ${isDone ? 'resolved' : 'unproven'}">
    <strong>${words(`flash_verdict_${snakeOfKebab(verdict)}`, {}, locale)}</strong>
    <p>${say(state, locale)}</p>
    <p class="quiet">${words('outcome_not_diagnosed', {}, locale)}</p>
  </section>`;
}

function causePart(cause: Finding, still: boolean, w: ReportWords): Html {
  const label = words(still ? 'report_cause' : 'report_first_cause', {}, w.locale);
  const proof = cause.wouldProveWrong && say(cause.wouldProveWrong, w.locale);
  const wrong = proof && html`<p>${words('report_wrong_if', { proof }, w.locale)}</p>`;
  return html`<p class="what">
      <span class="fail">✕ ${label}</span> <b>${say(cause.headline, w.locale)}</b>
    </p>
    <p class="quiet">
      ${[cause.guide ?? [], checkLabel(cause.check, w.locale)].flat().join(' ')} ·
      ${confidenceWords(cause.confidence, w.locale)}
    </p>
    ${cause.evidence.map((e) => evidenceLine(evidenceWords(e, w.locale)))}
    ${still ? remedyPart(cause, w) : null} ${still ? wrong : null}`;
}

const evidenceLine = ({ label, source, raw }: ReturnType<typeof evidenceWords>): Html =>
  html`<p>
    ${label}${source === null ? null : html` <code class="quiet">${source}</code>`} →
    <code>${cleanText(raw, 160)}</code>
  </p>`;

function remedyPart({ remedy }: Finding, w: ReportWords): Html | null {
  if (!remedy) return null;
  return html`<p>
    <b>${words('report_remedy', {}, w.locale)}</b> ${say(remedy.what, w.locale)} ·
    ${actorWord(remedy.who, w.locale)}
  </p>`;
}

const furtherPart = (finding: Finding, w: ReportWords): Html =>
  html`<p class="what">
    <span class="fail">✕ ${words('report_further', {}, w.locale)}</span>
    <b>${say(finding.headline, w.locale)}</b>
  </p>`;

/** Every check by group, as it is now; beside it as it was first, where that differs. */
export function checksPart(summary: Summary, w: ReportWords): Html | null {
  const { first, last } = summary;
  if (!first || !last) return null;
  const groups = [...new Set(last.findings.map((f) => f.group))];
  const rows = groups.map((group) => [
    html`<tr class="group">
      <td colspan="4">${groupLabel(group, w.locale)}</td>
    </tr>`,
    ...last.findings.filter((f) => f.group === group).map((f) => checkRow(f, first, w)),
  ]);
  return html`<h2>${words('report_checks', {}, w.locale)}</h2>
    <table>
      <tr>
        <th colspan="2">${words('report_check', {}, w.locale)}</th>
        <th class="sign">${words('report_verdict', {}, w.locale)}</th>
        <th>${words('report_result', {}, w.locale)}</th>
      </tr>
      ${rows.flat()}
    </table>`;
}

function checkRow(finding: Finding, first: Diagnosis, w: ReportWords): Html {
  const before = first.findings.find((f) => f.check === finding.check);
  const changed = before !== undefined && before.verdict !== finding.verdict;
  const was = changed
    ? html`<p class="quiet">
        ${words('report_first', {}, w.locale)} ${signOf(before)} ${say(before.headline, w.locale)}
      </p>`
    : null;
  const marked = finding.role === 'finding' ? null : html` · ${roleWord(finding.role, w.locale)}`;
  const shape = finding.role === 'follows' ? 'follows' : finding.verdict;
  return html`<tr>
    <td class="number">${finding.guide}</td>
    <td>${checkLabel(finding.check, w.locale)}</td>
    <td class="sign ${shape}">
      ${verdictSign(shape)} ${verdictWord(finding.verdict, w.locale)}${marked}
    </td>
    <td>${say(finding.headline, w.locale)}${was}</td>
  </tr>`;
}

const signOf = ({ role, verdict }: Finding): string =>
  verdictSign(role === 'follows' ? 'follows' : verdict);

/** From first to last, a line a check. */
export function changesPart(summary: Summary, w: ReportWords): Html | null {
  if (summary.diagnoses.length < 2) return null;
  return html`<h2>${words('report_changed', {}, w.locale)}</h2>
    ${changesBody(summary, w)}`;
}

function changesBody(summary: Summary, w: ReportWords): Html {
  if (summary.changes.length === 0) {
    return html`<p class="quiet">${words('report_nothing_changed', {}, w.locale)}</p>`;
  }
  const shown = (verdict: Verdict): Html =>
    html`<span class="${verdict}">${verdictSign(verdict)} ${verdictWord(verdict, w.locale)}</span>`;
  const lines = summary.changes.map(
    ({ check, from, to }) =>
      html`<p>${checkLabel(check, w.locale)} · ${shown(from)} → ${shown(to)}</p>`,
  );
  return html`${lines}`;
}

/** What the last diagnosis rests on. */
export function evidencePart({ last }: Summary, w: ReportWords): Html | null {
  const rows = (last?.findings ?? []).flatMap((finding) =>
    finding.evidence.map((evidence) => {
      const { label, source, raw } = evidenceWords(evidence, w.locale);
      return html`<tr>
        <td class="number">${finding.guide}</td>
        <td>
          ${label}${source === null ? null : html`<br /><code class="quiet">${source}</code>`}
        </td>
        <td><pre>${rawLines(raw)}</pre></td>
        <td class="time">${timeIn(w, evidence.atUtc)}</td>
      </tr>`;
    }),
  );
  if (rows.length === 0) return null;
  return html`<h2>${words('report_evidence', {}, w.locale)}</h2>
    <table class="evidence">
      <tr>
        <th></th>
        <th>${words('report_source', {}, w.locale)}</th>
        <th>${words('report_raw', {}, w.locale)}</th>
        <th>${words('report_time', {}, w.locale)}</th>
      </tr>
      ${rows}
    </table>`;
}
