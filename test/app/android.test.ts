/** An Android terminal in the window: it asks for a tap on its screen, and is read like any other. */
import { createServer, type AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
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

/** Adbd closes the line of a computer that it does not know, once that said who it is. */
async function lockedDown(): Promise<string> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => socket.end());
  });
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return `127.0.0.1:${port}`;
}

test('a terminal that is locked down says what still works, and leads to it', async () => {
  const app = await startApp();
  const { at } = app;
  await at('manual-address').fill(`adb://${await lockedDown()}`);
  await at('manual-connect').click();
  await at('welcome-not-let-in').waitFor();
  expect(await at('connect-again').isEnabled()).toBe(true);
  await picture(app, '70-android-locked');
  await at('welcome-not-let-in').locator('[data-testid="welcome-no-terminal"]').click();
  await at('welcome-not-let-in').waitFor({ state: 'detached' });
}, 120_000);

test('a tap that nobody made in time is drawn again, with a way to try once more', async () => {
  const terminal = await startTerminal('--model', 'at-900', '--auth', 'never');
  const app = await startApp();
  const { at } = app;
  await at('manual-address').fill(`adb://${terminal.adb}`);
  await at('manual-connect').click();
  // As long as anybody would look for the question on the screen.
  await at('welcome-not-let-in').waitFor({ timeout: 90_000 });
  await picture(app, '70-android-tap-timeout');
  await at('connect-again').click();
  await at('welcome-tap').waitFor();
  await terminal.control({ tap: 'allow' });
  await app.page.locator('[data-testid="terminal-card"][data-connected="true"]').waitFor();
}, 180_000);
