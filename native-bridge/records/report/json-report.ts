/**
 * The report for programs, described in docs/report.md. Keys keep their meaning; a key may be added within one `schemaVersion`.
 * Texts are in the language asked for; codes (`check`, `verdict`, `rung`, …) are the contract's.
 */
import type { AppResult } from '../../contract/app.ts';
import type { Locale, Sentence } from '../../contract/common.ts';
import type { Diagnosis, Finding, Support } from '../../contract/diagnosis.ts';
import type { ScannerTest } from '../../contract/scanner.ts';
import { isRecording } from '../../contract/port.ts';
import { signatureSheet, type SignedState } from '../../contract/signature.ts';
import {
  cardWords,
  checkLabel,
  evidenceSubjectWord,
  faultWords,
  say,
  supportWords,
  symptomWords,
} from '../../wording/index.ts';
import { summarize, type Flash, type Summary } from './summary.ts';
import type { CaseRecord } from '../../contract/case.ts';
import type { ShopIdentity } from '../shop-identity.ts';

export const jsonReportVersion = 1;

interface JsonOptions {
  readonly toolVersion: string;
  readonly shop: Pick<ShopIdentity, 'name'>;
  readonly signed: SignedState | null;
}

export function jsonReport(
  record: CaseRecord,
  locale: Locale,
  { toolVersion, shop, signed }: JsonOptions,
) {
  const summary = summarize(record);
  const text = (sentence: Sentence | null): string | null =>
    sentence === null ? null : say(sentence, locale);
  return {
    schemaVersion: jsonReportVersion,
    product: 'POS Bench',
    toolVersion,
    locale,
    shop: shop.name === null ? null : { name: shop.name },
    case: caseOf(summary, locale),
    terminal: record.identity && { id: record.terminalId, ...record.identity },
    outcome: summary.outcome,
    notTradingYet: summary.notTradingYet,
    cause: summary.cause && findingOf(summary.cause, locale),
    furtherCauses: summary.furtherCauses.map((finding) => findingOf(finding, locale)),
    changed: summary.changes,
    diagnoses: summary.diagnoses.map((diagnosis) => diagnosisOf(diagnosis, locale)),
    corrections: summary.corrections.map(({ atUtc, correction }) => ({
      atUtc,
      id: correction.id,
      outcome: correction.outcome,
      restartNeeded: correction.restartNeeded,
      changes: correction.changes,
    })),
    flashes: summary.flashes.map((flash) => flashOf(flash, locale)),
    apps: summary.apps.map(({ app }) => appOf(app, locale)),
    scannerTests: summary.scannerTests.map((test) => scannerTestOf(test, locale)),
    recordings: summary.recordings,
    evidence: summary.collected.map(({ atUtc, evidence }) => ({
      atUtc,
      ...evidence,
      subjectText: evidenceSubjectWord(evidence.subject, locale),
    })),
    notes: summary.notes.map(({ atUtc, text: note }) => ({ atUtc, text: note })),
    signature: signed && signatureOf(signed),
    next: summary.next.map(({ who, what, check }) => ({ who, check, text: text(what) })),
    readings: summary.readings.map(({ name, value, unit, atUtc, source, raw, failure }) => {
      return { name, value, unit, atUtc, source, raw, failure: failure?.code ?? null };
    }),
  };
}

function caseOf({ record, ticket }: Summary, locale: Locale) {
  return {
    id: record.id,
    openedUtc: record.openedUtc,
    closedUtc: record.closedUtc,
    portUrl: record.portUrl,
    fromRecording: record.portUrl !== null && isRecording(record.portUrl),
    profile: record.profile,
    merchant: record.merchant,
    ticket,
    symptom: record.symptom,
    nextVisitUtc: record.nextVisitUtc,
    symptomText: record.symptom && symptomWords(record.symptom, locale),
  };
}

function signatureOf({ atUtc, signature, addedKinds, intact }: SignedState) {
  const { signer, form, contentSha256, strokes } = signature;
  return { atUtc, signer, form, contentSha256, intact, addedKinds, sheet: signatureSheet, strokes };
}

function diagnosisOf(diagnosis: Diagnosis, locale: Locale) {
  const { atUtc, symptom, cause, changed, findings, answers, routine, support, cards } = diagnosis;
  return {
    atUtc,
    symptom,
    cause,
    answers,
    support: support && supportOf(support, locale),
    cards: cards.map((card) => cardWords(card, locale)),
    routine,
    changed,
    findings: findings.map((finding) => findingOf(finding, locale)),
  };
}

function supportOf(support: Support, locale: Locale) {
  const { actor, ...rest } = supportWords(support, locale);
  return { who: support.who, whoText: actor, ...rest };
}

function findingOf(finding: Finding, locale: Locale) {
  const { remedy, wouldProveWrong, question } = finding;
  return {
    check: finding.check,
    guide: finding.guide,
    label: checkLabel(finding.check, locale),
    group: finding.group,
    rung: finding.rung,
    verdict: finding.verdict,
    role: finding.role,
    confidence: finding.confidence,
    text: say(finding.headline, locale),
    wouldBeWrongIf: wouldProveWrong && say(wouldProveWrong, locale),
    remedy: remedy && {
      text: say(remedy.what, locale),
      who: remedy.who,
      settings: remedy.settings,
      flash: remedy.flash,
      test: remedy.test,
    },
    question: question && { id: question.id, text: say(question.text, locale) },
    explains: finding.explains,
    evidence: finding.evidence,
  };
}

function scannerTestOf(test: ScannerTest, locale: Locale) {
  const { caseId: _case, terminalId: _terminal, codes, means, ...rest } = test;
  return {
    ...rest,
    codes: codes.map(({ number, text, outcome, decodeMs, repeats, altered }) => {
      return { number, text, outcome, decodeMs, repeats, altered };
    }),
    text: means.map((sentence) => say(sentence, locale)),
  };
}

function appOf(app: AppResult, locale: Locale) {
  const { caseId: _case, terminalId: _terminal, fault, state, next, undo, ...rest } = app;
  return {
    ...rest,
    fault: fault && { code: fault.code, facts: fault.facts, ...faultWords(fault, locale) },
    state: say(state, locale),
    next: say(next, locale),
    undo: undo && say(undo, locale),
  };
}

function flashOf({ atUtc, result, image }: Flash, locale: Locale) {
  const fault = result.fault;
  return {
    atUtc,
    verdict: result.verdict,
    fromVersion: result.fromVersion,
    toVersion: result.toVersion,
    runningVersion: result.runningVersion,
    runningHash: result.runningHash,
    confirmed: result.confirmed,
    failedPhase: result.failedPhase,
    fault: fault && { code: fault.code, facts: fault.facts, ...faultWords(fault, locale) },
    state: say(result.state, locale),
    next: say(result.next, locale),
    allowed: result.allowed,
    corrects: result.corrects,
    settings: result.settings && {
      compared: result.settings.compared,
      restored: result.settings.restored,
      reenter: result.settings.reenter,
      unread: result.settings.unread ?? [],
      failed: result.settings.failed,
      fault: result.settings.fault?.code ?? null,
    },
    durationMs: result.durationMs,
    sentBytes: result.sentBytes,
    image: image && {
      version: image.version,
      fileSha256: image.fileSha256,
      imageHash: image.imageHash,
      signature: image.signature.state,
      keyName: image.signature.keyName,
      ...(image.ota && { ota: image.ota }),
      ...(image.factory && { factory: image.factory }),
    },
    ...(result.recoveryText && { recoveryText: result.recoveryText }),
  };
}
