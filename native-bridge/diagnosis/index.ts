/**
 * The diagnosis: pure. `checkOrder` with `readingsFor` says what to read for each check, `evaluate`
 * gives one check's finding as soon as its readings are there, `chooseCause` puts them together.
 * `runPlaybook` does all of it at once.
 */
import type { CheckId, Contradiction, Finding, Question, Symptom } from '../contract/diagnosis.ts';
import type { ReadingName } from '../contract/reading.ts';
import { contradictionsIn } from './answers/contradictions.ts';
import { standing } from './answers/standing.ts';
import { chooseCause, type Conclusion } from './cause.ts';
import { checks } from './checks/index.ts';
import { evaluate } from './evaluate.ts';
import type { CheckInput, ModelFacts } from './input.ts';
import { asQuestion } from './next/as-question.ts';
import { nextQuestions } from './next/next-questions.ts';
import { questionRules } from './questions/index.ts';

export { chooseCause, type Conclusion } from './cause.ts';
export { wayOf } from './answers/told.ts';
export { evaluate } from './evaluate.ts';
export { checkOf } from './expected.ts';
export type { CheckInput, ModelFacts } from './input.ts';
export { questionRules } from './questions/index.ts';

/** In the guide's order, which is also the order to run them in. */
export const checkOrder: readonly CheckId[] = checks.map((check) => check.id);

/** Readings that a check wants and this model has, in the order to ask. */
export function readingsFor(id: CheckId, model: Pick<ModelFacts, 'readings'>): ReadingName[] {
  const check = checks.find((one) => one.id === id);
  return [...(check?.needs ?? []), ...(check?.also ?? [])].filter((n) => model.readings.has(n));
}

/** Whether a check compares settings: then `CheckInput.settings` must be there. */
export function needsSettings(id: CheckId): boolean {
  return checks.find((one) => one.id === id)?.needsSettings ?? false;
}

export interface Judgement extends Conclusion {
  readonly questions: Question[];
  readonly contradictions: Contradiction[];
}

/** Every question, or those that bear on a complaint, in the order of the playbook. */
export function allQuestions(symptom: Symptom | null): Question[] {
  return questionRules
    .filter(({ symptoms }) => symptom === null || symptoms.includes(symptom))
    .map((question) => asQuestion(question, { answers: {} }));
}

const noPhrases: ReadonlySet<string> = new Set();

/** All findings in the guide's order, the cause, and what to ask now. */
export function runPlaybook(
  input: CheckInput,
  phrased: ReadonlySet<string> = noPhrases,
): Judgement {
  const told = standing(input.answers, input.understood);
  const evaluations = checkOrder.map((id) => evaluate(id, input, told));
  const conclusion = chooseCause(evaluations, input.symptom);
  const contradictions = contradictionsIn(input.answers, told);
  const { cause } = conclusion;
  const again = contradictions.flatMap((one) => one.questions);
  const doubt = { input, standing: told, evaluations, cause, phrased, again };
  return { ...conclusion, contradictions, questions: nextQuestions(doubt) };
}

/** Checks whose verdict is another than in the previous run; all of them count as new without one. */
export function changedChecks(
  previous: readonly Finding[] | null,
  now: readonly Finding[],
): CheckId[] {
  if (previous === null) return [];
  const before = new Map(previous.map((f) => [f.check, f.verdict]));
  return now.filter((f) => before.get(f.check) !== f.verdict).map((f) => f.check);
}

export { anyParts, withoutTerminal, type GuidedModel } from './no-terminal.ts';
