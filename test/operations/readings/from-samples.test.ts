/** What samples become. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromSamples } from '../../../native-bridge/operations/readings/from-samples.ts';

const counts = fc.array(fc.nat(1_000_000), { minLength: 2, maxLength: 50 });

describe('samples', () => {
  it.each([
    ['worst', 'percent', 4],
    ['worst', 'dBm', 1],
    ['worst', 'dB', 1],
    ['mean', 'milliseconds', 2.5],
    ['spread', 'milliseconds', 5 / 3],
    ['increase', 'count', 4],
  ] as const)('become the %s (%s)', (as, unit, value) => {
    expect(fromSamples([3, 1, 2, 4], as, unit)).toBeCloseTo(value, 9);
  });

  it('of a counter that began again count what came after its reset', () => {
    expect(fromSamples([97, 100, 2, 5], 'increase', 'count')).toBe(3 + 2 + 3);
  });

  it('of a counter increase by what was counted, wherever it was reset', () => {
    fc.assert(
      fc.property(counts, fc.nat(49), (steps, at) => {
        let value = 7;
        const samples = [value];
        for (const [index, step] of steps.entries()) {
          // One that counts nothing after its reset to 0 and then as much as before shows no reset.
          value = index === at && step < value ? step : value + step;
          samples.push(value);
        }
        const counted = steps.reduce((sum, step) => sum + step, 0);
        expect(fromSamples(samples, 'increase', 'count')).toBe(counted);
      }),
    );
  });

  it('that never change have no spread', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 2, max: 20 }), (value, count) => {
        expect(fromSamples(Array<number>(count).fill(value), 'spread', 'dBm')).toBe(0);
      }),
    );
  });
});
