/**
 * What the answers say of every condition: shown, absent, or no cause whatever its state. Opening
 * and comparisons rule out by what conditions have in common (rules/rule.ts: seat, reach, way);
 * questions about one thing show or clear the conditions they name.
 */
import { dontKnow, type Answers } from '../../contract/diagnosis.ts';
import {
  coveredBy,
  questionRules,
  selects,
  type ChoiceRule,
  type QuestionRule,
} from '../questions/index.ts';
import { conditionIds, rules, type ConditionId } from '../rules/index.ts';

/** One answer that says something of a condition. */
export interface Told {
  readonly question: string;
  /** A choice's id; of exact words the part that was understood. */
  readonly answer: string;
  readonly kind: QuestionRule['kind'];
}

export interface Standing {
  readonly shown: ReadonlyMap<ConditionId, readonly Told[]>;
  readonly absent: ReadonlyMap<ConditionId, Told>;
  /** It may be there; the symptom does not come from it. */
  readonly out: ReadonlyMap<ConditionId, Told>;
  /** Answers that speak for it, one each. */
  readonly agreement: ReadonlyMap<ConditionId, number>;
  /** Asked about, and nobody knew. */
  readonly unsure: ReadonlySet<ConditionId>;
}

/** A condition that exact words were found to mean (knowledge/). */
export interface Understood {
  readonly condition: ConditionId;
  readonly question: string;
  readonly excerpt: string;
}

export function standing(answers: Answers, understood: readonly Understood[] = []): Standing {
  const found = new Found();
  for (const question of questionRules) {
    const answer = answers[question.id];
    if (answer === undefined) continue;
    if (answer === dontKnow) found.unknown(question);
    const choice = question.choices.find(({ id }) => id === answer);
    if (choice !== undefined) found.take(question, choice);
  }
  for (const { condition, question, excerpt } of understood) {
    found.show(condition, { question, answer: excerpt, kind: 'check' });
  }
  return found;
}

class Found implements Standing {
  readonly shown = new Map<ConditionId, Told[]>();
  readonly absent = new Map<ConditionId, Told>();
  readonly out = new Map<ConditionId, Told>();
  readonly agreement = new Map<ConditionId, number>();
  readonly unsure = new Set<ConditionId>();

  unknown(question: QuestionRule): void {
    for (const condition of coveredBy(question)) this.unsure.add(condition);
  }

  take(question: QuestionRule, choice: ChoiceRule): void {
    const told = { question: question.id, answer: choice.id, kind: question.kind };
    for (const condition of choice.shows ?? []) this.show(condition, told);
    for (const condition of coveredBy(question)) {
      if (choice.shows?.includes(condition) !== true) this.absent.set(condition, told);
    }
    for (const condition of conditionIds) this.#weigh(condition, choice, told);
  }

  show(condition: ConditionId, told: Told): void {
    this.shown.set(condition, [...(this.shown.get(condition) ?? []), told]);
  }

  #weigh(condition: ConditionId, { keeps, drops, favours }: ChoiceRule, told: Told): void {
    const rule = rules[condition];
    const isKept = keeps === undefined || selects(keeps, condition, rule);
    const isDropped = drops !== undefined && selects(drops, condition, rule);
    if (!isKept || isDropped) this.out.set(condition, this.out.get(condition) ?? told);
    const isProof = told.kind === 'comparison' && keeps !== undefined && isKept;
    const isFavoured = favours !== undefined && selects(favours, condition, rule);
    if (isProof || isFavoured) {
      this.agreement.set(condition, (this.agreement.get(condition) ?? 0) + 1);
    }
  }
}
