/**
 * One check's finding. Failures lead: among those that can produce the symptom the lowest rung, else
 * the lowest of all. Without a failure, what could not be read makes it unknown, never pass.
 */
import { rungs, type CheckId, type Finding } from '../contract/diagnosis.ts';
import { readingLabel, sentence, snakeOfKebab, type PerLocale } from '../wording/index.ts';
import type { Check, Look, Observation } from './check.ts';
import { checks } from './checks/index.ts';
import { confidenceOf } from './confidence.ts';
import type { CheckInput } from './input.ts';
import { rules, type ConditionId } from './rules/index.ts';
import { Seen } from './seen.ts';

/** A finding with what choosing the cause needs besides. */
export interface Evaluation {
  readonly finding: Finding;
  /** Every failing condition, lowest rung first. */
  readonly failing: readonly ConditionId[];
  /** A cause only where nothing else is. */
  readonly weak: boolean;
}

export function evaluate(id: CheckId, input: CheckInput): Evaluation {
  const check = checks.find((one) => one.id === id);
  if (!check) throw new Error(`no check ${id}`);
  const seen = new Seen(input);
  const looked = check.look(input, seen);
  const failing = ofVerdict(looked, 'fail', input);
  const main = failing[0];
  if (main) {
    const weak = main.weak;
    const ids = failing.map((o) => o.condition);
    return { finding: observed(check, looked, main, input, seen), failing: ids, weak };
  }
  const unread = unreadThings(looked, seen);
  const warning = ofVerdict(looked, 'warn', input)[0];
  if (unread === null && warning) {
    return { finding: observed(check, looked, warning, input, seen), failing: [], weak: false };
  }
  return { finding: quiet(check, looked, unread), failing: [], weak: false };
}

/** Those of one verdict; first what can produce the symptom and isn't weak, then by rung. */
function ofVerdict(looked: Look, verdict: 'fail' | 'warn', { symptom }: CheckInput): Observation[] {
  const order = ({ condition, weak }: Observation): number => {
    const { produces, rung } = rules[condition];
    const away = produces[symptom] === undefined ? 200 : 0;
    return away + (weak ? 100 : 0) + rungs.indexOf(rung);
  };
  return looked.observations
    .filter((o) => rules[o.condition].verdict === verdict)
    .sort((a, b) => order(a) - order(b));
}

function basics(check: Check, looked: Look) {
  const question = looked.question && { ...looked.question, check: check.id };
  return {
    check: check.id,
    group: check.group,
    guide: check.guide,
    explains: [],
    question,
    role: 'finding' as const,
  };
}

function observed(
  check: Check,
  looked: Look,
  main: Observation,
  input: CheckInput,
  seen: Seen,
): Finding {
  const rule = rules[main.condition];
  const { facts } = main.headline;
  const key = snakeOfKebab(main.condition);
  const fails = rule.verdict === 'fail';
  return {
    ...basics(check, looked),
    rung: rule.rung,
    verdict: rule.verdict,
    headline: main.headline,
    evidence: main.evidence,
    confidence: confidenceOf({
      known: rule.known,
      agreement: main.agreement - (main.weak ? 2 : 0),
      mark: rule.produces[input.symptom] ?? null,
      doubts: doubts(check, main, input, seen),
    }),
    wouldProveWrong: fails ? { key: `proof_${key}`, facts } : null,
    remedy: {
      what: { key: `remedy_${key}`, facts },
      who: rule.who,
      settings: [...main.settings],
      flash: rule.flash ?? false,
    },
  };
}

/** A reading to be taken with care, and one that is asked for before it and could not be read. */
function doubts(check: Check, main: Observation, input: CheckInput, seen: Seen): number {
  const names = main.evidence.flatMap(({ reading }) => (reading === null ? [] : [reading]));
  const careful = names.some((name) => input.readings.get(name)?.caveat);
  const first = Math.min(...names.map((name) => check.needs.indexOf(name)).filter((at) => at >= 0));
  const missing = seen.unread.some((name) => check.needs.indexOf(name) < first);
  return (careful ? 1 : 0) + (missing && Number.isFinite(first) ? 1 : 0);
}

/** Pass, ask, not applicable, unknown. */
function quiet(check: Check, looked: Look, unread: PerLocale | null): Finding {
  const { otherwise } = looked;
  const verdict = unread === null ? otherwise.verdict : 'unknown';
  const sure = verdict === 'pass' || verdict === 'not-applicable';
  const agreement = otherwise.agreement;
  return {
    ...basics(check, looked),
    rung: check.rung,
    verdict,
    headline: unread === null ? otherwise.headline : sentence('unread_things', { things: unread }),
    evidence: otherwise.evidence,
    confidence: sure ? confidenceOf({ known: 'read', agreement, mark: null, doubts: 0 }) : 'low',
    wouldProveWrong: null,
    remedy: null,
  };
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
