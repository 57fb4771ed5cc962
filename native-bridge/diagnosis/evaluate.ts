/**
 * One check's finding. Failures lead: among those that can be the cause the lowest rung, else the
 * lowest of all. Without a failure, what could not be read makes it unknown, never pass; where only
 * a person can tell, the answers do.
 */
import { rungs, type CheckId, type Evidence, type Finding } from '../contract/diagnosis.ts';
import { placeOf } from '../contract/check-places.ts';
import type { Sentence } from '../contract/common.ts';
import { readingLabel, sentence, type PerLocale } from '../wording/index.ts';
import { standing, type Standing } from './answers/standing.ts';
import { leftOpen } from './answers/left-open.ts';
import { askingOf, toldKey, toldOf, type Asking } from './answers/told.ts';
import type { Check, Look, Observation, Outcome } from './check.ts';
import { checks } from './checks/index.ts';
import { confidenceOf } from './confidence.ts';
import type { CheckInput } from './input.ts';
import { asQuestion } from './next/as-question.ts';
import { rules, type ConditionId } from './rules/index.ts';
import { Seen } from './seen.ts';
import { isGuided } from './ways.ts';

/** A finding with what choosing the cause needs besides. */
export interface Evaluation {
  readonly finding: Finding;
  /** Every failing condition, what can be the cause first, then by rung. */
  readonly failing: readonly ConditionId[];
  /** Those of them that the answers allow to be the cause. */
  readonly possible: readonly ConditionId[];
  /** A cause only where nothing else is. */
  readonly weak: boolean;
  /** Seen to be absent. */
  readonly cleared: readonly ConditionId[];
  /** Faults of it that nothing settled: not read, or asked about and not known (answers/left-open.ts). */
  readonly leftOpen: readonly ConditionId[];
}

/** What one check is judged by. */
interface Bench {
  readonly check: Check;
  readonly input: CheckInput;
  readonly seen: Seen;
  readonly standing: Standing;
  readonly looked: Look;
  readonly asking: Asking;
}

export function evaluate(id: CheckId, input: CheckInput, told?: Standing): Evaluation {
  const check = checks.find((one) => one.id === id);
  if (!check) throw new Error(`no check ${id}`);
  const seen = new Seen(input);
  const stand = told ?? standing(input.answers, input.understood);
  const own = check.look(input, seen);
  const { cleared } = own;
  const looked = {
    ...own,
    observations: [...own.observations, ...toldBeside(id, own, input, stand)],
  };
  const asking = askingOf(id, input, new Set([...stand.absent.keys(), ...cleared]));
  const bench: Bench = { check, input, seen, standing: stand, looked, asking };
  const failing = ofVerdict(bench, 'fail');
  const main = failing[0];
  if (main) {
    const ids = failing.map((o) => o.condition);
    const possible = ids.filter((condition) => !stand.out.has(condition));
    const finding = observed(bench, main);
    return { finding, failing: ids, possible, weak: main.weak, cleared, leftOpen: [] };
  }
  const unread = unreadThings(looked, seen);
  const warning = ofVerdict(bench, 'warn')[0];
  const finding = unread === null && warning ? observed(bench, warning) : quiet(bench, unread);
  const settled = { check: id, cleared, isUnread: isUnread(finding, input) };
  const open = leftOpen(settled, stand);
  return { finding, failing: [], possible: [], weak: false, cleared, leftOpen: open };
}

/** It should have been read, by this terminal; without one nothing is missed, only asked. */
const isUnread = ({ verdict, headline }: Finding, input: CheckInput): boolean =>
  verdict === 'unknown' && headline.key !== 'unread_answer' && !isGuided(input);

/**
 * What was told counts less where the check saw for itself that all is well; of what no reading
 * tells it can have seen nothing.
 */
function toldBeside(id: CheckId, own: Look, input: CheckInput, stand: Standing): Observation[] {
  const seen = new Set(own.observations.map(({ condition }) => condition));
  const isWell = own.otherwise.verdict === 'pass' || own.otherwise.verdict === 'not-applicable';
  return toldOf(id, input, stand)
    .filter(({ condition }) => !seen.has(condition))
    .map((told) => {
      const couldSee = rules[told.condition].known !== 'asked';
      const isSeenWell = isWell && own.observations.length === 0;
      const isCleared = own.cleared.includes(told.condition);
      return { ...told, weak: told.weak || isCleared || (isSeenWell && couldSee) };
    });
}

/** Those of one verdict; first what can produce the symptom, may be the cause and isn't weak, then by rung. */
function ofVerdict({ looked, input, standing }: Bench, verdict: 'fail' | 'warn'): Observation[] {
  const order = ({ condition, weak }: Observation): number => {
    const { produces, rung } = rules[condition];
    const produced = input.symptom === null || produces[input.symptom] !== undefined;
    const out = standing.out.has(condition) ? 400 : 0;
    return (produced ? 0 : 200) + out + (weak ? 100 : 0) + rungs.indexOf(rung);
  };
  return looked.observations
    .filter((o) => rules[o.condition].verdict === verdict)
    .sort((a, b) => order(a) - order(b));
}

function basics(bench: Bench) {
  const { check, asking, input } = bench;
  const question = isLeftToAsk(bench) ? asking.questions[0] : undefined;
  const { group, guide } = placeOf(check.id);
  return {
    check: check.id,
    group,
    guide,
    explains: [],
    question: question === undefined ? null : asQuestion(question, input),
    ruledOutBy: null,
    role: 'finding' as const,
  };
}

/** It was asked already, or the check can't tell by itself. */
function isLeftToAsk({ looked, asking, seen }: Bench): boolean {
  if (asking.evidence.length > 0 || unreadThings(looked, seen) !== null) return true;
  return looked.otherwise.verdict === 'ask' || looked.otherwise.verdict === 'unknown';
}

function observed(bench: Bench, main: Observation): Finding {
  const { input, standing } = bench;
  const rule = rules[main.condition];
  const { facts } = main.headline;
  const fails = rule.verdict === 'fail';
  const words = (kind: 'proof' | 'remedy'): Sentence => ({
    key:
      main.isTold === true
        ? toldKey(kind, main.condition)
        : `${kind}_${main.condition.replaceAll('-', '_')}`,
    facts,
  });
  const mark = input.symptom === null ? null : (rule.produces[input.symptom] ?? null);
  const answers = standing.agreement.get(main.condition) ?? 0;
  return {
    ...basics(bench),
    rung: rule.rung,
    verdict: rule.verdict,
    headline: main.headline,
    evidence: main.evidence,
    confidence: confidenceOf({
      known: main.isTold === true ? 'asked' : rule.known,
      agreement: main.agreement + Math.min(2, answers) - (main.weak ? 2 : 0),
      mark,
      doubts: doubts(bench, main),
    }),
    wouldProveWrong: fails ? words('proof') : null,
    remedy: {
      what: words('remedy'),
      who: rule.who,
      settings: main.settings.filter((key) => !isByHand(input, key)),
      flash: rule.flash ?? false,
      test: null,
    },
    ruledOutBy: fails ? ruledOutBy(bench, main.condition) : null,
  };
}

/** What the terminal lets nobody set from here is no remedy of ours; the words are the same. */
const isByHand = ({ settings }: CheckInput, key: string): boolean =>
  settings.some((row) => row.key === key && row.byHand != null);

function ruledOutBy({ standing }: Bench, condition: ConditionId): Sentence | null {
  const told = standing.out.get(condition);
  if (told === undefined) return null;
  const key = (part: string): string => part.replaceAll('-', '_');
  return { key: `out_${key(told.question)}_${key(told.answer)}`, facts: {} };
}

/** A reading to be taken with care, and one that is asked for before it and could not be read. */
function doubts({ check, input, seen }: Bench, main: Observation): number {
  const names = main.evidence.flatMap(({ reading }) => (reading === null ? [] : [reading]));
  const careful = names.some((name) => input.readings.get(name)?.caveat);
  const first = Math.min(...names.map((name) => check.needs.indexOf(name)).filter((at) => at >= 0));
  const missing = seen.unread.some((name) => check.needs.indexOf(name) < first);
  return (careful ? 1 : 0) + (missing && Number.isFinite(first) ? 1 : 0);
}

/** Pass, ask, not applicable, unknown. */
function quiet(bench: Bench, unread: PerLocale | null): Finding {
  const { check, looked, asking } = bench;
  const { verdict, headline, evidence, agreement, next } =
    unread === null ? answered(bench) : unreadOutcome(looked.otherwise, unread);
  const sure = verdict === 'pass' || verdict === 'not-applicable';
  return {
    ...basics(bench),
    rung: check.rung,
    verdict,
    headline,
    evidence: [...asking.evidence.filter((one) => !isIn(evidence, one)), ...evidence],
    confidence: sure ? confidenceOf({ known: 'read', agreement, mark: null, doubts: 0 }) : 'low',
    wouldProveWrong: null,
    remedy: sure ? null : (next ?? null),
  };
}

const isIn = (evidence: readonly Evidence[], { source }: Evidence): boolean =>
  evidence.some((one) => one.source === source);

function unreadOutcome(otherwise: Outcome, things: PerLocale): Outcome {
  return { ...otherwise, verdict: 'unknown', headline: sentence('unread_things', { things }) };
}

/** Where the check can't tell by itself: by what was answered, or that an answer is waited for. */
function answered({ looked, asking, input }: Bench): Outcome {
  const { otherwise, toldWell } = looked;
  if (otherwise.verdict !== 'ask' && otherwise.verdict !== 'unknown') return otherwise;
  const told = { ...otherwise, agreement: -1 };
  switch (asking.state) {
    case 'none':
      if (otherwise.verdict === 'unknown') return otherwise;
      return { ...told, verdict: 'not-applicable', headline: sentence('absent_symptom', {}) };
    case 'open':
      return { ...told, verdict: 'ask', headline: waiting(otherwise, asking, input) };
    case 'unknown':
      return { ...told, verdict: 'unknown', headline: sentence('unread_answer', {}) };
    case 'well':
      return { ...told, verdict: 'pass', headline: toldWell ?? sentence('fine_told', {}) };
  }
}

/** The check's own words where it has some, else the question. */
function waiting(otherwise: Outcome, { questions }: Asking, input: CheckInput): Sentence {
  const first = questions[0];
  if (otherwise.verdict === 'ask' || first === undefined) return otherwise.headline;
  return asQuestion(first, input).text;
}

/** What could not be read, by name in both languages; null where all was. */
function unreadThings(looked: Look, seen: Seen): PerLocale | null {
  const names = seen.unread;
  const rows = looked.unreadSettings;
  if (names.length + rows.length === 0 || looked.otherwise.verdict === 'not-applicable')
    return null;
  const labels = (locale: 'zh-CN' | 'en'): string[] => [
    ...new Set([...names.map((n) => readingLabel(n, locale)), ...rows.map((row) => row[locale])]),
  ];
  return { 'zh-CN': labels('zh-CN'), en: labels('en') };
}
