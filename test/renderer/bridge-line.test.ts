/** Since when the window says that the bridge is away. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { BridgeLine } from '../../renderer/state/bridge-line.svelte.ts';

beforeEach(() => vi.useFakeTimers({ toFake: ['Date', 'performance'] }));
afterEach(() => vi.useRealTimers());

test('a bridge that dies each time it starts is away since the first time', () => {
  const line = new BridgeLine();
  line.answered(false);
  line.lost();
  const { lostMs } = line;
  vi.advanceTimersByTime(40_000);
  line.lost();
  expect(line).toMatchObject({ lostMs, restarted: false });
  line.answered(true);
  expect(line).toMatchObject({ lostMs: null, restarted: true });
});

test('a bridge that dies before it has ever answered is known to be away', () => {
  const line = new BridgeLine();
  expect(line.had).toBe(false);
  line.lost();
  expect(line.had).toBe(true);
});
