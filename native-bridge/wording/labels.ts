/** Names of the things of a diagnosis and a case, in both languages, and the signs of the verdicts. */
import type { Locale, Sentence } from '../contract/common.ts';
import type { DeviceKind } from '../contract/operating-card.ts';
import type {
  Actor,
  CheckId,
  Finding,
  Group,
  Rung,
  Symptom,
  Verdict,
} from '../contract/diagnosis.ts';
import type { AdbOpening } from '../contract/profile.ts';
import type { EvidenceSubject } from '../contract/evidence.ts';
import { isMessageKey, message, plain, snakeOfKebab } from './catalogue.ts';
import { perLocale } from './say.ts';

export const checkLabel = (check: CheckId, locale: Locale): string =>
  plain(`check_${snakeOfKebab(check)}`, locale);

/** What it looks at, as within a sentence or as a cause: `battery`, where the label says "Battery level". */
export const checkName = (check: CheckId, locale: Locale): string =>
  plain(`check_name_${snakeOfKebab(check)}`, locale);

export const groupLabel = (group: Group, locale: Locale): string => plain(`group_${group}`, locale);

export const rungLabel = (rung: Rung, locale: Locale): string =>
  plain(`rung_${snakeOfKebab(rung)}`, locale);

export const verdictWord = (verdict: Verdict, locale: Locale): string =>
  plain(`verdict_${snakeOfKebab(verdict)}`, locale);

export const roleWord = (role: Finding['role'], locale: Locale): string =>
  plain(`role_${snakeOfKebab(role)}`, locale);

export const confidenceWords = (confidence: Finding['confidence'], locale: Locale): string =>
  plain(`confidence_${confidence}`, locale);

/** Whether ADB may be opened on a model, as advice. */
export const adbOpeningWords = (opening: AdbOpening, locale: Locale): string =>
  plain(`adb_opening_${snakeOfKebab(opening)}`, locale);

export const actorWord = (actor: Actor, locale: Locale): string =>
  plain(`actor_${snakeOfKebab(actor)}`, locale);

/** What a photo shows, or where a text is from. */
export const evidenceSubjectWord = (subject: EvidenceSubject, locale: Locale): string =>
  plain(`evidence_subject_${snakeOfKebab(subject)}`, locale);

/** What the technician hears, without the `S1`; null: a routine visit. */
export const symptomWords = (symptom: Symptom | null, locale: Locale): string =>
  symptom === null
    ? plain('symptom_none', locale)
    : plain(`symptom_${symptom.toLowerCase() as Lowercase<Symptom>}`, locale);

const signs: Readonly<Record<Verdict | 'follows', string>> = {
  pass: '✓',
  warn: '▲',
  fail: '✕',
  unknown: '?',
  ask: '✎',
  'not-applicable': '–',
  follows: '▽',
};

/** The shape of a verdict; `follows` for a failure that the cause explains. */
export const verdictSign = (verdict: Verdict | 'follows'): string => signs[verdict];

/** Sign and word of a finding as shown: what follows from the cause is shown as following. */
export function findingSign(finding: Finding): string {
  return verdictSign(finding.role === 'follows' ? 'follows' : finding.verdict);
}

const keyOf = (...parts: readonly string[]): string => parts.join('_').replaceAll('-', '_');

/** The words of an answer to a question; `yes`, `no` and `unknown` are the same everywhere. */
export function choiceWords(question: string, choice: string): Sentence {
  const own = keyOf('choice', question, choice);
  return { key: isMessageKey(own) ? own : keyOf('answer', choice), facts: {} };
}

/** What was asked and what was answered, for evidence; words that nobody chose as they are. */
export function answerWords(
  question: string,
  answer: string,
  locale: Locale,
): { readonly asked: string; readonly answered: string } {
  const asked = message(keyOf('question', question), {}, locale) ?? question;
  const words = choiceWords(question, answer);
  return { asked, answered: isMessageKey(words.key) ? plain(words.key, locale) : answer };
}

/** Kinds of device an operating card speaks of. */
export const deviceLabel = (device: DeviceKind) =>
  perLocale((locale) => plain(`device_${snakeOfKebab(device)}`, locale));
