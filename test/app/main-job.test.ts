/** The main job in the window, on a terminal at a real serial line: plug, read, diagnose, correct, flash, unplug. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { connect, merchantFile, plugIn, updateImage } from './code-box.ts';
import { startApp } from './harness.ts';

test('from plugging in to a proven flash', async () => {
  const box = await plugIn(['wrong-merchant']);
  const app = await startApp();
  const { at, page } = app;

  await connect(app, box);
  expect(await at('terminal-header').textContent()).toContain('CB2025030017');
  expect(await at('reading-value-battery.levelPercent').textContent()).toMatch(/83\s*%/);
  expect(await at('reading-value-firmware.version').textContent()).toContain('1.9.9');

  await at('tab-settings').click();
  await app.willChoose(merchantFile);
  await at('choose-merchant').click();
  await page.locator('[data-testid^="settings-row-"][data-differs="true"]').first().waitFor();

  await at('tab-diagnosis').click();
  await at('symptom-S3').check();
  await at('diagnose-run').click();
  await at('cause').waitFor();
  expect(await at('cause').getAttribute('data-check')).toBe('payment-settings');
  await expect.poll(() => at('finding-battery').getAttribute('data-verdict')).toBe('pass');

  await at('remedy-correct').click();
  await at('apply-confirm').click();
  await at('correction-result').waitFor();
  expect(await at('correction-result').getAttribute('data-outcome')).toBe('applied');
  const { settings } = (await box.tell({ state: true })) as { settings: Record<string, string> };
  expect(settings['pay/mid']).toBe('898310048160001');

  await at('tab-diagnosis').click();
  await at('diagnose-run').click();
  await at('changed').waitFor();
  await expect.poll(() => at('finding-payment-settings').getAttribute('data-verdict')).toBe('pass');

  await at('tab-firmware').click();
  await app.willChoose(updateImage);
  await at('choose-image').click();
  await at('flash-plan').waitFor();
  expect(await at('image-card').getAttribute('data-verdict')).toBe('good');
  await at('flash-start').click();
  await at('flash-verdict').waitFor({ timeout: 50_000 });
  expect(await at('flash-verdict').getAttribute('data-verdict')).toBe('done');
  const slots = JSON.stringify(await box.tell({ state: true }));
  expect(slots).toContain('2.0.0');

  const report = join(app.dataFolder, 'report.html');
  await app.willSave(report);
  await at('flash-report').click();
  await expect.poll(() => existsSync(report) && readFileSync(report, 'utf8')).toContain('2.0.0');

  await box.tell({ pull: true });
  const card = page.locator('[data-testid="terminal-card"]');
  await expect.poll(() => card.getAttribute('data-connected')).toBe('false');
  await box.tell({ plug: true });

  await at('rail-records').click();
  await at('case-row').first().waitFor();
  expect(app.complaints).toEqual([]);
}, 120_000);

test('a cable pulled during a flash ends in a true verdict and a next step', async () => {
  const box = await plugIn();
  const app = await startApp();
  const { at } = app;
  await connect(app, box);
  await at('tab-firmware').click();
  await app.willChoose(updateImage);
  await at('choose-image').click();
  await at('flash-start').click();
  await app.page.locator('[data-testid="flash-progress"][data-phase="upload"]').waitFor();
  await box.tell({ pull: true });
  await at('flash-verdict').waitFor({ timeout: 50_000 });
  // The terminal is out of sight: whatever is claimed beyond these would be a guess.
  expect(['nothing-changed', 'unknown']).toContain(
    await at('flash-verdict').getAttribute('data-verdict'),
  );
  expect(await at('flash-next').textContent()).not.toBe('');
}, 120_000);

test('closing the window during a flash asks first, and staying lets the flash end', async () => {
  const box = await plugIn();
  const app = await startApp();
  const { at, electron } = app;
  await connect(app, box);
  await at('tab-firmware').click();
  await app.willChoose(updateImage);
  await at('choose-image').click();
  await at('flash-start').click();
  await at('keep-connected').waitFor();
  const asked = await electron.evaluate(async ({ BrowserWindow, dialog }) => {
    const [window] = BrowserWindow.getAllWindows();
    return await new Promise<string[]>((resolve) => {
      dialog.showMessageBox = (...args: unknown[]) => {
        const { message, buttons } = args.at(-1) as { message: string; buttons: string[] };
        resolve([message, ...buttons]);
        return Promise.resolve({ response: 0, checkboxChecked: false });
      };
      window?.close();
    });
  });
  expect(asked).toEqual(['Work is still running', 'Keep going', 'Close and cut it off']);
  await at('flash-verdict').waitFor({ timeout: 50_000 });
  expect(await at('flash-verdict').getAttribute('data-verdict')).toBe('done');
}, 120_000);

test('the computer is kept awake for a flash and no longer; closing twice asks once', async () => {
  const box = await plugIn();
  const app = await startApp();
  const { at, electron } = app;
  // The blocker's id is the app's own; ids count from 0.
  const blocks = () =>
    electron.evaluate(
      ({ powerSaveBlocker }) =>
        Array.from({ length: 8 }, (_, id) => powerSaveBlocker.isStarted(id)).filter(Boolean).length,
    );
  await connect(app, box);
  expect(await blocks()).toBe(0);
  await at('tab-firmware').click();
  await app.willChoose(updateImage);
  await at('choose-image').click();
  await at('flash-start').click();
  await at('keep-connected').waitFor();
  expect(await blocks()).toBe(1);
  const asked = await electron.evaluate(({ BrowserWindow, dialog }) => {
    let count = 0;
    dialog.showMessageBox = () => {
      count += 1;
      return new Promise(() => undefined);
    };
    const [window] = BrowserWindow.getAllWindows();
    window?.close();
    window?.close();
    return count;
  });
  expect(asked).toBe(1);

  process.kill(await app.bridgePid(), 'SIGKILL');
  await expect.poll(blocks).toBe(0);
}, 120_000);

test('a port that is not there says so', async () => {
  const { at } = await startApp();
  await at('manual-address').fill('serial:///dev/no-such-port?baud=115200');
  await at('manual-connect').click();
  await at('connect-fault').waitFor();
  expect(await at('connect-fault').textContent()).toContain('/dev/no-such-port');
});
