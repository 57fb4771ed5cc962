/** A diagnosis of a training terminal asks the training acquirer at the same time. */
import { expect, it } from 'vitest';
import { connectBox, openBench } from '../../support/bench.ts';

it('tells in its case what the computer saw of the training payment host', async () => {
  const { bridge, ...bench } = await openBench();
  const { terminal } = await connectBox({ bridge, ...bench }, { updateDue: false });
  const readings = async (caseId: string) => {
    const { events } = await bridge.request('getCase', { caseId });
    const last = events.findLast((event) => event.kind === 'readings');
    return new Map(last?.readings.map(({ name, value }) => [name, value]));
  };
  const asked = { terminalId: terminal.id, symptom: 'S3' } as const;
  const { caseId, cause } = await bridge.request('diagnose', asked);
  expect([...(await readings(caseId)).keys()].filter((n) => n.startsWith('computer.'))).toEqual([]);

  await bridge.request('startAcquirer', { faults: ['host:certificate-expired'] });
  const again = await bridge.request('diagnose', { ...asked, caseId });
  const seen = await readings(again.caseId);
  expect(seen.get('computer.online')).toBe(true);
  expect(seen.get('computer.tls')).toBe('expired');
  expect(seen.get('payment.merchantNumber')).toBe('898310048160001');
  expect(cause).toBeNull();
});
