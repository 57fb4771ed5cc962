/**
 * Where the fault lies: from the first step that failed, what the known hosts answered and what is
 * known of this computer's clock. Pure.
 */
import type { ProbePlace, ProbeProblem, ProbeStep } from '../contract/probe-step.ts';
import type { ClockReference, HostCertificate, PortalTest } from '../contract/probe.ts';

export interface Seen {
  readonly steps: readonly ProbeStep[];
  readonly portal: PortalTest | null;
  readonly certificate: HostCertificate | null;
  /** Of other hosts than the one that is probed. */
  readonly clock: ClockReference;
  readonly nowMs: number;
}

/** A clock is off when it is off by more than it can be read to. */
const leastClockOffMs = 60_000;

/**
 * The first failed step that keeps a payment from this host. A known host that is blocked is no
 * fault, nor is a second name server that does not answer; they only tell where a fault lies.
 */
export function firstFailed(steps: readonly ProbeStep[]): ProbeStep | null {
  const failed = steps.filter(({ outcome }) => outcome === 'failed');
  return failed.find(({ step, problem }) => !isAside(step, problem)) ?? null;
}

const isAside = (step: ProbeStep['step'], problem: ProbeStep['problem']): boolean =>
  step === 'portal' || (step === 'second-dns' && problem !== 'name-private');

/** Null: nothing failed. */
export function placeOf(seen: Seen): ProbePlace | null {
  const failed = firstFailed(seen.steps);
  if (failed?.problem == null) return null;
  const { problem, step } = failed;
  if (seen.portal?.verdict === 'portal') return 'portal';
  if (isNameProblem(problem)) return nameFault(problem, seen);
  if (step === 'tcp' && problem !== 'refused' && seen.portal?.verdict === 'no-internet') {
    return 'this-network';
  }
  if (isDateProblem(problem) && isOurClock(seen)) return 'this-computer';
  return places[problem] ?? 'unknown';
}

/** What a problem says by itself. */
const places: Readonly<Partial<Record<ProbeProblem, ProbePlace>>> = {
  refused: 'host',
  'no-route': 'this-network',
  'no-answer': 'way',
  'cut-off': 'way',
  'not-tls': 'way',
  'tls-refused': 'host',
  'certificate-unknown-issuer': 'way',
  'certificate-wrong-name': 'host',
  'certificate-expired': 'host',
  'certificate-not-yet-valid': 'host',
  'certificate-refused': 'host',
  'not-http': 'host',
  redirected: 'portal',
  'login-page': 'portal',
  'unexpected-answer': 'host',
  maintenance: 'host',
  'server-error': 'host',
  'request-refused': 'host',
  'body-stalled': 'way',
  'too-large': 'host',
  unreadable: 'host',
  'large-lost': 'way',
  lossy: 'this-network',
};

const isNameProblem = (problem: ProbeProblem): boolean => problem.startsWith('name-');
const isDateProblem = (problem: ProbeProblem): boolean =>
  problem === 'certificate-expired' || problem === 'certificate-not-yet-valid';

function nameFault(problem: ProbeProblem, { steps, portal }: Seen): ProbePlace {
  const second = steps.find(({ step }) => step === 'second-dns');
  if (problem === 'name-private' || second?.outcome === 'ok') return 'name-server';
  if (portal?.verdict === 'no-internet') return 'this-network';
  if (problem === 'name-unknown') return 'name';
  // Other names are answered: the server is there, and the name's own servers are not.
  return portal?.verdict === 'open' ? 'name' : 'name-server';
}

/** The certificate would be in order at the time the others tell. */
function isOurClock({ clock, certificate, nowMs }: Seen): boolean {
  const { offsetMs } = clock;
  if (offsetMs === null || Math.abs(offsetMs) < leastClockOffMs || certificate === null)
    return false;
  const { validFromUtc, validToUtc } = certificate;
  if (validFromUtc === null || validToUtc === null) return false;
  const trueMs = nowMs - offsetMs;
  return trueMs >= Date.parse(validFromUtc) && trueMs <= Date.parse(validToUtc);
}
