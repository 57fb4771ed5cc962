/**
 * A case in at most ten lines, to paste into a chat and into the acquirer's ticket: plain text that
 * needs no layout, a line for each thing that is asked there. Names of people's shops may be in any
 * script: those that run from right to left are isolated, so that the rest of their line keeps its order.
 */
import type { Correction } from '../../contract/correction.ts';
import { isRecording } from '../../contract/port.ts';
import type { CaseRecord } from '../../contract/case.ts';
import {
  actorWord,
  checkLabel,
  confidenceWords,
  dayOf,
  evidenceSubjectWord,
  isolated,
  marked,
  say,
  snakeOfKebab,
  symptomWords,
  verdictSign,
  words,
} from '../../wording/index.ts';
import { clipped } from './chat-text.ts';
import { summarize, type Summary } from './summary.ts';
import { flashAlone } from './flash-part.ts';
import { settingName, timeIn, type ReportWords } from './words.ts';

export const maxSummaryLines = 10;
/** What a ticket's field shows without scrolling sideways for long. */
const maxLineCharacters = 280;
const maxNameCharacters = 40;
const maxSteps = 3;
/** So that all of them, and how many more there are, fit in their line. */
const maxStepCharacters = 70;
/** More are told by their names alone. */
const maxChangesWithValues = 2;

export function chatSummary(record: CaseRecord, w: ReportWords, toolVersion: string): string {
  const summary = summarize(record);
  const lines = [
    headLine(summary, w),
    terminalLine(summary, w),
    symptomLine(summary, w),
    outcomeLine(summary, w),
    causeLine(summary, w),
    furtherLine(summary, w),
    doneLine(summary, w),
    collectedLine(summary, w),
    nextLine(summary, w),
    idLine(summary, w, toolVersion),
  ].filter((line) => line !== null);
  return `${lines.map((line) => isolated(clipped(line, maxLineCharacters))).join('\n')}\n`;
}

const name = (text: string): string => marked(clipped(text, maxNameCharacters));

function headLine({ record }: Summary, w: ReportWords): string {
  const { locale } = w;
  const merchant = record.merchant ?? words('summary_no_merchant', {}, locale);
  const day = timeIn(w, record.openedUtc).slice(0, 16);
  const head = words('summary_head', { day, merchant: name(merchant) }, locale);
  if (record.portUrl === null || !isRecording(record.portUrl)) return head;
  return words('summary_from_recording', { head }, locale);
}

function terminalLine({ record }: Summary, { locale }: ReportWords): string {
  if (record.identity === null) return words('report_no_terminal', {}, locale);
  const { model, serialNumber, basis, firmwareVersion } = record.identity;
  const missing = words('value_missing', {}, locale);
  const known = name(serialNumber ?? missing);
  const serial =
    basis === 'assumed' ? words('report_serial_assumed', { serial: known }, locale) : known;
  const version = firmwareVersion === null ? missing : name(firmwareVersion);
  return words('summary_terminal', { model: name(model), serial, version }, locale);
}

function symptomLine(
  { record: { symptom, nextVisitUtc } }: Summary,
  { locale }: ReportWords,
): string {
  if (nextVisitUtc !== null) {
    const next = words('routine_next_short', { day: dayOf(nextVisitUtc) }, locale);
    return `${symptomWords(null, locale)} · ${next}`;
  }
  if (symptom === null) return words('summary_no_symptom', {}, locale);
  return words('summary_symptom', { symptom, text: symptomWords(symptom, locale) }, locale);
}

function outcomeLine(summary: Summary, { locale }: ReportWords) {
  const { outcome, changes, notTradingYet } = summary;
  const told = flashAlone(summary, locale) ?? words(`outcome_${snakeOfKebab(outcome)}`, {}, locale);
  const result =
    notTradingYet && outcome !== 'not-diagnosed'
      ? words(
          'summary_and',
          { one: told, two: words('flash_verdict_not_trading', {}, locale) },
          locale,
        )
      : told;
  if (changes.length === 0) return words('summary_outcome', { result }, locale);
  const changed = changes.map(
    ({ check, from, to }) => `${checkLabel(check, locale)} ${verdictSign(from)}→${verdictSign(to)}`,
  );
  return words('summary_outcome_changed', { result, changed }, locale);
}

function causeLine({ cause, outcome }: Summary, { locale }: ReportWords): string | null {
  if (cause === null) return null;
  const still = ['found', 'open', 'another'].includes(outcome);
  const facts = {
    cause: words(still ? 'report_cause' : 'report_first_cause', {}, locale),
    check: [cause.guide ?? [], checkLabel(cause.check, locale)].flat().join(' '),
    headline: say(cause.headline, locale),
    confidence: confidenceWords(cause.confidence, locale),
  };
  return words('summary_cause', facts, locale);
}

function furtherLine({ furtherCauses }: Summary, { locale }: ReportWords): string | null {
  if (furtherCauses.length === 0) return null;
  const headlines = furtherCauses.map(({ headline }) => say(headline, locale));
  return words('summary_further', { headlines: joined(headlines, locale) }, locale);
}

function doneLine(summary: Summary, w: ReportWords): string {
  const { corrections, flashes } = summary;
  const { locale } = w;
  const deeds = corrections.map(({ correction }) => correctionDeed(correction, w));
  const flash = flashes.at(-1)?.result;
  if (flash !== undefined) {
    const from = flash.fromVersion ?? words('value_missing', {}, locale);
    const verdict = words(`flash_verdict_${snakeOfKebab(flash.verdict)}`, {}, locale);
    const versions = { from, to: flash.toVersion };
    deeds.push(
      flashAlone(summary, locale) === null
        ? words('summary_flash', { ...versions, verdict }, locale)
        : words('summary_flash_plain', versions, locale),
    );
  }
  if (deeds.length === 0) return words('summary_nothing_done', {}, locale);
  return words('summary_done', { deeds: joined(deeds, locale) }, locale);
}

function correctionDeed({ changes, outcome }: Correction, w: ReportWords): string {
  const { locale } = w;
  const missing = words('report_not_set', {}, locale);
  const value = (text: string | null): string => (text === null ? missing : name(text));
  const withValues = changes.length <= maxChangesWithValues;
  const names = changes.map(({ key, before, after, secret }) => {
    const called = settingName(key, w);
    return withValues && !secret ? `${called} ${value(before)} → ${value(after)}` : called;
  });
  const ended = words(`correction_outcome_${snakeOfKebab(outcome)}`, {}, locale);
  // Beside values an "and" would be read as part of one.
  const list = names.join(locale === 'zh-CN' ? '、' : ', ');
  return words('summary_correction', { names: list, outcome: ended }, locale);
}

/** Counts of the photos, and the first of the texts: the payer's words decide much. */
function collectedLine({ collected }: Summary, { locale }: ReportWords): string | null {
  if (collected.length === 0) return null;
  const parts: string[] = [];
  const photos = collected.filter(({ evidence }) => evidence.form === 'photo');
  if (photos.length > 0) {
    const all = photos.map(({ evidence }) => evidenceSubjectWord(evidence.subject, locale));
    const facts = { count: photos.length, subjects: [...new Set(all)] };
    parts.push(words('summary_photos', facts, locale));
  }
  for (const { evidence } of collected) {
    if (evidence.form !== 'text') continue;
    const subject = evidenceSubjectWord(evidence.subject, locale);
    parts.push(words('summary_text', { subject, text: name(evidence.text) }, locale));
  }
  return words('summary_collected', { parts: joined(parts, locale) }, locale);
}

function nextLine({ next }: Summary, { locale }: ReportWords): string {
  if (next.length === 0) return words('summary_nothing_next', {}, locale);
  const steps = next
    .slice(0, maxSteps)
    .map(({ who, what }) =>
      words(
        'summary_step',
        { who: actorWord(who, locale), what: clipped(say(what, locale), maxStepCharacters) },
        locale,
      ),
    );
  const more = next.length - steps.length;
  if (more > 0) steps.push(words('summary_more', { count: more }, locale));
  return words('summary_next', { steps: joined(steps, locale) }, locale);
}

function idLine({ record, ticket }: Summary, { locale }: ReportWords, version: string): string {
  const product = words('product_name', {}, locale);
  const made = words('summary_id', { caseId: record.id, product, version }, locale);
  return ticket === null ? made : words('summary_ticket', { number: name(ticket), made }, locale);
}

const joined = (parts: readonly string[], locale: ReportWords['locale']): string =>
  parts.join(locale === 'zh-CN' ? '；' : '; ');
