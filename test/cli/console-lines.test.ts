import { expect, it } from 'vitest';
import { keptOf } from '../../cli/commands/console.ts';
import type { ConsoleLine } from '../../native-bridge/contract/console.ts';

const line = (number: number): ConsoleLine => ({ atUtc: '', from: 'device', text: `${number}` });

it('of a console as JSON the newest lines are kept, and those before them counted', () => {
  let kept = { lines: [] as ConsoleLine[], omitted: 0 };
  for (let batch = 0; batch < 50; batch++) {
    const more = Array.from({ length: 500 }, (_, at) => line(batch * 500 + at));
    kept = keptOf(kept.lines, more, kept.omitted);
  }
  expect(kept.omitted).toBe(15_000);
  expect(kept.lines).toHaveLength(10_000);
  expect(kept.lines[0]?.text).toBe('15000');
  expect(kept.lines.at(-1)?.text).toBe('24999');
});
