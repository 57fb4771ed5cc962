/** Deadlines that a closed laptop does not use up. */
import { describe, expect, it } from 'vitest';
import { AwakeClock } from '../../native-bridge/operations/awake-clock.ts';

/** A monotonic clock in the test's hand. */
function handClock(): { clock: AwakeClock; pass: (ms: number) => number } {
  let nowMs = 5_000;
  const clock = new AwakeClock(() => nowMs);
  const pass = (ms: number) => {
    nowMs += ms;
    return clock.now();
  };
  return { clock, pass };
}

describe('the clock of deadlines', () => {
  it('goes with the time while somebody looks at it', () => {
    const { clock, pass } = handClock();
    const startMs = clock.now();
    for (let second = 0; second < 600; second++) pass(1_000);
    expect(clock.now() - startMs).toBe(600_000);
  });

  it('stands still while the computer sleeps', () => {
    const { clock, pass } = handClock();
    const startMs = clock.now();
    pass(1_000);
    pass(3_600_000);
    pass(1_000);
    expect(clock.now() - startMs).toBe(3_000);
  });

  it('counts a program that was only slow', () => {
    const { clock, pass } = handClock();
    const startMs = clock.now();
    pass(9_000);
    expect(clock.now() - startMs).toBe(9_000);
  });

  it('never goes back', () => {
    const { pass } = handClock();
    const seen = [0, 20_000, 1, 15_001, 14_999, 86_400_000, 0].map((ms) => pass(ms));
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
  });
});
