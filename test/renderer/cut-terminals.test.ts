/** What the window had connected when the bridge died, once and again. */
import { expect, test } from 'vitest';
import type { Terminal } from '../../native-bridge/contract/terminal.ts';
import { stillCut } from '../../renderer/state/cut-terminals.ts';

const terminal = (id: string, connected: boolean, kind = 'idle') =>
  ({ id, connected, activity: { kind } }) as Terminal;

test('a bridge that dies again does not take those off the list that were not back yet', () => {
  const first = stillCut([], [terminal('a', true, 'flashing'), terminal('b', true)]);
  expect(stillCut(first, []).map(({ id }) => id)).toEqual(['a', 'b']);
  const again = stillCut(first, [terminal('a', false, 'gone'), terminal('b', true, 'reading')]);
  expect(again.map(({ id, activity }) => [id, activity.kind])).toEqual([
    ['a', 'flashing'],
    ['b', 'reading'],
  ]);
});

test('a terminal that nobody had connected was not cut', () => {
  expect(stillCut([], [terminal('a', false)])).toEqual([]);
});
