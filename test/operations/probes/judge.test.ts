/** Where a fault lies, from what was seen. */
import { describe, expect, it } from 'vitest';
import {
  probePlaceSchema,
  probeProblems,
  type ProbeProblem,
  type ProbeStep,
  type ProbeStepName,
} from '../../../native-bridge/contract/probe-step.ts';
import type { PortalTest } from '../../../native-bridge/contract/probe.ts';
import { placeOf } from '../../../native-bridge/probes/judge.ts';
import {
  nextSentence,
  placeSentence,
  problemSentence,
} from '../../../native-bridge/probes/words.ts';
import { isMessageKey } from '../../../native-bridge/wording/index.ts';

const failed = (step: ProbeStepName, problem: ProbeProblem): ProbeStep => ({
  step,
  problem,
  outcome: 'failed',
  timeMs: 1,
  what: { key: '', facts: {} },
  facts: {},
  raw: '',
});
const passed = (step: ProbeStepName): ProbeStep => ({
  ...failed(step, 'refused'),
  outcome: 'ok',
  problem: null,
});

function placed(steps: readonly ProbeStep[], verdict: PortalTest['verdict'] | null = null) {
  const portal = verdict && { verdict, location: null, tries: [], date: null };
  const clock = { offsetMs: null, uncertaintyMs: null, sources: [], reason: 'no-source' } as const;
  return placeOf({ steps, portal, certificate: null, clock: { ...clock, sources: [] }, nowMs: 0 });
}

describe('the place of a fault', () => {
  it.each([
    ['dns', 'name-unknown', null, 'name'],
    ['dns', 'name-unknown', 'open', 'name'],
    ['dns', 'name-unknown', 'no-internet', 'this-network'],
    ['dns', 'name-server-silent', 'no-internet', 'this-network'],
    ['dns', 'name-server-silent', 'open', 'name'],
    ['dns', 'name-server-silent', null, 'name-server'],
    ['tcp', 'no-answer', 'no-internet', 'this-network'],
    ['tcp', 'no-answer', 'open', 'way'],
    ['tcp', 'no-answer', 'portal', 'portal'],
    ['tcp', 'refused', 'no-internet', 'host'],
    ['tls', 'certificate-unknown-issuer', 'portal', 'portal'],
    ['http', 'no-answer', 'no-internet', 'way'],
    ['http', 'maintenance', 'open', 'host'],
    ['samples', 'lossy', 'open', 'this-network'],
  ] as const)('at %s with %s and the known hosts %s is %s', (step, problem, verdict, place) => {
    expect(placed([failed(step, problem)], verdict)).toBe(place);
  });

  it('is the usual name server where another one knows the name', () => {
    expect(placed([failed('dns', 'name-unknown'), passed('second-dns')])).toBe('name-server');
  });

  it('is nowhere where only what is asked beside it failed', () => {
    const aside = [failed('second-dns', 'name-server-silent'), failed('portal', 'no-internet')];
    expect(placed([passed('dns'), ...aside], 'no-internet')).toBeNull();
  });

  it('and every problem have words', () => {
    const keys = [
      ...probeProblems.map((problem) => problemSentence(problem, {}).key),
      ...probePlaceSchema.options.flatMap((place) => [
        placeSentence(place, {}).key,
        nextSentence(place, {}).key,
      ]),
    ];
    expect(keys.filter((key) => !isMessageKey(key))).toEqual([]);
  });
});
