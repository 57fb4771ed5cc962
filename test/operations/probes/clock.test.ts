/** This computer's clock against the network's. */
import { describe, expect, it } from 'vitest';
import type { DateSample } from '../../../native-bridge/contract/probe-step.ts';
import { clockReference } from '../../../native-bridge/probes/index.ts';
import { acquirerHere } from '../../support/acquirer.ts';

const hourMs = 3_600_000;

const told = (source: string, offsetMs: number, uncertaintyMs = 500): { date: DateSample } => ({
  date: { source, authentic: true, dateUtc: '2026-05-04T03:02:01.000Z', offsetMs, uncertaintyMs },
});

describe('the clock', () => {
  it('is unknown where nobody told a time', () => {
    expect(clockReference([{ date: null }])).toMatchObject({ offsetMs: null, reason: 'no-source' });
  });

  it('is told by the most certain of those that agree', () => {
    expect(clockReference([told('a', 4_000, 900), told('b', 4_300, 510)])).toEqual({
      offsetMs: 4_300,
      uncertaintyMs: 510,
      sources: ['a', 'b'],
      reason: null,
    });
  });

  it('is unknown where two contradict each other', () => {
    expect(clockReference([told('a', 0), told('b', 7 * hourMs)])).toMatchObject({
      offsetMs: null,
      reason: 'sources-disagree',
    });
  });

  it('is told by the most where one of three is off', () => {
    const { offsetMs, sources } = clockReference([
      told('a', 200),
      told('off', 7 * hourMs),
      told('b', 100),
    ]);
    expect({ offsetMs: Math.abs(offsetMs ?? NaN) < 1_000, sources }).toEqual({
      offsetMs: true,
      sources: ['b', 'a'],
    });
  });

  it('counts a host that was asked twice once', () => {
    const asked = [told('off', 7 * hourMs), told('off', 7 * hourMs), told('a', 0)];
    expect(clockReference(asked).reason).toBe('sources-disagree');
  });

  it('is read from the Date header, to the second', async () => {
    const well = await acquirerHere();
    const { offsetMs, uncertaintyMs } = (await well.probe()).clock;
    expect(Math.abs(offsetMs ?? NaN)).toBeLessThanOrEqual(uncertaintyMs ?? NaN);
    const off = await acquirerHere(['host:wrong-clock', 'known:wrong-clock']);
    const probe = await off.probe({ known: [off.known] });
    // The hosts are seven hours ahead, so this computer is behind.
    expect(Math.round((probe.clock.offsetMs ?? NaN) / hourMs)).toBe(-7);
  });

  it('is unknown where the payment host and the known host differ', async () => {
    const acquirer = await acquirerHere(['host:wrong-clock']);
    const { clock } = await acquirer.probe({ known: [acquirer.known] });
    expect(clock).toMatchObject({ offsetMs: null, reason: 'sources-disagree' });
  });
});
