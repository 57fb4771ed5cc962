/** A sign-in page in between, told from no internet and from a known host that is in trouble itself. */
import { describe, expect, it } from 'vitest';
import { portalTestSchema } from '../../../native-bridge/contract/probe.ts';
import { testPortal } from '../../../native-bridge/probes/index.ts';
import { acquirerHere } from '../../support/acquirer.ts';

const { signal } = new AbortController();

async function tested(fault: string | null, timeoutMs = 5_000) {
  const acquirer = await acquirerHere(fault === null ? [] : [`known:${fault}`]);
  return portalTestSchema.parse(await testPortal([acquirer.known], { timeoutMs }, signal));
}

describe('a known host', () => {
  it.each([
    [null, 'open', null],
    ['portal-redirect', 'portal', 'http://login.wifi-next-door.test/portal'],
    ['portal-page', 'portal', null],
    ['down', 'no-internet', null],
    ['server-error', 'unknown', null],
    ['maintenance', 'unknown', null],
  ])('with %s means %s', async (fault, verdict, location) => {
    expect(await tested(fault)).toMatchObject({ verdict, location });
  });

  it('that hangs means that nobody was reached', async () => {
    expect(await tested('hangs', 200)).toMatchObject({ verdict: 'no-internet' });
  });

  it('tells no time where somebody else answered for it', async () => {
    expect((await tested('portal-page')).date).toBeNull();
    expect((await tested(null)).date).toMatchObject({ authentic: false });
  });

  it('that answers settles it for all, whatever the others do', async () => {
    const silent = await acquirerHere(['known:hangs']);
    const well = await acquirerHere();
    const known = [silent.known, well.known];
    const found = await testPortal(known, { timeoutMs: 3_600_000 }, signal);
    expect(found.verdict).toBe('open');
    expect(found.tries.map(({ url }) => url)).toEqual([well.ready.knownUrl]);
  });
});
