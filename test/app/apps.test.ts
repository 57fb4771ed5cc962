/** Apps of an Android terminal in the window: seen, judged, installed, taken away, their cache cleared. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeTrainingApps } from '../../native-bridge/simulators/android/apk/training-apps.ts';
import { models } from '../../native-bridge/simulators/android/models/index.ts';
import { startTerminal } from '../simulators/android/terminal.ts';
import { startApp, type AppOptions } from './harness.ts';
import { picture, usual } from './pictures.ts';

const payment = models['at-900'].apps.payment.name;

async function connected(options: AppOptions = {}, ...more: readonly string[]) {
  const terminal = await startTerminal('--model', 'at-900', '--auth', 'already-known', ...more);
  const app = await startApp(options);
  const { at, page } = app;
  const open = async () => {
    await at('manual-address').fill(`adb://${terminal.adb}`);
    await at('manual-connect').click();
    await page.locator('[data-testid="terminal-card"][data-connected="true"]').waitFor();
    await at('tab-apps').click();
    await at('app-table').waitFor();
  };
  await open();
  const folder = join(app.dataFolder, 'files');
  mkdirSync(folder, { recursive: true });
  const files = writeTrainingApps(models['at-900'], folder);
  const choose = async (wanted: string) => {
    await app.willChoose(files.find(({ kind }) => kind === wanted)?.path ?? '');
    await at('app-choose').click();
    await at('app-card').waitFor();
  };
  const rowOf = (name: string) => page.locator(`[data-testid="app-row"][data-package="${name}"]`);
  return { ...app, terminal, choose, rowOf, open };
}

/** It answers to Space and not to Enter. */
async function press(button: { press(key: string): Promise<void> }): Promise<void> {
  await button.press('Space');
}

test('the payment app is updated from a signed file, and the verdict is what the terminal shows', async () => {
  const app = await connected();
  const { at, choose, rowOf, terminal } = app;
  expect(await rowOf(payment).textContent()).toMatch(/6\.2\.8\s+60208/);
  await picture(app, '74-apps');
  await picture(app, '74-apps-usual', usual);
  await choose('update');
  expect(await at('app-card').getAttribute('data-verdict')).toBe('good');
  expect(await at('app-certificate').textContent()).toMatch(/^[0-9a-f]{64}$/);
  await picture(app, '75-app-file');
  await terminal.control({ fault: 'app-install-slow', on: true });
  await press(at('app-install'));
  await app.page.locator('[data-testid="app-progress"][data-phase="install"]').waitFor();
  await picture(app, '76-app-installing');
  await terminal.control({ fault: 'app-install-slow', on: false });
  await at('app-verdict').waitFor();
  expect(await at('app-verdict').getAttribute('data-verdict')).toBe('done');
  await expect.poll(() => rowOf(payment).textContent()).toMatch(/6\.3\.0\s+60300/);
  await picture(app, '77-app-updated');
  await picture(app, '77-app-updated-usual', usual);
  expect(app.complaints).toEqual([]);
}, 180_000);

test.each([
  ['older', 'apk-older'],
  ['stranger', 'app-other-signer'],
  ['damaged', 'app-refused'],
])(
  'a file that is %s says why, and offers no way in',
  async (kind, code) => {
    const app = await connected();
    await app.choose(kind);
    await app.at(`app-blocker-${code}`).waitFor();
    expect(await app.at('app-install').isEnabled()).toBe(false);
    await picture(app, `78-app-${kind}`);
  },
  120_000,
);

test('what was installed for the first time can be taken away in the same visit', async () => {
  const app = await connected();
  const { at, choose } = app;
  await choose('new');
  await press(at('app-install'));
  await at('app-undo').waitFor();
  await at('app-all').click();
  const fresh = app.rowOf('com.posbench.north.voucher');
  await fresh.waitFor();
  await picture(app, '79-app-new');
  await at('app-undo').click();
  await picture(app, '80-app-uninstall');
  await press(at('app-dialog-confirm'));
  await app.page.locator('[data-testid="app-verdict"][data-action="uninstall"]').waitFor();
  await fresh.waitFor({ state: 'detached' });
  await picture(app, '80-app-uninstalled');
}, 120_000);

test('a cache is cleared only when asked, and the data stays', async () => {
  const app = await connected();
  const { at, terminal } = app;
  const { packages } = terminal.simulator.device;
  const before = packages.get(payment);
  await at(`app-clear-${payment}`).click();
  await picture(app, '81-app-cache');
  await at('app-dialog-leave').click();
  expect(packages.get(payment)).toEqual(before);
  await at(`app-clear-${payment}`).click();
  await press(at('app-dialog-confirm'));
  await at('app-verdict').waitFor();
  expect(packages.get(payment)).toEqual({ ...before, cacheBytes: 0 });
  await picture(app, '81-app-cache-cleared');
}, 120_000);

test('an installation that was cut off is settled at the next connection, under its own name', async () => {
  const app = await connected();
  const { at, page, choose, terminal } = app;
  await choose('update');
  await terminal.control({ fault: 'app-install-slow', on: true });
  await press(at('app-install'));
  await page.locator('[data-testid="app-progress"][data-phase="install"]').waitFor();
  await terminal.control({ pull: true });
  await page.locator('[data-testid="app-verdict"][data-verdict="unknown"]').waitFor();
  await picture(app, '82-app-cut-off');
  await terminal.control({ fault: 'app-install-slow', on: false });
  // It is taken up again by itself; the button is for one that is not.
  await terminal.control({ plug: true });
  await page.locator('[data-testid="app-verdict"][data-verdict="done"]').waitFor();
  await picture(app, '83-app-settled');
  await at('tab-overview').click();
  await at('unfinished').waitFor();
  await picture(app, '84-app-settled-elsewhere');
}, 180_000);

test.each([
  ['payment-app-missing', 'missing'],
  ['payment-app-old', 'old'],
  ['payment-app-disabled', 'off'],
])(
  '%s shows in its row',
  async (fault, state) => {
    const app = await connected({}, '--fault', fault);
    expect(await app.rowOf(payment).getAttribute('data-state')).toBe(state);
    await picture(app, `85-app-${state}`);
  },
  120_000,
);

test('a training terminal brings files to practise with', async () => {
  const app = await startApp();
  const { at } = app;
  await at('rail-training').click();
  await at('training-model-at-700').click();
  await at('training-start').click();
  await app.page.locator('[data-testid="terminal-card"][data-connected="true"]').waitFor();
  await at('tab-apps').click();
  await at('app-training-update').click();
  await at('app-card').waitFor();
  await picture(app, '86-app-training');
  await press(at('app-install'));
  await at('app-verdict').waitFor();
  expect(await at('app-verdict').getAttribute('data-verdict')).toBe('done');
  await at('app-clear-com.posbench.east.cashier').click();
  await press(at('app-dialog-confirm'));
  await at('app-fault').waitFor();
  expect(await at('app-fault').getAttribute('data-code')).toBe('cache-inseparable');
  await picture(app, '87-app-cache-refused');
}, 180_000);
