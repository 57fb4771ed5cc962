/**
 * Which failing check is the cause: the lowest on the ladder of those that can produce the symptom,
 * that no answer rules out and that no other failing check explains. What it explains follows from it; other failures that
 * can produce the symptom are further causes; the rest stay findings of their own.
 */
import { rungs, type CheckId, type Finding, type Symptom } from '../contract/diagnosis.ts';
import { checkLabel, perLocale, sentence } from '../wording/index.ts';
import { lessSure } from './confidence.ts';
import type { Evaluation } from './evaluate.ts';
import { explainsAll, rules, type ConditionId } from './rules/index.ts';
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
 * A cause is less sure while something is left open that could produce the symptom too and stands
 * below it, or would explain it.
 */
function doubted(finding: Finding, all: readonly Evaluation[], symptom: Symptom | null): Finding {
  if (finding.role !== 'cause' || symptom === null) return finding;
  const place = rungs.indexOf(finding.rung);
  const failing = all.find((e) => e.finding.check === finding.check)?.failing ?? [];
  const couldOverrule = (id: ConditionId): boolean =>
    rules[id].produces[symptom] !== undefined &&
    (rungs.indexOf(rules[id].rung) <= place || explainsAll([id], failing));
  const open = all.filter(({ leftOpen }) => leftOpen.some(couldOverrule));
  if (open.length === 0) return finding;
  const checks = perLocale((locale) => open.map((e) => checkLabel(e.finding.check, locale)));
  return {
    ...finding,
    confidence: lessSure(finding.confidence, 1),
    wouldProveWrong: sentence('proof_unread_below', { checks }),
  };
}
