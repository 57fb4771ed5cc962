/**
 * The diagnosis: pure. `checkOrder` with `readingsFor` says what to read for each check, `evaluate`
 * gives one check's finding as soon as its readings are there, `chooseCause` puts them together.
 * `runPlaybook` does all of it at once.
 */
import type { CheckId, Finding } from '../contract/diagnosis.ts';
import type { ReadingName } from '../contract/reading.ts';
import { chooseCause, type Conclusion } from './cause.ts';
import { checks } from './checks/index.ts';
import { evaluate } from './evaluate.ts';
import type { CheckInput, ModelFacts } from './input.ts';

export { chooseCause, type Conclusion } from './cause.ts';
export { evaluate } from './evaluate.ts';
export type { CheckInput, ModelFacts } from './input.ts';
export { questionIds } from './questions.ts';

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

/** All findings in the guide's order, and the cause. */
export function runPlaybook(input: CheckInput): Conclusion {
  return chooseCause(
    checkOrder.map((id) => evaluate(id, input)),
    input.symptom,
  );
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
