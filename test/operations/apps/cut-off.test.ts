/** Installing that is cut off: the next connection says what is there, and removes what was left. */
import os from 'node:os';
import { expect, onTestFinished, test, vi } from 'vitest';
import { z } from 'zod';
import { openRecords } from '../../../native-bridge/records/records.ts';
import { appBench, packageName, type AppBench } from './support.ts';

const version = { versionCode: 7, versionName: '1.7' };

/** The cable is out when this resolves; with what the request ended. */
async function pulledAt(bench: AppBench, at: 'send' | 'install') {
  const more = [{ name: 'assets/big', content: Buffer.alloc(3_000_000, 'big') }];
  const app = await bench.app(version, { more });
  const pulls: Promise<unknown>[] = [];
  const ended = await bench
    .install(app, ({ phase }) => {
      if (phase === at && pulls.length === 0) pulls.push(bench.simulated.control({ pull: true }));
    })
    .then(
      (result) => result.verdict,
      (error: unknown) => (error as { fault: { code: string } }).fault.code,
    );
  await Promise.all(pulls);
  return ended;
}

/** Where the file would be on the terminal, by the journal. */
async function pathOf({ dataFolder, terminalId }: AppBench): Promise<string> {
  const records = await openRecords({ dataFolder, program: 'test' });
  const [entry] = await records.journalOf(terminalId);
  await records.close();
  const plan: unknown = JSON.parse(String(entry?.facts['plan']));
  return z.object({ path: z.string() }).parse(plan).path;
}

async function connectAgain({ bridge, simulated, portUrl }: AppBench) {
  await simulated.control({ plug: true });
  return await bridge.request('connect', { portUrl });
}

async function appEvents({ bridge }: AppBench) {
  const { cases } = await bridge.request('listCases', {});
  const { events } = await bridge.request('getCase', { caseId: cases[0]?.id ?? '' });
  return events.flatMap((event) => (event.kind === 'app' ? [event.app] : []));
}

test('a cable pulled while it is sent: not installed, and what was left is gone', async () => {
  const bench = await appBench();
  expect(await pulledAt(bench, 'send')).toBe('port-vanished');
  const path = await pathOf(bench);
  bench.simulated.simulator.device.files.write(path, new Uint8Array(1000));
  const { interrupted } = await bench.bridge.request('listInterrupted', {});
  expect(interrupted).toEqual([]);
  const { unfinished } = await connectAgain(bench);
  expect(unfinished).toMatchObject({ state: 'settled', text: { key: 'apps_unfinished_not' } });
  expect(bench.left()).toEqual([]);
  expect(await appEvents(bench)).toMatchObject([
    { verdict: 'nothing-changed', after: null, interruptedUtc: expect.any(String) as string },
  ]);
  expect((await connectAgain(bench)).unfinished).toEqual(unfinished);
});

test('what was installed all the same is told as installed', async () => {
  const bench = await appBench();
  await pulledAt(bench, 'send');
  const { packages } = bench.simulated.simulator.device;
  const app = { name: packageName, label: 'pay', ...version, system: false };
  const apk = { minSdk: 24, targetSdk: 24, signer: '', installer: null, apk: new Uint8Array(1) };
  const first = await appEvents(bench);
  expect(first).toEqual([]);
  packages.install(app, { ...apk, signerHash: await hashOf(bench) }, 0);
  const { unfinished } = await connectAgain(bench);
  expect(unfinished).toMatchObject({ state: 'settled', text: { key: 'apps_unfinished_done' } });
  expect(await appEvents(bench)).toMatchObject([{ verdict: 'done', after: version }]);
});

test('once Android was asked it may go on by itself, so that nothing is said too early', async () => {
  const bench = await appBench();
  expect(await pulledAt(bench, 'install')).toBe('unknown');
  const { unfinished } = await connectAgain(bench);
  const isThere = bench.simulated.simulator.device.packages.get(packageName) !== undefined;
  expect(unfinished?.text.key).toBe(isThere ? 'apps_unfinished_done' : 'apps_unfinished_goes_on');
});

test.each([
  ['as long as it was waited for and some more it may go on', 6, 6, 'apps_unfinished_goes_on'],
  ['long after that it is said that it did not', 11, 11, 'apps_unfinished_not'],
  ['a clock that is set meanwhile is no time that passed', 0, 1_440, 'apps_unfinished_goes_on'],
])('%s', async (_, minutes, byClock, key) => {
  const bench = await appBench();
  expect(await pulledAt(bench, 'install')).toBe('unknown');
  bench.simulated.simulator.device.packages.remove(packageName);
  const uptime = vi.spyOn(os, 'uptime').mockReturnValue(os.uptime() + minutes * 60);
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + byClock * 60_000 });
  onTestFinished(() => {
    vi.useRealTimers();
    uptime.mockRestore();
  });
  const { unfinished } = await connectAgain(bench);
  expect(unfinished).toMatchObject({ text: { key } });
});

test('stopped while it is sent, it leaves nothing behind', async () => {
  const bench = await appBench();
  const { terminalId, bridge } = bench;
  const more = [{ name: 'assets/big', content: Buffer.alloc(3_000_000, 'big') }];
  const app = await bench.app(version, { more });
  const stop = new AbortController();
  const asked = bridge.request(
    'installApp',
    { terminalId, ...app },
    { signal: stop.signal, onProgress: ({ phase }) => phase === 'send' && stop.abort() },
  );
  await expect(asked).rejects.toMatchObject({ fault: { code: 'cancelled' } });
  expect(bench.left()).toEqual([]);
  expect(bench.simulated.simulator.device.packages.get(packageName)).toBeUndefined();
});

/** As the terminal shows the signer of what was being installed. */
async function hashOf({ dataFolder, terminalId }: AppBench): Promise<string> {
  const records = await openRecords({ dataFolder, program: 'test' });
  const [entry] = await records.journalOf(terminalId);
  await records.close();
  const plan: unknown = JSON.parse(String(entry?.facts['plan']));
  return z.object({ signerHashes: z.array(z.string()) }).parse(plan).signerHashes[0] ?? '';
}
