/** Every fault of the simulated payment host, asked by the real client over real TLS. */
import { createServer } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ProbeStepName } from '../../../native-bridge/contract/probe-step.ts';
import { hostProbeSchema, type HostProbe } from '../../../native-bridge/contract/probe.ts';
import { probeHost } from '../../../native-bridge/probes/index.ts';
import { faults } from '../../../native-bridge/simulators/acquirer/faults.ts';
import { say } from '../../../native-bridge/wording/index.ts';
import { acquirerHere } from '../../support/acquirer.ts';

const stepOf = ({ steps }: HostProbe, name: ProbeStepName) =>
  steps.find(({ step }) => step === name);

/** Fault, the step that fails, why, and where the fault lies; null: nothing fails. */
const expected: Readonly<Record<string, readonly [ProbeStepName, string, string] | null>> = {
  down: ['tcp', 'refused', 'host'],
  slow: ['http', 'no-answer', 'way'],
  hangs: ['http', 'no-answer', 'way'],
  'hangs-in-tls': ['tls', 'no-answer', 'way'],
  'not-tls': ['tls', 'not-tls', 'way'],
  'hangs-after-headers': ['http', 'body-stalled', 'way'],
  'hangs-mid-body': ['http', 'body-stalled', 'way'],
  drips: ['http', 'body-stalled', 'way'],
  'cut-off': ['http', 'cut-off', 'way'],
  'certificate-expired': ['tls', 'certificate-expired', 'host'],
  'certificate-not-yet-valid': ['tls', 'certificate-not-yet-valid', 'host'],
  'certificate-wrong-name': ['tls', 'certificate-wrong-name', 'host'],
  'certificate-unknown-issuer': ['tls', 'certificate-unknown-issuer', 'way'],
  'wrong-clock': null,
  'portal-redirect': ['http', 'redirected', 'portal'],
  'portal-page': ['http', 'login-page', 'portal'],
  redirects: ['http', 'login-page', 'portal'],
  huge: ['http', 'unexpected-answer', 'host'],
  'huge-declared': ['http', 'unexpected-answer', 'host'],
  'gzip-bomb': ['http', 'unexpected-answer', 'host'],
  maintenance: ['http', 'maintenance', 'host'],
  'server-error': ['http', 'server-error', 'host'],
  'large-lost': ['large', 'large-lost', 'way'],
  uneven: ['large', 'large-lost', 'way'],
};

/** Those that are waited for. */
const silent = ['slow', 'hangs', 'hangs-in-tls', 'hangs-after-headers', 'hangs-mid-body', 'drips'];
const waiting = [...silent, 'large-lost', 'uneven'];

describe('a payment host', () => {
  it('that is well passes every step, and is shown as it is', async () => {
    const acquirer = await acquirerHere();
    const sampling = { count: 3, intervalMs: 20 };
    const probe = hostProbeSchema.parse(
      await acquirer.probe({ sampling, known: [acquirer.known] }),
    );
    expect(probe.steps.map(({ step, outcome }) => `${step} ${outcome}`)).toEqual([
      'dns ok',
      'tcp ok',
      'tls ok',
      'http ok',
      'large ok',
      'samples ok',
      'portal ok',
    ]);
    expect(probe).toMatchObject({ failedAt: null, place: null, next: null, status: 200 });
    expect(probe.certificate).toMatchObject({
      protocol: 'TLSv1.3',
      issuer: 'POS Bench training CA',
    });
    expect(probe.samples).toMatchObject({ count: 3, lost: 0 });
    // Name, TLS and answer, the large request, three samples.
    expect(acquirer.stats('host')).toMatchObject({ connections: 5, requests: 2 });
  });

  const own = faults.filter(({ services }) => services.includes('host')).map(({ name }) => name);

  /** What a probe makes of the fault, beside what is expected of it. */
  async function seen(fault: string, stepTimeoutMs: number) {
    const acquirer = await acquirerHere([`host:${fault}`], '--slow-ms', '60000');
    const options = { stepTimeoutMs, known: [acquirer.known] };
    const probe = hostProbeSchema.parse(await acquirer.probe(options));
    const [step, problem, place] = expected[fault] ?? [null, null, null];
    const found = step === null ? null : (stepOf(probe, step)?.problem ?? null);
    for (const locale of ['zh-CN', 'en'] as const) {
      for (const { what } of [...probe.steps, probe]) {
        expect(say(what, locale)).not.toMatch(/^\[|undefined/);
      }
    }
    return [
      { fault, step: probe.failedAt, problem: found, place: probe.place },
      { fault, step, problem, place },
    ] as const;
  }

  it.each(own.filter((fault) => !waiting.includes(fault)))(
    'with the fault %s fails where it is expected to',
    async (fault) => {
      const [found, wanted] = await seen(fault, 10_000);
      expect(found).toEqual(wanted);
    },
  );

  it('that keeps one waiting, at any place, fails there by the step’s deadline', async () => {
    const all = await Promise.all(waiting.map((fault) => seen(fault, 3_000)));
    expect(all.map(([found]) => found)).toEqual(all.map(([, wanted]) => wanted));
  });

  it('is sent nothing while its certificate is not in order', async () => {
    const acquirer = await acquirerHere(['host:certificate-unknown-issuer']);
    await acquirer.probe();
    expect(acquirer.stats('host')).toMatchObject({ requests: 0 });
  });

  it('is not trusted by a CA that only another probe was given', async () => {
    const acquirer = await acquirerHere();
    expect(await acquirer.probe()).toMatchObject({ failedAt: null });
    const without = await acquirer.probe({ ca: null });
    expect(stepOf(without, 'tls')?.problem).toBe('certificate-unknown-issuer');
  });

  it('of whose certificate several things are wrong has all of them told', async () => {
    const acquirer = await acquirerHere([
      'host:certificate-wrong-name',
      'host:certificate-expired',
    ]);
    const { certificate } = await acquirer.probe();
    expect(certificate?.problems).toEqual(['certificate-wrong-name', 'certificate-expired']);
    expect(certificate?.names).toEqual(['pay.other-acquirer.test']);
  });

  it('that answers no HTTP is told from one that is silent', async () => {
    const server = createServer((socket) => void socket.end('SSH-2.0-next-door\r\n'));
    onTestFinished(() => void server.close());
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const target = { host: '127.0.0.1', port, secure: false };
    const options = { sampling: { count: 0 }, known: [] };
    const probe = await probeHost(target, options, new AbortController().signal);
    expect(stepOf(probe, 'http')?.problem).toBe('not-http');
  });

  it('behind a known host that is blocked is well all the same', async () => {
    const acquirer = await acquirerHere(['known:down']);
    const probe = await acquirer.probe({ known: [acquirer.known] });
    expect(stepOf(probe, 'portal')).toMatchObject({ outcome: 'failed', problem: 'no-internet' });
    expect(probe).toMatchObject({ failedAt: null, place: null });
  });

  it('that expired only by this computer’s clock is not at fault', async () => {
    const acquirer = await acquirerHere(
      ['host:certificate-expired', 'known:wrong-clock'],
      '--clock-off-hours=-240',
    );
    const probe = await acquirer.probe({ known: [acquirer.known] });
    expect(probe).toMatchObject({ failedAt: 'tls', place: 'this-computer' });
  });
});
