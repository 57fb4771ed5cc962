/** What would be cut off where the program ended now, as the host asks before it closes. */
import { expect, onTestFinished, test } from 'vitest';
import type { RunningWork } from '../../native-bridge/bridge.ts';
import { VirtualBench } from '../support/virtual-bench.ts';

test('a diagnosis and a correction are named with their terminal while they run; reading is not', async () => {
  const bench = new VirtualBench();
  onTestFinished(() => bench.end());
  const { url } = await bench.box('a');
  const { bridge } = await bench.start();
  const heard: (readonly RunningWork[])[] = [];
  bridge.watchWork((work) => heard.push(work));
  const { id: terminalId } = await bench.time.run(bridge.request('connect', { portUrl: url }));
  await bench.time.run(bridge.request('readTerminal', { terminalId }));
  const { rows } = await bench.time.run(bridge.request('readSettings', { terminalId }));
  expect(heard).toEqual([]);

  const key = rows.find(({ secret }) => !secret)?.key ?? '';
  const changes = [{ key, value: rows.find((row) => row.key === key)?.current ?? '' }];
  await bench.time.run(bridge.request('applySettings', { terminalId, changes }));
  const terminal: unknown = expect.stringMatching(/ · CB/);
  expect(heard).toEqual([[{ kind: 'settings', terminal }], []]);
});
