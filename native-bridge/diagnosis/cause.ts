/**
 * Which failing check is the cause: the lowest on the ladder of those that can produce the symptom,
 * that no answer rules out and that no other failing check explains. What it explains follows from it; other failures that
 * can produce the symptom are further causes; the rest stay findings of their own.
 */
import { rungs, type CheckId, type Finding, type Symptom } from '../contract/diagnosis.ts';
import { checkLabel, perLocale, sentence } from '../wording/index.ts';
import { lessSure } from './confidence.ts';
import type { Evaluation } from './evaluate.ts';
import { conditionIds, explainsAll, rules, type ConditionId } from './rules/index.ts';
import { supportFor } from './support.ts';

export interface Conclusion {
  /** In the order they came, each with its role. */
  readonly findings: Finding[];
  readonly cause: CheckId | null;
  /** What of that check leads; null where there is no cause. */
  readonly condition: string | null;
}

export function chooseCause(
  evaluations: readonly Evaluation[],
  symptom: Symptom | null,
): Conclusion {
  const failed = evaluations.filter((e) => e.finding.verdict === 'fail');
  const producing = failed.filter((e) => canProduce(e, symptom));
  const strong = producing.filter((e) => !e.weak);
  const candidates = strong.length > 0 ? strong : producing;
  const roots = candidates.filter((e) => !candidates.some((other) => explains(other, e)));
  const cause = [...roots].sort((a, b) => rungOf(a) - rungOf(b))[0] ?? null;
  const role = (e: Evaluation): Finding['role'] => {
    if (e === cause) return 'cause';
    if (roots.includes(e)) return 'further-cause';
    return follows(e, failed, roots) ? 'follows' : 'finding';
  };
  const findings = evaluations.map((e) => ({
    ...e.finding,
    role: role(e),
    explains: failed.filter((other) => explains(e, other)).map((other) => other.finding.check),
  }));
  const concluded =
    cause === null ? findings : findings.map((f) => doubted(f, evaluations, symptom));
  const named = concluded.find((finding) => finding.role === 'cause');
  return {
    findings: concluded.map((finding) =>
      finding.check === 'support' && named ? supportFor(finding, named) : finding,
    ),
    cause: named?.check ?? null,
    condition: cause?.possible[0] ?? null,
  };
}

const rungOf = (e: Evaluation): number => rungs.indexOf(e.finding.rung);

/** Without a complaint nothing is its cause. */
function canProduce({ possible }: Evaluation, symptom: Symptom | null): boolean {
  if (symptom === null) return false;
  return possible.some((condition) => rules[condition].produces[symptom] !== undefined);
}

function explains(one: Evaluation, other: Evaluation): boolean {
  return one !== other && other.failing.length > 0 && explainsAll(one.failing, other.failing);
}

/** Explained by a root, or by what follows from one: it is expected to go when the root goes. */
function follows(
  e: Evaluation,
  failed: readonly Evaluation[],
  roots: readonly Evaluation[],
): boolean {
  return failed.some((o) => explains(o, e) && (roots.includes(o) || follows(o, failed, roots)));
}

/**
 * A cause is less sure while a check can't be read that stands below it and could be the cause, or
 * that would explain it.
 */
function doubted(finding: Finding, all: readonly Evaluation[], symptom: Symptom | null): Finding {
  if (finding.role !== 'cause' || symptom === null) return finding;
  const place = rungs.indexOf(finding.rung);
  const failing = all.find((e) => e.finding.check === finding.check)?.failing ?? [];
  const unread = all
    .map((e) => e.finding)
    .filter((f) => f.verdict === 'unknown' && f.headline.key !== 'unread_answer')
    .filter((f) => couldOverrule(f.check, symptom, place, failing));
  if (unread.length === 0) return finding;
  const checks = perLocale((locale) => unread.map((f) => checkLabel(f.check, locale)));
  return {
    ...finding,
    confidence: lessSure(finding.confidence, 1),
    wouldProveWrong: sentence('proof_unread_below', { checks }),
  };
}

function couldOverrule(
  check: CheckId,
  symptom: Symptom,
  place: number,
  failing: readonly ConditionId[],
): boolean {
  return conditionIds.some((id) => {
    const { check: own, verdict, produces, rung } = rules[id];
    if (own !== check || verdict !== 'fail' || produces[symptom] === undefined) return false;
    return rungs.indexOf(rung) <= place || explainsAll([id], failing);
  });
}
