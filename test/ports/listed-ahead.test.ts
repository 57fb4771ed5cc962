/** The list of ports that is begun before it is asked for. */
import { expect, it, vi } from 'vitest';
import type { DiscoveredPorts } from '../../native-bridge/ports/discovery.ts';
import { listedAhead } from '../../native-bridge/ports/listed-ahead.ts';

function counted() {
  let lists = 0;
  return () => {
    lists += 1;
    // Told apart by who listed them.
    return Promise.resolve<DiscoveredPorts>({
      ports: [],
      listedBy: lists === 1 ? 'system' : 'tty-nodes',
    });
  };
}

it('the first to ask gets the list that was begun, everybody after it a new one', async () => {
  const { list: ask } = listedAhead(counted());
  expect((await ask()).listedBy).toBe('system');
  expect((await ask()).listedBy).toBe('tty-nodes');
});

it('a list that was begun long ago is made anew', async () => {
  const now = vi.spyOn(performance, 'now');
  now.mockReturnValue(0);
  const { list: ask } = listedAhead(counted());
  now.mockReturnValue(3_000);
  expect((await ask()).listedBy).toBe('tty-nodes');
  now.mockRestore();
});

it('a list that failed says so to whoever asks, and to nobody else', async () => {
  const { list: ask } = listedAhead(() => Promise.reject(new Error('no list')));
  await expect(ask()).rejects.toThrow('no list');
});

it('what was begun can be looked at without being asked for', async () => {
  const { first, list } = listedAhead(counted());
  expect((await first).listedBy).toBe('system');
  expect((await list()).listedBy).toBe('system');
});
