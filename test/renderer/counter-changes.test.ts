/** What changed between two readings of a terminal's counters. */
import { expect, test } from 'vitest';
import type { StatisticsGroup } from '../../native-bridge/contract/statistics.ts';
import { counterChanges, counterKey } from '../../renderer/state/counter-changes.ts';

function groupOf(name: string, ...fields: (readonly [string, string])[]): StatisticsGroup {
  const named = fields.map(([field, value]) => ({ name: field, value }));
  return { name, fields: named, omittedFields: 0, failure: null };
}

const changes = (before: StatisticsGroup[], latest: StatisticsGroup[]) =>
  Object.fromEntries(counterChanges(before, latest));

test('a counter that went up or down has a change, one that stayed has none', () => {
  const before = [groupOf('line', ['rx', '10'], ['tx', '7'], ['mv', '3987'])];
  const latest = [groupOf('line', ['rx', '12'], ['tx', '7'], ['mv', '3980'])];
  expect(changes(before, latest)).toEqual({
    [counterKey('line', 'rx')]: '+2',
    [counterKey('line', 'mv')]: '-7',
  });
});

test('a change is exact beyond the integers that a double holds', () => {
  const before = [groupOf('x', ['n', '18446744073709551614'])];
  const latest = [groupOf('x', ['n', '18446744073709551615'])];
  expect(changes(before, latest)).toEqual({ [counterKey('x', 'n')]: '+1' });
});

test('what was not read before, and what has a name twice, has no change', () => {
  const twice = groupOf('x', ['n', '1'], ['n', '2']);
  const latest = [groupOf('x', ['n', '5']), groupOf('y', ['n', '5'])];
  expect(changes([twice], latest)).toEqual({});
});

test('names that look alike when joined are kept apart', () => {
  const before = [groupOf('a.b', ['c', '1']), groupOf('a', ['b.c', '1'])];
  const latest = [groupOf('a.b', ['c', '2']), groupOf('a', ['b.c', '1'])];
  expect(changes(before, latest)).toEqual({ [counterKey('a.b', 'c')]: '+1' });
});
