/** An Android terminal in the window: it asks for a tap on its screen, and is read like any other. */
import { expect, test } from 'vitest';
import { startTerminal } from '../simulators/android/terminal.ts';
import { startApp } from './harness.ts';
import { picture, usual } from './pictures.ts';

test('a terminal that waits for a tap is drawn with what to tap; tapped, it is read and diagnosed', async () => {
  const terminal = await startTerminal('--model', 'at-900', '--auth', 'never');
  const app = await startApp();
  const { at, page } = app;
  await at('manual-address').fill(`adb://${terminal.adb}`);
  await at('manual-connect').click();
  await at('tap-picture').waitFor();
  expect(await page.locator('main').textContent()).toContain('does not know this computer yet');
  await picture(app, '70-android-tap');

  await terminal.control({ tap: 'allow' });
  await page.locator('[data-testid="terminal-card"][data-connected="true"]').waitFor();
  await at('tap-picture').waitFor({ state: 'detached' });
  expect(await at('terminal-card').textContent()).toContain('AT-900');
  await expect.poll(() => page.locator('main').textContent()).toContain('TKQ1.230504.002');
  await picture(app, '71-android-overview', usual);

  await at('tab-settings').click();
  await expect.poll(() => page.locator('main').textContent()).toContain('898310048160001');
  await picture(app, '72-android-settings', usual);
  expect(app.complaints).toEqual([]);
}, 120_000);

test('its own log and shell are in the console, as it writes and answers', async () => {
  const terminal = await startTerminal('--model', 'at-900', '--auth', 'already-known');
  const app = await startApp();
  const { at, page } = app;
  await at('manual-address').fill(`adb://${terminal.adb}`);
  await at('manual-connect').click();
  await page.locator('[data-testid="terminal-card"][data-connected="true"]').waitFor();
  await at('tab-console').click();
  await at('shell-input').fill('getprop ro.product.model');
  await page.keyboard.press('Enter');
  await expect.poll(() => page.locator('main').textContent()).toContain('AT-900');
  await picture(app, '73-android-console', usual);
  expect(app.complaints).toEqual([]);
}, 120_000);
