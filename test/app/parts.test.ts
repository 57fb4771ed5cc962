/** What is loaded after the first screen: views and the other language; and that a file of them is missing. */
import { expect, test } from 'vitest';
import { startApp, type RunningApp } from './harness.ts';

const places = ['no-terminal', 'qr', 'records', 'training', 'preferences', 'terminals'];

test('every place opens after the start, and the page is refused nothing', async () => {
  const app = await startApp();
  for (const place of places) {
    await app.at(`rail-${place}`).click();
    await expect.poll(() => app.page.locator('main').innerText()).toMatch(/\S/);
  }
  expect(app.complaints).toEqual([]);
});

/** As where a file of the program is missing or damaged. */
async function withoutFiles({ page, at }: RunningApp, pattern: string): Promise<void> {
  await page.route(pattern, (route) => route.abort());
  await page.reload();
  await at('terminal-list').and(page.locator('[data-state="live"]')).waitFor();
}

test('a view whose file is missing says so in its place, and loading the window again brings it back', async () => {
  const app = await startApp({ locale: 'en' });
  const { at } = app;
  await withoutFiles(app, '**/records-*');
  await at('rail-records').click();
  const fault = at('part-fault');
  await expect.poll(() => fault.innerText()).toContain('could not be loaded');
  expect(await fault.getAttribute('data-code')).toBe('window-part-missing');
  await at('rail-qr').click();
  await fault.waitFor({ state: 'detached' });
  await at('rail-records').click();
  await fault.waitFor();
  await app.page.unrouteAll();
  await at('part-reload').click();
  await at('records').waitFor();
  expect(await fault.count()).toBe(0);
});

test('a language whose file is missing leaves the window in the one it speaks, and says so', async () => {
  const app = await startApp({ locale: 'en' });
  const { at } = app;
  await withoutFiles(app, '**/zh-CN-*');
  await at('language-switch').click();
  await expect.poll(() => at('locale-fault').innerText()).toContain('could not be loaded');
  expect(await at('rail-terminals').innerText()).toContain('Terminals');
  expect(await app.page.evaluate(() => document.documentElement.lang)).toBe('en');
});

test('the palette finds a command by its name in the language that is not shown', async () => {
  const { at, page } = await startApp({ locale: 'en' });
  await at('open-palette').click();
  await at('palette-input').fill('偏好');
  await page.locator('[data-command="place preferences"]').waitFor();
});
