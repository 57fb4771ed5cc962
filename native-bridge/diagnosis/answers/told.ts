/** What a check sees in the answers: conditions that were told, and what is still to be asked. */
import { dontKnow, type CheckId, type Evidence } from '../../contract/diagnosis.ts';
import type { Sentence } from '../../contract/common.ts';
import type { Way } from '../../contract/operating-card.ts';
import { isMessageKey, snakeOfKebab } from '../../wording/index.ts';
import type { Observation } from '../check.ts';
import type { CheckInput } from '../input.ts';
import { coveredBy, questionRules, type QuestionRule } from '../questions/index.ts';
import { rules, type ConditionId } from '../rules/index.ts';
import type { Standing, Told } from './standing.ts';

/** `found`, `proof` and `remedy` of a condition that was told, where the read one has figures in it. */
export function toldKey(kind: 'found' | 'proof' | 'remedy', condition: ConditionId): string {
  const key = `${kind}_${snakeOfKebab(condition)}`;
  return isMessageKey(`${key}_told`) ? `${key}_told` : key;
}

/** Conditions of this check that the answers show. */
export function toldOf(check: CheckId, input: CheckInput, standing: Standing): Observation[] {
  return [...standing.shown]
    .filter(([condition]) => rules[condition].check === check)
    .map(([condition, told]) => ({
      condition,
      headline: plain(toldKey('found', condition)),
      evidence: told.map((one) => evidenceOf(one, input)),
      settings: [],
      agreement: told.length - 1,
      weak: false,
      isTold: true,
    }));
}

const plain = (key: string): Sentence => ({ key, facts: {} });

function evidenceOf({ question, answer }: Told, { atUtc }: CheckInput): Evidence {
  return { reading: null, source: `question ${question}`, raw: answer, atUtc };
}

export interface Asking {
  /** In the order to ask; those that were answered last. */
  readonly questions: readonly QuestionRule[];
  readonly state: 'none' | 'open' | 'unknown' | 'well';
  readonly evidence: Evidence[];
}

/** Questions that this check's conditions hang on; `well`: every one is cleared. */
export function askingOf(
  check: CheckId,
  input: CheckInput,
  absent: ReadonlySet<ConditionId>,
): Asking {
  const its = questionRules
    .filter((question) => concerns(question, check) && isAsked(question, input))
    .sort((a, b) => a.cost - b.cost);
  const isLeft = (question: QuestionRule): boolean =>
    coveredBy(question).some((id) => rules[id].check === check && !absent.has(id));
  const open = its.filter((one) => input.answers[one.id] === undefined && isLeft(one));
  const given = its.filter(({ id }) => input.answers[id] !== undefined);
  const told = given.map(({ id, kind }) => ({
    question: id,
    answer: input.answers[id] ?? '',
    kind,
  }));
  const isUnknown = given.some((one) => input.answers[one.id] === dontKnow && isLeft(one));
  const closed = isUnknown ? 'unknown' : 'well';
  return {
    questions: [...open, ...given],
    state: its.length === 0 ? 'none' : open.length > 0 ? 'open' : closed,
    evidence: told.map((one) => evidenceOf(one, input)),
  };
}

/** It can show one of the check's conditions; where it belongs to a check, it is that one's. */
function concerns(question: QuestionRule, check: CheckId): boolean {
  if (question.check !== null && question.check !== check) return false;
  return coveredBy(question).some((condition) => rules[condition].check === check);
}

/** Answered in any case, or such that it bears on the complaint and on who scans. */
export function isAsked({ id, symptoms, way }: QuestionRule, input: CheckInput): boolean {
  if (input.answers[id] !== undefined) return true;
  if (input.symptom !== null && !symptoms.includes(input.symptom)) return false;
  const scans = wayOf(input);
  return way === undefined || scans === null || scans === way;
}

/** By the answer, else by what the terminal says; null: not known. */
export function wayOf({ answers, readings }: CheckInput): Way | null {
  const told = answers['who-scans'];
  if (told === 'payer') return 'payer-scans';
  if (told === 'merchant') return 'merchant-scans';
  const presented = readings.get('qr.presented')?.value ?? null;
  if (presented === 'merchant') return 'payer-scans';
  return presented === 'customer' ? 'merchant-scans' : null;
}
