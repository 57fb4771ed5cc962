/** The bridge's process ends, or the page is loaded again: the window stays, and says what was lost. */
import { expect, test } from 'vitest';
import { connect, plugIn, updateImage } from './code-box.ts';
import { startApp } from './harness.ts';

test('a killed bridge comes back and the window says what was interrupted', async () => {
  const box = await plugIn();
  const app = await startApp();
  const { at, page } = app;
  await connect(app, box);
  await at('tab-firmware').click();
  await app.willChoose(updateImage);
  await at('choose-image').click();
  await at('flash-start').click();
  await page.locator('[data-testid="flash-progress"][data-phase="upload"]').waitFor();

  const before = await app.bridgePid();
  process.kill(before, 'SIGKILL');
  await at('bridge-interrupted').waitFor();
  expect(await app.bridgePid()).not.toBe(before);
  await expect.poll(() => at('bridge-interrupted').textContent()).toContain('CB2025030017');

  await at('bridge-interrupted-dismiss').click();
  await at('tab-overview').click();
  await connect(app, box);
  expect(await at('reading-value-firmware.version').textContent()).toContain('1.9.9');
});

test('a bridge that keeps dying is started again each time', async () => {
  const app = await startApp();
  for (let death = 0; death < 3; death++) {
    const pid = await app.bridgePid();
    process.kill(pid, 'SIGKILL');
    await expect.poll(() => app.bridgePid().catch(() => pid), { timeout: 10_000 }).not.toBe(pid);
  }
  await app.page.locator('[data-testid="terminal-list"][data-state="live"]').waitFor();
});

test('a page loaded again follows the flash that runs, to its verdict', async () => {
  const box = await plugIn();
  const app = await startApp();
  const { at, page } = app;
  await connect(app, box);
  await at('tab-firmware').click();
  await app.willChoose(updateImage);
  await at('choose-image').click();
  await at('flash-start').click();
  await page.locator('[data-testid="flash-progress"][data-phase="upload"]').waitFor();
  await page.reload();
  await at('flash-progress').waitFor();
  await at('flash-verdict').waitFor({ timeout: 50_000 });
  expect(await at('flash-verdict').getAttribute('data-verdict')).toBe('done');
}, 120_000);
