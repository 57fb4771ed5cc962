/**
 * What only a person can tell, as data: each question with its choices, what a choice shows, and
 * which conditions can't be the cause any more after it. Ids stay the same for ever: answers are
 * kept by them. Words: `question_<id>`, `how_<id>` where it needs explaining, `choice_<id>_<choice>`;
 * `yes` and `no` have words of their own.
 */
import type { CheckId, Question, Rung, Symptom } from '../../contract/diagnosis.ts';
import type { ConditionId } from '../rules/index.ts';
import type { Way } from '../../contract/operating-card.ts';
import type { Reach, Rule, Seat } from '../rules/rule.ts';

/** Conditions by what they have in common: one that fits any of the lists is meant. */
export interface Selector {
  readonly seats?: readonly Seat[];
  readonly reaches?: readonly Reach[];
  readonly ways?: readonly Way[];
  readonly rungs?: readonly Rung[];
  readonly conditions?: readonly ConditionId[];
}

export interface ChoiceRule {
  readonly id: string;
  /** Conditions that hold where this is the answer; those of the other choices don't. */
  readonly shows?: readonly ConditionId[];
  /** Nothing else can be the cause. */
  readonly keeps?: Selector;
  /** None of these can be the cause. */
  readonly drops?: Selector;
  /** Speaks for these, and rules nothing out. */
  readonly favours?: Selector;
}

export interface QuestionRule {
  readonly id: string;
  readonly kind: Question['kind'];
  readonly check: CheckId | null;
  /** What the answer takes: 1 from memory, 2 a look, 3 something to try, 5 a call or a payment. */
  readonly cost: 1 | 2 | 3 | 5;
  /** Where it can change what the cause is. */
  readonly symptoms: readonly Symptom[];
  readonly way?: Way;
  /** Empty: it asks for the exact words, which the trade's phrases are found in. */
  readonly choices: readonly ChoiceRule[];
}

export type QuestionRules = readonly QuestionRule[];

export function selects(selector: Selector, id: ConditionId, rule: Rule): boolean {
  const { seats, reaches, ways, rungs, conditions } = selector;
  return (
    (seats?.includes(rule.seat) ?? false) ||
    (reaches?.includes(rule.reach ?? 'all') ?? false) ||
    (rule.way !== undefined && (ways?.includes(rule.way) ?? false)) ||
    (rungs?.includes(rule.rung) ?? false) ||
    (conditions?.includes(id) ?? false)
  );
}

/** Every condition that one of its choices shows. */
export const coveredBy = ({ choices }: QuestionRule): ConditionId[] => [
  ...new Set(choices.flatMap(({ shows }) => shows ?? [])),
];
