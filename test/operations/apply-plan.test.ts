/** What the journal holds of a correction is what was planned: a setting once, wherever it stands. */
import { expect, test } from 'vitest';
import { factsOfPlan, planOf } from '../../native-bridge/operations/interrupted/apply-plan.ts';
import type { Planned } from '../../native-bridge/operations/apply-values.ts';
import type { JournalEntry } from '../../native-bridge/records/types.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

function planned(key: string, from: string, source: string, before: string, value: string) {
  const setting = { key, source: { from, key: source }, secret: false, restartNeeded: false };
  return { setting, before: bytes(before), value: bytes(value) } as Planned;
}

function readBack(all: readonly Planned[]) {
  const facts = factsOfPlan(all, { undoes: null, assumed: false });
  return planOf({ facts } as JournalEntry)?.map(({ source, before, after }) => ({
    place: `${source.from} ${source.key}`,
    before: before && new TextDecoder().decode(before),
    after: after && new TextDecoder().decode(after),
  }));
}

test('settings that two places call the same are both kept', () => {
  const all = [
    planned('a', 'android-settings', 'host', 'a1', 'a2'),
    planned('b', 'android-content', 'host', 'b1', 'b2'),
  ];
  expect(readBack(all)).toEqual([
    { place: 'android-settings host', before: 'a1', after: 'a2' },
    { place: 'android-content host', before: 'b1', after: 'b2' },
  ]);
});

test('one that is written twice has its first value before and its last after', () => {
  const all = [
    planned('a', 'android-settings', 'host', 'a1', 'a2'),
    planned('b', 'android-settings', 'host', 'a2', 'a3'),
  ];
  expect(readBack(all)).toEqual([{ place: 'android-settings host', before: 'a1', after: 'a3' }]);
});
