/** What can be practised with apps on a training terminal, and what becomes of each try. */
import { describe, expect, test } from 'vitest';
import { androidModels } from '../../support/android-terminal.ts';
import { openBench } from '../../support/bench.ts';

async function training(model: (typeof androidModels)[number], faults: string[] = []) {
  const { bridge } = await openBench();
  const { portUrl } = await bridge.request('startTraining', { model, faults });
  const { id: terminalId } = await bridge.request('connect', { portUrl });
  const { apps } = await bridge.request('listTrainingApps', { portUrl });
  const inspect = async (kind: string) => {
    const fileId = apps.find((app) => app.kind === kind)?.fileId ?? '';
    return await bridge.request('inspectApp', { fileId, terminalId });
  };
  const install = async (kind: string) => {
    const { fileId, app } = await inspect(kind);
    const asked = { terminalId, fileId, acceptedSha256: app.fileSha256 };
    return await bridge.request('installApp', asked);
  };
  const list = async (all = false) => await bridge.request('listApps', { terminalId, all });
  return { bridge, terminalId, inspect, install, list };
}

describe.each(androidModels)('%s', (model) => {
  test('the payment app is updated, and the terminal shows it', async () => {
    const { install, list } = await training(model);
    const before = (await list()).apps[0]?.installed;
    const { verdict, after } = await install('update');
    expect(verdict).toBe('done');
    expect(after?.versionCode).toBeGreaterThan(before?.versionCode ?? Infinity);
    expect((await list()).apps[0]?.installed).toEqual(after);
  });

  test.each([
    ['older', 'apk-older'],
    ['stranger', 'app-other-signer'],
    ['damaged', 'app-refused'],
  ])('the file that is %s is blocked', async (kind, code) => {
    const { inspect } = await training(model);
    expect((await inspect(kind)).blockers.map((blocker) => blocker.code)).toContain(code);
  });
});

test('the new app is installed and taken away, and is one of the others meanwhile', async () => {
  const { bridge, terminalId, install, list } = await training('at-900');
  const { verdict, packageName } = await install('new');
  expect(verdict).toBe('done');
  expect((await list(true)).apps).toContainEqual(
    expect.objectContaining({ packageName, role: null, state: 'installed' }),
  );
  const removed = await bridge.request('uninstallApp', { terminalId, packageName });
  expect(removed).toMatchObject({ verdict: 'done', after: null });
});

test.each([
  ['payment-app-missing', 'missing'],
  ['payment-app-disabled', 'off'],
  ['payment-app-old', 'old'],
])('%s shows in the list', async (fault, state) => {
  const { list } = await training('at-900', [fault]);
  expect((await list()).apps[0]?.state).toBe(state);
});
