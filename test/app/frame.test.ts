/** The window as a whole: palette, keys, what is remembered, what is asked before it closes, what is said when work ends. */
import { expect, test } from 'vitest';
import { connect, plugIn } from './code-box.ts';
import { startApp, type RunningApp } from './harness.ts';
import { chooseImage, openACase, openAt } from './opening.ts';
import { picture } from './pictures.ts';

/** Opens the palette, types, and takes the first that is found. */
async function command({ page, at }: RunningApp, typed: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await at('palette-input').fill(typed);
  await at('palette-item').first().waitFor();
  await page.keyboard.press('Enter');
  await at('palette').waitFor({ state: 'detached' });
}

test('the palette leads anywhere, in either language, by pinyin and by serial number', async () => {
  const app = await startApp();
  const { at } = app;
  await command(app, 'recor');
  expect(await at('rail-records').getAttribute('aria-current')).toBe('page');
  await command(app, '演练');
  expect(await at('rail-training').getAttribute('aria-current')).toBe('page');
  const box = await plugIn();
  await command(app, 'Terminals');
  await connect(app, box);
  await command(app, 'zhenduan S3');
  await at('cause').or(at('no-cause')).waitFor();
  await command(app, 'xitong');
  await command(app, '0017');
  expect(await at('terminal-card').getAttribute('data-selected')).toBe('true');

  await app.page.keyboard.press('Control+k');
  await at('palette-item').first().waitFor();
  await picture(app, 'palette');
  await at('palette-input').fill('flash');
  await picture(app, 'palette.found');
  await at('palette-input').fill('no such thing at all');
  await at('palette-none').waitFor();
  await app.page.keyboard.press('Escape');
  expect(app.complaints).toEqual([]);
});

test('the main things have keys, and a sheet lists them', async () => {
  const { app, at } = await openAt('settings');
  const { page } = app;
  const chosen = (tab: string) => at(`tab-${tab}`).getAttribute('aria-selected');
  await page.keyboard.press('Control+2');
  expect(await chosen('diagnosis')).toBe('true');
  await page.keyboard.press('Control+1');
  expect(await chosen('overview')).toBe('true');
  await page.keyboard.press('F6');
  const region = () =>
    page.evaluate(() => document.activeElement?.closest('[data-region]')?.tagName ?? null);
  const first = await region();
  await page.keyboard.press('F6');
  expect(first).not.toBeNull();
  expect(await region()).not.toBe(first);
  await page.keyboard.press('?');
  await at('keys-sheet').waitFor();
  await picture(app, 'keys');
  await page.keyboard.press('Escape');
  await at('keys-sheet').waitFor({ state: 'detached' });
  // In a field it is a letter like any other.
  await at('manual-address').focus();
  await page.keyboard.press('?');
  expect(await at('keys-sheet').count()).toBe(0);
  expect(app.complaints).toEqual([]);
});

/** What main was asked: the last message box, which is answered with "stay". */
async function staysAtClosing({ electron }: RunningApp): Promise<() => Promise<string | null>> {
  await electron.evaluate(({ dialog }) => {
    dialog.showMessageBox = (_window: unknown, asked?: unknown) => {
      Reflect.set(globalThis, 'askedAtClosing', asked);
      return Promise.resolve({ response: 0, checkboxChecked: false });
    };
  });
  return async () => {
    await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
    return await electron.evaluate(() => {
      const asked = Reflect.get(globalThis, 'askedAtClosing') as { detail: string } | undefined;
      return asked?.detail ?? null;
    });
  };
}

test('closing in the middle of work asks, and says what becomes of it, in the window’s language', async () => {
  const { app, at } = await openAt('firmware');
  await at('language-switch').click();
  const ask = await staysAtClosing(app);
  await chooseImage(app);
  await startFlash(app);
  await app.page.locator('[data-testid="flash-progress"][data-phase="upload"]').waitFor();
  await expect.poll(ask).toContain('CB2025030017：刷写会被中断');
  expect(app.electron.windows()).toHaveLength(1);
  await at('flash-verdict').waitFor({ timeout: 50_000 });
}, 120_000);

test('closing with something typed that is kept nowhere asks, and says what would be lost', async () => {
  const app = await openACase();
  const { at } = app;
  const ask = await staysAtClosing(app);
  await at('case-report-evidence').click();
  await at('evidence-note').fill('the merchant saw the order');
  await expect.poll(ask).toContain('typed about the case');
  expect(app.electron.windows()).toHaveLength(1);
}, 120_000);

async function startFlash(app: RunningApp): Promise<void> {
  const allow = app.page.locator('[data-testid^="allow-"]');
  const asked = await allow.count();
  for (let index = 0; index < asked; index++) await allow.nth(index).check();
  await app.at('flash-start').click();
  if (asked > 0) await app.at('flash-confirm').click();
}

test('a flash that ends behind another window says so as the window does, and a click leads there', async () => {
  const { app, at } = await openAt('firmware');
  await app.electron.evaluate(({ BrowserWindow, Notification }) => {
    const [window] = BrowserWindow.getAllWindows();
    if (window) window.isFocused = () => false;
    Notification.prototype.show = function show(this: Electron.Notification) {
      Reflect.set(globalThis, 'shownNotice', this);
    };
  });
  await chooseImage(app);
  await startFlash(app);
  await at('flash-progress').waitFor();
  await at('rail-preferences').click();
  const shown = () =>
    app.electron.evaluate(() => {
      const notice = Reflect.get(globalThis, 'shownNotice') as Electron.Notification | undefined;
      return notice === undefined ? null : { title: notice.title, body: notice.body };
    });
  await expect.poll(shown, { timeout: 50_000 }).not.toBeNull();
  const notice = await shown();
  await app.electron.evaluate(() => {
    const clicked = Reflect.get(globalThis, 'shownNotice') as Electron.Notification;
    clicked.emit('click');
  });
  await at('flash-verdict').waitFor();
  const said = await at('flash-verdict').innerText();
  expect(said).toContain(notice?.title);
  expect(said).toContain(notice?.body.split('\n')[1]);
  expect(await at('said').textContent()).toContain(notice?.title);
  expect(app.complaints).toEqual([]);
}, 120_000);

test('the place is remembered, and a terminal’s view when it is there again', async () => {
  const box = await plugIn();
  const first = await startApp();
  await connect(first, box);
  await first.at('tab-console').click();
  await first.at('rail-training').click();
  await first.close();
  const second = await startApp({ dataFolder: first.dataFolder });
  const { at } = second;
  expect(await at('rail-training').getAttribute('aria-current')).toBe('page');
  await at('manual-address').fill(box.url);
  await at('manual-connect').click();
  await at('terminal-header').waitFor();
  expect(await at('tab-console').getAttribute('aria-selected')).toBe('true');
});
