/** An app's cache is cleared where Android can do that alone, and its data stays whatever happens. */
import { expect, test } from 'vitest';
import { appBench } from './support.ts';

const packageName = 'com.posbench.north.till';

test('where Android can clear a cache alone it goes, and the data stays', async () => {
  const { bridge, terminalId, simulated } = await appBench('at-900');
  const { packages } = simulated.simulator.device;
  const before = packages.get(packageName);
  expect(before?.cacheBytes).toBeGreaterThan(0);
  const result = await bridge.request('clearAppCache', { terminalId, packageName });
  expect(result).toMatchObject({ verdict: 'done', state: { key: 'apps_state_cache_cleared' } });
  expect(packages.get(packageName)).toEqual({ ...before, cacheBytes: 0 });
});

test('where the data would go with it nothing is asked of Android', async () => {
  const { bridge, terminalId, simulated } = await appBench('at-700');
  const name = 'com.posbench.east.cashier';
  const before = simulated.simulator.device.packages.get(name);
  const asked = bridge.request('clearAppCache', { terminalId, packageName: name });
  await expect(asked).rejects.toMatchObject({ fault: { code: 'cache-inseparable' } });
  expect(simulated.simulator.device.packages.get(name)).toEqual(before);
});

test('where its shell may not, and Android never answers, that is told in time', async () => {
  const { bridge, terminalId, simulated } = await appBench('at-900');
  const { device } = simulated.simulator;
  device.setFault('cache-clear-ignored', true);
  const before = device.packages.get(packageName);
  const result = await bridge.request('clearAppCache', { terminalId, packageName });
  expect(result).toMatchObject({
    verdict: 'unknown',
    state: { key: 'apps_state_cache_silent' },
    next: { key: 'apps_next_cache_by_hand' },
  });
  expect(device.packages.get(packageName)).toEqual(before);
  // The line serves on.
  expect((await bridge.request('listApps', { terminalId })).apps[0]?.state).toBe('installed');
}, 30_000);
