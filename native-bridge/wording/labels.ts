/** Names of the things of a diagnosis and a case, in both languages, and the signs of the verdicts. */
import type { Locale } from '../contract/common.ts';
import type {
  Actor,
  Answer,
  CheckId,
  Finding,
  Group,
  Rung,
  Symptom,
  Verdict,
} from '../contract/diagnosis.ts';
import { plain, snakeOfKebab } from './catalogue.ts';

export const checkLabel = (check: CheckId, locale: Locale): string =>
  plain(`check_${snakeOfKebab(check)}`, locale);

export const groupLabel = (group: Group, locale: Locale): string => plain(`group_${group}`, locale);

export const rungLabel = (rung: Rung, locale: Locale): string =>
  plain(`rung_${snakeOfKebab(rung)}`, locale);

export const verdictWord = (verdict: Verdict, locale: Locale): string =>
  plain(`verdict_${snakeOfKebab(verdict)}`, locale);

export const roleWord = (role: Finding['role'], locale: Locale): string =>
  plain(`role_${snakeOfKebab(role)}`, locale);

export const confidenceWords = (confidence: Finding['confidence'], locale: Locale): string =>
  plain(`confidence_${confidence}`, locale);

export const actorWord = (actor: Actor, locale: Locale): string =>
  plain(`actor_${snakeOfKebab(actor)}`, locale);

export const answerWord = (answer: Answer, locale: Locale): string =>
  plain(`answer_${answer}`, locale);

/** What the technician hears; without the `S1`. */
export const symptomWords = (symptom: Symptom, locale: Locale): string =>
  plain(`symptom_${symptom.toLowerCase() as Lowercase<Symptom>}`, locale);

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
