/** Names: what the usual name server says, and what another one says. */
import { describe, expect, it } from 'vitest';
import type { HostProbe } from '../../../native-bridge/contract/probe.ts';
import { probeHost } from '../../../native-bridge/probes/index.ts';
import { acquirerHere } from '../../support/acquirer.ts';
import { nameServer } from '../../support/name-server.ts';

const { signal } = new AbortController();
const short = { stepTimeoutMs: 10_000, sampling: { count: 0 }, known: [], largeBytes: 0 };
const unknownHost = 'pay.nowhere.invalid';

const outcomes = ({ steps }: HostProbe) =>
  steps.map(({ step, problem, outcome }) => `${step} ${problem ?? outcome}`);

describe('a name', () => {
  it('that nobody knows fails at the first step, and the rest is not asked', async () => {
    const probe = await probeHost({ host: unknownHost, port: 443, secure: true }, short, signal);
    expect(outcomes(probe)).toEqual([
      'dns name-unknown',
      'tcp skipped',
      'tls skipped',
      'http skipped',
    ]);
    expect(probe).toMatchObject({ failedAt: 'dns', place: 'name', addresses: [] });
  });

  it('that only another name server knows puts the fault on the usual one, and goes on', async () => {
    const acquirer = await acquirerHere();
    const resolver = await nameServer({ [unknownHost]: '127.0.0.1' });
    const target = { host: unknownHost, port: acquirer.hostPort, secure: true };
    const probe = await probeHost(target, { ...short, resolver, ca: acquirer.ready.caPem }, signal);
    expect(outcomes(probe).slice(0, 3)).toEqual(['dns name-unknown', 'second-dns ok', 'tcp ok']);
    expect(probe).toMatchObject({ failedAt: 'dns', place: 'name-server' });
  });

  it('that both do not know is the name’s own fault', async () => {
    const resolver = await nameServer({});
    const target = { host: unknownHost, port: 443, secure: true };
    const probe = await probeHost(target, { ...short, resolver }, signal);
    expect(outcomes(probe).slice(0, 2)).toEqual(['dns name-unknown', 'second-dns name-unknown']);
    expect(probe.place).toBe('name');
  });

  it('that is led into a private network is found by the other name server', async () => {
    const resolver = await nameServer({ localhost: '203.0.113.9' });
    const acquirer = await acquirerHere();
    const target = { host: 'localhost', port: acquirer.hostPort, secure: true };
    const probe = await probeHost(target, { ...short, resolver, ca: acquirer.ready.caPem }, signal);
    expect(probe).toMatchObject({ failedAt: 'second-dns', place: 'name-server' });
    expect(probe.steps[1]?.facts).toMatchObject({ public: ['203.0.113.9'] });
  });

  it('whose second name server is silent is not at fault for that', async () => {
    const resolver = await nameServer({}, { silent: true });
    const acquirer = await acquirerHere();
    const target = { host: 'localhost', port: acquirer.hostPort, secure: true };
    const options = { ...short, stepTimeoutMs: 3_000, resolver, ca: acquirer.ready.caPem };
    const probe = await probeHost(target, options, signal);
    expect(outcomes(probe).slice(0, 2)).toEqual(['dns ok', 'second-dns name-server-silent']);
    expect(probe).toMatchObject({ failedAt: null, place: null });
  });
});
