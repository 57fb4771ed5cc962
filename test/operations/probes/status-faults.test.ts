/** The status service's client against every fault of the simulated one. */
import { describe, expect, it } from 'vitest';
import { statusAnswerSchema } from '../../../native-bridge/contract/merchant-status.ts';
import { askStatus } from '../../../native-bridge/probes/index.ts';
import { faults } from '../../../native-bridge/simulators/acquirer/faults.ts';
import { say } from '../../../native-bridge/wording/index.ts';
import { acquirerHere, merchantNumber } from '../../support/acquirer.ts';

/** null: it is answered all the same. */
const expected: Readonly<Record<string, string | null>> = {
  down: 'refused',
  slow: 'no-answer',
  hangs: 'no-answer',
  'hangs-in-tls': 'no-answer',
  'not-tls': 'not-tls',
  'hangs-after-headers': 'body-stalled',
  'hangs-mid-body': 'body-stalled',
  drips: 'body-stalled',
  'cut-off': 'cut-off',
  'certificate-expired': 'certificate-expired',
  'certificate-not-yet-valid': 'certificate-not-yet-valid',
  'certificate-wrong-name': 'certificate-wrong-name',
  'certificate-unknown-issuer': 'certificate-unknown-issuer',
  'wrong-clock': null,
  'portal-redirect': 'redirected',
  'portal-page': 'login-page',
  redirects: 'redirected',
  huge: 'too-large',
  'huge-declared': 'too-large',
  'gzip-bomb': 'too-large',
  maintenance: 'maintenance',
  'server-error': 'server-error',
  'lies-shape': 'wrong-shape',
  'lies-merchant': 'other-merchant',
  'lies-text': 'wrong-shape',
  'leaks-secrets': null,
};
const waiting = ['slow', 'hangs', 'hangs-in-tls', 'hangs-after-headers', 'hangs-mid-body', 'drips'];

describe('the status service', () => {
  it('that is well is asked once and answers', async () => {
    const acquirer = await acquirerHere();
    const answer = statusAnswerSchema.parse(await acquirer.status());
    expect(answer).toMatchObject({
      problem: null,
      httpStatus: 200,
      status: { merchantNumber, merchant: { state: 'normal' }, card: { tail: '4821' } },
    });
    expect(answer.steps.map(({ step }) => step)).toEqual(['dns', 'tcp', 'tls', 'http']);
    expect(acquirer.stats('status')).toMatchObject({ connections: 1, requests: 1 });
  });

  const own = faults
    .filter(({ kind, services }) => kind === 'service' && services.includes('status'))
    .map(({ name }) => name);

  async function problemWith(fault: string, timeoutMs: number): Promise<string | null> {
    const acquirer = await acquirerHere([`status:${fault}`], '--slow-ms', '60000');
    const answer = statusAnswerSchema.parse(await acquirer.status({ timeoutMs }));
    expect(answer.status === null).toBe(answer.problem !== null);
    expect(acquirer.stats('status').connections).toBeLessThanOrEqual(1);
    expect(acquirer.stats('status').requests).toBeLessThanOrEqual(1);
    for (const locale of ['zh-CN', 'en'] as const) {
      expect(say(answer.what, locale)).not.toMatch(/^\[|undefined/);
    }
    return answer.problem;
  }

  it.each(own.filter((fault) => !waiting.includes(fault)))(
    'with the fault %s is asked once, and the answer says what is wrong',
    async (fault) => {
      expect(await problemWith(fault, 10_000)).toBe(expected[fault]);
    },
  );

  it('that keeps one waiting, at any place, is given up by the one deadline', async () => {
    const found = await Promise.all(waiting.map((fault) => problemWith(fault, 3_000)));
    expect(found).toEqual(waiting.map((fault) => expected[fault]));
  });

  it('that redirects is not followed, and the place is named', async () => {
    const acquirer = await acquirerHere(['status:portal-redirect']);
    const answer = await acquirer.status();
    expect(answer.facts).toMatchObject({ location: 'http://login.wifi-next-door.test/portal' });
    expect(say(answer.what, 'en')).toContain('login.wifi-next-door.test');
  });

  it.each([
    ['huge', 100 * 1024 * 1024],
    ['huge-declared', 100 * 1024 * 1024],
  ])('that answers %s gets to send little of it', async (fault, wholeBytes) => {
    const acquirer = await acquirerHere([`status:${fault}`]);
    const answer = await acquirer.status();
    expect(answer.bodyBytes).toBe(0);
    // The system's own buffers at both ends, and no more.
    expect(acquirer.stats('status').sentBytes).toBeLessThan(wholeBytes / 8);
  });

  it('that sends a bomb has it unpacked no further than the bound', async () => {
    const acquirer = await acquirerHere(['status:gzip-bomb']);
    const before = process.memoryUsage().arrayBuffers;
    const answer = await acquirer.status();
    expect(answer).toMatchObject({ problem: 'too-large', facts: { maxBytes: 65_536 } });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64 * 1024 * 1024);
  });

  it('that leaks secrets has them masked before anybody sees them', async () => {
    const acquirer = await acquirerHere(['status:leaks-secrets']);
    const all = JSON.stringify(await acquirer.status());
    expect(all).toContain('1111');
    expect(all).not.toMatch(/4111[ ]?1111/);
    expect(all).not.toContain('k-93hf-0aa1');
    expect(all).toContain(merchantNumber);
  });

  it.each([
    'http://status.acquirer.example',
    'ftp://status.acquirer.example',
    'https://user:word@status.acquirer.example',
    'nonsense',
    '',
  ])('at %j is not asked at all', async (service) => {
    const { signal } = new AbortController();
    const answer = statusAnswerSchema.parse(await askStatus(service, merchantNumber, {}, signal));
    expect(answer).toMatchObject({ problem: 'not-https', status: null });
  });

  it('is asked for one merchant: another path can’t be made of a number', async () => {
    const acquirer = await acquirerHere();
    const { statusUrl, caPem: ca } = acquirer.ready;
    const { signal } = new AbortController();
    const answer = await askStatus(statusUrl, '../898310048160001?x=\r\nHost: y', { ca }, signal);
    expect(answer.problem).toBe('merchant-unknown');
  });
});
