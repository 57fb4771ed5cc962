/** What probes saw, as readings. */
import { describe, expect, it } from 'vitest';
import type {
  ProbeProblem,
  ProbeStep,
  ProbeStepName,
} from '../../../native-bridge/contract/probe-step.ts';
import {
  hostReadings,
  type Probed,
} from '../../../native-bridge/operations/readings/computer-view.ts';

type Place = NonNullable<Probed['probe']>['place'];
/** `true`: it went well; a problem: it failed by it; steps that are not named were skipped. */
type Went = Readonly<Partial<Record<ProbeStepName, true | ProbeProblem>>>;

const order: readonly ProbeStepName[] = ['dns', 'tcp', 'tls', 'http', 'large', 'portal'];

function seen(went: Went, place: Place | 'none'): Record<string, unknown> {
  const steps = order.map((step): ProbeStep => {
    const how = went[step];
    const outcome = how === undefined ? 'skipped' : how === true ? 'ok' : 'failed';
    const problem = how === true || how === undefined ? null : how;
    const what = { key: 'x', facts: {} };
    return { step, outcome, problem, timeMs: 1, what, facts: {}, raw: `${step} raw` };
  });
  const what = { key: 'probe_well', facts: {} };
  const probe = place === 'none' ? null : { place, what };
  const atUtc = '2026-03-11T01:14:02.000Z';
  const readings = hostReadings({ asked: 'pay.example', steps, probe, atUtc });
  return Object.fromEntries(
    readings.map(({ name, value, failure }) => [
      name.replace('computer.', ''),
      failure === null ? value : `unread: ${String(failure.facts['problem'])}`,
    ]),
  );
}

const cases: readonly (readonly [string, Went, Place | 'none', Record<string, unknown>])[] = [
  [
    'all is well',
    { dns: true, tcp: true, tls: true, http: true, portal: true },
    null,
    { online: true, captivePortal: false, paymentHostReached: 'yes', tls: 'ok' },
  ],
  [
    'there is no internet: nothing is said of the host',
    { dns: 'name-server-silent', portal: 'no-internet' },
    'this-network',
    {
      online: false,
      captivePortal: false,
      paymentHostReached: 'unread: name-server-silent',
      tls: 'unread: no-answer',
    },
  ],
  [
    'a sign-in page is in between',
    { dns: true, tcp: true, tls: 'certificate-unknown-issuer', portal: 'portal' },
    'portal',
    {
      online: false,
      captivePortal: true,
      paymentHostReached: 'unread: certificate-unknown-issuer',
      tls: 'unread: certificate-unknown-issuer',
    },
  ],
  [
    'the host alone is gone',
    { dns: true, tcp: 'no-answer', portal: true },
    'way',
    { online: true, captivePortal: false, paymentHostReached: 'timeout', tls: 'unread: no-answer' },
  ],
  [
    'its name is unknown',
    { dns: 'name-unknown', portal: true },
    'name',
    { online: true, captivePortal: false, paymentHostReached: 'dns', tls: 'unread: no-answer' },
  ],
  [
    'its certificate has expired',
    { dns: true, tcp: true, tls: 'certificate-expired', portal: true },
    'host',
    { online: true, captivePortal: false, paymentHostReached: 'tls', tls: 'expired' },
  ],
  [
    'only this computer’s clock says that it has expired',
    { dns: true, tcp: true, tls: 'certificate-expired', portal: true },
    'this-computer',
    {
      online: true,
      captivePortal: false,
      paymentHostReached: 'unread: certificate-expired',
      tls: 'unread: certificate-expired',
    },
  ],
  [
    'it answers and declines',
    { dns: true, tcp: true, tls: true, http: 'maintenance', portal: true },
    'host',
    { online: true, captivePortal: false, paymentHostReached: 'refused', tls: 'ok' },
  ],
  [
    'the known hosts are blocked, and it answers all the same',
    { dns: true, tcp: true, tls: true, http: true, portal: 'no-internet' },
    'this-network',
    { online: true, captivePortal: false, paymentHostReached: 'yes', tls: 'ok' },
  ],
  [
    'the time was up before anything failed',
    { dns: true },
    'none',
    {
      online: 'unread: no-answer',
      paymentHostReached: 'unread: no-answer',
      tls: 'unread: no-answer',
    },
  ],
  [
    'nobody is known that could tell of a sign-in page',
    { dns: true, tcp: 'refused' },
    'host',
    { paymentHostReached: 'refused', tls: 'unread: no-answer' },
  ],
];

describe('a probe from this computer, where', () => {
  it.each(cases)('%s', (_what, went, place, readings) => {
    expect(seen(went, place)).toEqual(readings);
  });
});
