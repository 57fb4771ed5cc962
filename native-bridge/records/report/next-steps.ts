/**
 * Who acts next, as a case's last diagnosis and its newest flash leave it: what is known to be wrong
 * first, the few questions that settle most after it, what the flash asks for last.
 */
import type { CaseEvent } from '../../contract/case.ts';
import type { Sentence } from '../../contract/common.ts';
import type { Actor, CheckId, Diagnosis, Finding } from '../../contract/diagnosis.ts';
import type { FlashResult } from '../../contract/firmware.ts';

export interface NextStep {
  readonly who: Actor;
  readonly what: Sentence;
  readonly check: CheckId | null;
}

interface Left {
  readonly last: Diagnosis | null;
  /** The cause is gone: nothing is left to find out. */
  readonly isResolved: boolean;
  readonly flash: FlashResult | null;
  readonly events: readonly CaseEvent[];
}

/** The rest is asked when these are answered. */
const mostQuestions = 3;

/** What was put right since the last diagnosis is not asked for again: whether it helped is. */
export function nextSteps({ last, isResolved, flash, events }: Left): NextStep[] {
  const corrected = correctedSince(events);
  const isDone = ({ remedy }: Finding): boolean =>
    remedy !== null &&
    remedy.settings.length > 0 &&
    remedy.settings.every((key) => corrected.has(key));
  const open = byRole(last?.findings ?? []);
  const steps = open.flatMap((finding): NextStep[] => {
    const { check, remedy } = finding;
    if (remedy === null || isDone(finding) || isOpen(finding)) return [];
    return [{ who: remedy.who, what: remedy.what, check }];
  });
  const done = open.find(isDone);
  if (done !== undefined) {
    const what = { key: 'report_next_again', facts: {} };
    steps.unshift({ who: 'technician', what, check: done.check });
  }
  if (last !== null && !isResolved) steps.push(...toAsk(last));
  if (flash) steps.push({ who: 'technician', what: afterFlash(flash), check: null });
  return steps;
}

/** Nothing is known to be wrong: its remedy is a test that would tell. */
const isOpen = ({ verdict }: Finding): boolean => verdict === 'ask' || verdict === 'unknown';

/** The steps by their names: the list that the flash's own words point to stands elsewhere. */
function afterFlash({ state, next }: FlashResult): Sentence {
  const named = state.key === 'flash_state_not_trading' ? state.facts['steps'] : undefined;
  if (!Array.isArray(named)) return next;
  const steps = named.filter((step) => step !== 'test-payment');
  return steps.length > 0
    ? { key: 'report_next_after_flash', facts: { steps } }
    : { key: 'flash_next_test_payment', facts: {} };
}

/** The cause first; what only follows from it is not dealt with by itself. */
function byRole(findings: readonly Finding[]): Finding[] {
  const rank = { cause: 0, 'further-cause': 1, finding: 2, follows: 3 };
  return findings
    .filter(({ role }) => role !== 'follows')
    .sort((a, b) => rank[a.role] - rank[b.role]);
}

/**
 * What settles most, and nothing where the cause is sure: it is dealt with first. A case from before
 * there was such an order has questions only in its findings.
 */
function toAsk({ questions, findings }: Diagnosis): NextStep[] {
  if (findings.some(({ role, confidence }) => role === 'cause' && confidence === 'high')) return [];
  const ofFindings = byRole(findings).flatMap(({ check, question, verdict }) =>
    verdict === 'ask' && question !== null ? [{ text: question.text, check }] : [],
  );
  const tests = byRole(findings).flatMap((finding): NextStep[] => {
    const { check, remedy } = finding;
    return remedy !== null && isOpen(finding)
      ? [{ who: remedy.who, what: remedy.what, check }]
      : [];
  });
  const asked = (questions.length > 0 ? questions : ofFindings)
    .slice(0, mostQuestions)
    .map(({ text, check }): NextStep => ({ who: 'technician', what: text, check }));
  return [...asked, ...tests];
}

/** Settings that were put right after the last diagnosis, and not taken back since. */
function correctedSince(events: readonly CaseEvent[]): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const event of events) {
    if (event.kind === 'diagnosis') keys.clear();
    if (event.kind !== 'correction') continue;
    const { changes, outcome } = event.correction;
    for (const { key } of changes) {
      if (outcome === 'applied') keys.add(key);
      else if (outcome === 'undone') keys.delete(key);
    }
  }
  return keys;
}
