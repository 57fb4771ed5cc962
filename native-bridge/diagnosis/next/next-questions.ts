/**
 * What to ask now. Candidates are the conditions that can produce the symptom and that nothing has
 * cleared yet, each with a weight: how often the field meets it, and what speaks for it. A question
 * divides them by its answers; the one that leaves least in doubt for what it costs comes first
 * (expected information, Shannon). What can't change the cause is not asked.
 */
import { rungs, type CheckId, type Question } from '../../contract/diagnosis.ts';
import { isAsked } from '../answers/told.ts';
import type { Standing } from '../answers/standing.ts';
import type { Evaluation } from '../evaluate.ts';
import type { CheckInput } from '../input.ts';
import { questionRules, selects, type ChoiceRule, type QuestionRule } from '../questions/index.ts';
import { conditionIds, explanations, rules, type ConditionId } from '../rules/index.ts';
import { asQuestion } from './as-question.ts';

/** More at a time is a form, not a conversation. */
const most = 5;
/** Bits; less is not worth anybody's breath. */
const leastBits = 0.01;

export interface Doubt {
  readonly input: CheckInput;
  readonly standing: Standing;
  readonly evaluations: readonly Evaluation[];
  readonly cause: CheckId | null;
  /** Conditions that phrases are known for: asking for the exact words tells these apart. */
  readonly phrased: ReadonlySet<string>;
  /** Asked again whatever they would settle: their answers contradict each other. */
  readonly again: readonly string[];
}

export function nextQuestions(doubt: Doubt): Question[] {
  const { input, again } = doubt;
  if (input.symptom === null) return [];
  const candidates = candidatesOf(doubt);
  const asked = questionRules
    .filter((question) => input.answers[question.id] === undefined && isAsked(question, input))
    .filter((question) => canChange(question, candidates, doubt))
    .map((question) => ({ question, bits: worth(question, candidates, doubt) / bother(question) }))
    .filter(({ bits }) => bits > leastBits)
    .sort((a, b) => b.bits - a.bits)
    .map(({ question }) => question);
  const contradicting = questionRules.filter(({ id }) => again.includes(id));
  return [...contradicting, ...asked]
    .slice(0, Math.max(most, contradicting.length))
    .map((question) =>
      asQuestion(question, input, (choice) => ruledOut(choice, question, candidates)),
    );
}

/**
 * Where something is the cause already: an answer that shows what would be it instead, or that rules
 * it out. Anything else would leave the cause as it is.
 */
function canChange(
  question: QuestionRule,
  candidates: Candidates,
  { evaluations, cause, phrased }: Doubt,
): boolean {
  const leading = evaluations.find(({ finding }) => finding.check === cause);
  if (leading === undefined) return true;
  const others = [...candidates.keys()].filter(
    (id): id is ConditionId => id !== nothing && !leading.possible.includes(id),
  );
  if (question.choices.length === 0) return others.some((id) => phrased.has(id));
  return question.choices.some(
    (choice) =>
      others.some((id) => choice.shows?.includes(id)) ||
      leading.possible.every((id) => !remains(id, choice)),
  );
}

/** What none of the conditions is: while nothing is named, even the last candidate is to be confirmed. */
const nothing = 'nothing';
const nothingWeight = 0.5;
type Candidate = ConditionId | typeof nothing;
type Candidates = ReadonlyMap<Candidate, number>;

/** By weight. The failing check that is the cause now counts for much: little speaks against it. */
function candidatesOf({ input, standing, evaluations, cause }: Doubt): Candidates {
  const { symptom } = input;
  const found = new Map<Candidate, number>();
  if (symptom === null) return found;
  const byCheck = new Map(evaluations.map((one) => [one.finding.check, one]));
  const leading = evaluations.find(({ finding }) => finding.check === cause);
  for (const id of conditionIds) {
    const { verdict, produces, check, common = 1 } = rules[id];
    const evaluation = byCheck.get(check);
    if (verdict !== 'fail' || produces[symptom] === undefined || !evaluation) continue;
    if (standing.out.has(id) || standing.absent.has(id)) continue;
    if (evaluation.cleared.includes(id)) continue;
    const weight = common * (produces[symptom] === 'S' ? 2 : 1);
    const agreed = 3 ** (standing.agreement.get(id) ?? 0);
    if (evaluation.possible.includes(id)) found.set(id, 20 * sureness(evaluation) * agreed);
    else if (isOpen(evaluation) && overrules(id, leading)) found.set(id, weight * agreed);
  }
  if (cause === null && found.size > 0) found.set(nothing, nothingWeight);
  return found;
}

const sureness = ({ finding }: Evaluation): number =>
  ({ high: 10, medium: 2, low: 1 })[finding.confidence];

const isOpen = ({ finding }: Evaluation): boolean =>
  finding.verdict === 'ask' || finding.verdict === 'unknown';

/** Whether it would be the cause instead of what is the cause now. */
function overrules(id: ConditionId, leading: Evaluation | undefined): boolean {
  if (leading === undefined) return true;
  if (rungs.indexOf(rules[id].rung) < rungs.indexOf(leading.finding.rung)) return true;
  return leading.possible.every((condition) => explanations[id]?.includes(condition) ?? false);
}

/** A look is not twice the bother of what is known by heart: every question holds up the talk. */
const bother = ({ cost }: QuestionRule): number => Math.sqrt(cost);

/** Expected bits that the answer takes from the doubt about what the cause is. */
function worth(question: QuestionRule, candidates: Candidates, doubt: Doubt): number {
  const parts = parted(question, candidates, doubt);
  const whole = sum([...candidates.values()]);
  if (whole === 0) return 0;
  const after = parts.map((part) => (sum([...part.values()]) / whole) * bitsOf(part));
  return bitsOf(candidates) - sum(after);
}

/** The candidates that remain after each answer, with the share of their weight that gives it. */
function parted(question: QuestionRule, candidates: Candidates, { phrased }: Doubt): Candidates[] {
  if (question.choices.length === 0) {
    const known = [...candidates].filter(([id]) => phrased.has(id));
    const rest = [...candidates].filter(([id]) => !phrased.has(id));
    return [...known.map((one) => new Map([one])), new Map(rest)];
  }
  const parts = question.choices.map(() => new Map<Candidate, number>());
  for (const [id, weight] of candidates) {
    const fitting = fits(id, question).map(
      (at) => [at, likeness(id, question.choices[at])] as const,
    );
    const all = sum(fitting.map(([, share]) => share));
    for (const [at, share] of fitting) parts[at]?.set(id, (weight * share) / all);
  }
  return parts;
}

/** Places of the choices that this condition would lead to; where none says so, all of them. */
function fits(id: Candidate, { choices }: QuestionRule): number[] {
  const places = choices.map((_choice, at) => at);
  const showing = places.filter((at) => isShown(id, choices[at]));
  if (showing.length > 0) return showing;
  const left = places.filter((at) => remains(id, choices[at]));
  const quiet = left.filter((at) => choices[at]?.shows === undefined);
  if (quiet.length > 0) return quiet;
  return left.length > 0 ? left : places;
}

/** An answer that speaks for a condition is given more often where it holds. */
const likeness = (id: Candidate, choice: ChoiceRule | undefined): number =>
  id !== nothing && choice?.favours !== undefined && selects(choice.favours, id, rules[id]) ? 3 : 1;

const isShown = (id: Candidate, choice: ChoiceRule | undefined): boolean =>
  id !== nothing && (choice?.shows?.includes(id) ?? false);

function remains(id: Candidate, choice: ChoiceRule | undefined): boolean {
  if (id === nothing) return true;
  const { keeps, drops } = choice ?? {};
  const rule = rules[id];
  return (
    (keeps === undefined || selects(keeps, id, rule)) &&
    (drops === undefined || !selects(drops, id, rule))
  );
}

function bitsOf(weights: Candidates): number {
  const whole = sum([...weights.values()]);
  const parts = [...weights.values()].filter((weight) => weight > 0);
  return -sum(parts.map((weight) => (weight / whole) * Math.log2(weight / whole)));
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

/** Checks that are candidates now and none after this answer. */
function ruledOut(choice: ChoiceRule, question: QuestionRule, candidates: Candidates): CheckId[] {
  const covered = new Set(question.choices.flatMap(({ shows }) => shows ?? []));
  const stays = (id: ConditionId): boolean =>
    (choice.shows?.includes(id) ?? false) || (!covered.has(id) && remains(id, choice));
  const named = [...candidates.keys()].filter((id) => id !== nothing);
  const before = new Set(named.map((id) => rules[id].check));
  const after = new Set(named.filter(stays).map((id) => rules[id].check));
  return [...before].filter((check) => !after.has(check));
}
