/** The scanner view in the packaged window, on the training counter terminal and on a code box. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { outFolder } from '../../build/paths.ts';
import { connect, plugIn } from './code-box.ts';
import { startApp, type AppOptions, type RunningApp } from './harness.ts';

const codes = 25;

/** A training counter terminal with these faults, its scanner view open. */
async function openScanner(
  faults: readonly string[] = [],
  options: AppOptions = {},
): Promise<RunningApp> {
  const app = await startApp(options);
  const { at } = app;
  await at('rail-training').click();
  await at('training-model-counter').check();
  for (const fault of faults) await at(`training-fault-${fault}`).check();
  await at('training-start').click();
  await at('tab-scanner').click();
  return app;
}

const stateIs = async ({ page }: RunningApp, state: string): Promise<void> => {
  await page.locator(`[data-testid="scanner"][data-state="${state}"]`).waitFor();
};

const isDue = async ({ page }: RunningApp, number: number): Promise<void> => {
  await page.locator(`[data-testid="scanner-code"][data-number="${number}"]`).waitFor();
};

async function picture({ page }: RunningApp, name: string): Promise<void> {
  const folder = join(outFolder, 'screenshots');
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
}

/** Every code by its key, as a hand does: held up, and given up where it is not read. */
async function holdAll(app: RunningApp): Promise<void> {
  const { at, page } = app;
  for (let number = 1; number <= codes; number++) {
    await isDue(app, number);
    await page.keyboard.press('h');
    const next =
      number === codes ? at('scanner-verdict') : page.locator(`[data-number="${number + 1}"]`);
    await Promise.race([next.waitFor(), at('scanner-not-taken').waitFor()]);
    if (await at('scanner-not-taken').isVisible()) await page.keyboard.press('n');
  }
  await at('scanner-verdict').waitFor();
}

test('a dirty window is found code by code, and told with what to do', async () => {
  const app = await openScanner(['scanner-window-dirty']);
  const { at } = app;
  await stateIs(app, 'empty');
  await picture(app, '30-scanner-start');
  await at('scanner-start').click();
  await isDue(app, 1);
  await picture(app, '31-scanner-running');
  await holdAll(app);
  expect(await at('scanner-verdict').getAttribute('data-verdict')).toBe('misses');
  expect(await at('scanner-means').first().textContent()).toContain('clean the window');
  expect(await at('scanner-band-contrast').getAttribute('data-verdict')).toBe('warn');
  expect(await at('scanner-band-level').getAttribute('data-verdict')).toBe('pass');
  expect(await at('scanner-missed-codes').locator('li').count()).toBe(4);
  await picture(app, '32-scanner-missed');
  await at('language-switch').click();
  expect(await at('scanner-means').first().textContent()).toContain('擦干净扫码窗');
  await picture(app, '33-scanner-missed-zh');
  expect(app.complaints).toEqual([]);
}, 180_000);

test('a code has its size, which a bank card sets; skipping and finishing are keys and buttons', async () => {
  const app = await openScanner();
  const { at, page } = app;
  await at('scanner-start').click();
  await isDue(app, 1);
  const width = async () => (await at('scanner-code').boundingBox())?.width ?? 0;
  // 25 mm and a quiet zone of four modules on each side, at 96 pixels an inch.
  expect(await width()).toBeCloseTo((33 * 96) / 25.4, 0);
  await page.keyboard.press('s');
  await isDue(app, 2);
  await at('scanner-present').click();
  await isDue(app, 3);
  expect(await at('scanner-so-far').textContent()).toContain('1 read');
  expect(await at('scanner-times').locator('li').count()).toBeGreaterThan(0);
  await at('scanner-finish').click();
  await stateIs(app, 'done');
  expect(await at('scanner-verdict').getAttribute('data-verdict')).toBe('good');
  await page.getByText('Set the screen’s size').click();
  await at('scanner-size').fill('5');
  await at('scanner-start').click();
  await isDue(app, 1);
  expect(await width()).toBeCloseTo(33 * 5, 0);
  expect(app.complaints).toEqual([]);
}, 120_000);

test('stopped, what was read stays in sight; on paper the page’s number is named', async () => {
  const app = await openScanner([], { locale: 'zh-CN' });
  const { at, page } = app;
  await at('scanner-carrier-paper').check();
  await at('scanner-start').click();
  await page.getByText('把纸上第 1 个码举到扫码窗前').waitFor();
  await page.keyboard.press('h');
  await page.getByText('把纸上第 2 个码举到扫码窗前').waitFor();
  await at('scanner-stop').click();
  await stateIs(app, 'stopped');
  expect(await at('scanner-partial').textContent()).toContain('读出 1 个');
  await picture(app, '34-scanner-stopped-zh');
  expect(app.complaints).toEqual([]);
}, 120_000);

test('a test goes on in a window that was loaded anew', async () => {
  const app = await openScanner();
  const { at, page } = app;
  await at('scanner-start').click();
  await isDue(app, 1);
  await page.keyboard.press('h');
  await isDue(app, 2);
  await page.reload();
  await isDue(app, 2);
  await page.keyboard.press('h');
  await isDue(app, 3);
  expect(await at('scanner-so-far').textContent()).toContain('2 read');
}, 120_000);

test('a terminal without a scanner says so; a pulled cable ends the test and says that', async () => {
  const app = await startApp();
  const { at, page } = app;
  await connect(app, await plugIn());
  await at('tab-scanner').click();
  await at('scanner-none').waitFor();
  await picture(app, '35-scanner-none');
  const counter = await plugIn([], ['--model=counter']);
  await at('manual-address').fill(counter.url);
  await at('manual-connect').click();
  await page.locator('[data-testid="terminal-header"]', { hasText: 'CT-500' }).waitFor();
  await at('tab-scanner').click();
  await at('scanner-start').click();
  await isDue(app, 1);
  expect(await at('scanner-present').count()).toBe(0);
  await counter.tell({ present: { text: 'POSBENCH 01 M 25' } });
  await isDue(app, 2);
  await counter.tell({ present: { text: 'https://qr.example/shop' } });
  await at('scanner-foreign').waitFor();
  await counter.tell({ pull: true });
  await stateIs(app, 'failed');
  await at('scanner-fault').waitFor();
  expect(await at('scanner-partial').textContent()).toContain('1 read');
  expect(await at('scanner-start').isDisabled()).toBe(true);
  await picture(app, '36-scanner-failed');
}, 120_000);
