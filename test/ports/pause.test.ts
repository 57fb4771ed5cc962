import { getEventListeners } from 'node:events';
import { expect, it } from 'vitest';
import { pause } from '../../native-bridge/ports/pause.ts';

const farMs = 600_000;

it('a pause ends when its time has come, and leaves no listener at the signal', async () => {
  const { signal } = new AbortController();
  const ended = pause(1, signal);
  expect(getEventListeners(signal, 'abort')).toHaveLength(1);
  await ended;
  expect(getEventListeners(signal, 'abort')).toHaveLength(0);
});

it('it ends at once when the signal fires, or had fired before', async () => {
  const stop = new AbortController();
  const ended = pause(farMs, stop.signal);
  stop.abort();
  await ended;
  await pause(farMs, stop.signal);
});
