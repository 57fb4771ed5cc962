/** The settings in the packaged window: three ways, one by one, put back, undone, secrets entered again. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { connect, merchantFile, plugIn } from './code-box.ts';
import { startApp, type RunningApp } from './harness.ts';
import { picture } from './pictures.ts';

const row = ({ page }: RunningApp, key: string, state = '') =>
  page.locator(`[data-testid="settings-row-${key}"]${state}`);

async function edit(app: RunningApp, key: string, value: string): Promise<void> {
  const { at } = app;
  await row(app, key)
    .getByRole('button', { name: /^Change/ })
    .click();
  await at(`settings-edit-${key}`).fill(value);
  await at('apply-edits').click();
  await at('apply-confirm').click();
  await app.page.locator('[data-testid="correction-result"][data-outcome="applied"]').waitFor();
}

test('settings three ways: backed up, corrected one by one, put back, undone', async () => {
  const app = await startApp();
  const { at, page } = app;
  const box = await plugIn(['qr-static-instead-of-dynamic']);
  await connect(app, box);
  await at('tab-settings').click();
  await at('back-up').click();
  await at('settings-backup-qr.mode').waitFor();

  await edit(app, 'payment.merchantName', '新店');
  await row(app, 'payment.merchantName', '[data-changed="true"]').waitFor();
  await app.willChoose(merchantFile);
  await at('choose-merchant').click();
  await row(app, 'qr.mode', '[data-differs="true"]').waitFor();
  await at('only-differences').check();
  expect(await row(app, 'payment.merchantName').isVisible()).toBe(true);
  expect(await row(app, 'qr.presented').count()).toBe(0);
  await picture(app, '21-settings-differences');

  await at('settings-apply-qr.mode').click();
  await at('apply-confirm').click();
  await row(app, 'qr.mode', '[data-differs="false"]').waitFor();
  await at('settings-restore-payment.merchantName').click();
  await at('restore-dialog').waitFor();
  await picture(app, '22-settings-restore');
  await at('restore-confirm').click();
  await row(app, 'payment.merchantName').waitFor({ state: 'detached' });

  // One by one no secret is asked for; all at once it may be lost.
  expect(await at('reenter').count()).toBe(0);
  await at('settings-history').locator('summary').click();
  await at('settings-change').nth(2).waitFor();
  await at('backup-restore').click();
  await at('restore-confirm').click();
  await at('reenter').waitFor();
  await at('settings-change').nth(3).waitFor();
  await picture(app, '23-settings-history');

  await at('reenter-wifi.password').fill('posbench-again');
  await at('reenter-write').click();
  await at('apply-confirm').click();
  await at('reenter').waitFor({ state: 'detached' });

  await at('settings-change').nth(4).waitFor();
  await at('settings-undo').last().click();
  await page.locator('[data-testid="correction-result"][data-outcome="undone"]').waitFor();
  expect(app.complaints).toEqual([]);
});

test('a backup is saved as a file that holds no secret', async () => {
  const app = await startApp();
  const { at } = app;
  const box = await plugIn();
  await connect(app, box);
  await at('tab-settings').click();
  await at('back-up').click();
  await at('settings-history').locator('summary').click();
  const file = join(app.dataFolder, 'saved.json');
  await app.willSave(file);
  await at('backup-save').click();
  await expect.poll(() => readable(file), { timeout: 10_000 }).toContain('"key": "qr.mode"');
  expect(readable(file)).not.toContain('posbench-training');
  expect(app.complaints).toEqual([]);
});

test('a replacement is given what another terminal had, from the list and from a file', async () => {
  const app = await startApp();
  const { at } = app;
  const old = await plugIn();
  await connect(app, old);
  await at('tab-settings').click();
  await edit(app, 'payment.merchantName', '旧机上的店');
  await at('back-up').click();
  await at('settings-backup-qr.mode').waitFor();
  await at('settings-history').locator('summary').click();
  const file = join(app.dataFolder, 'old.json');
  await app.willSave(file);
  await at('backup-save').click();
  await expect.poll(() => readable(file), { timeout: 10_000 }).toContain('"key": "qr.mode"');

  const fresh = await plugIn([], ['--serial-number=CB2025030018']);
  await at('manual-address').fill(fresh.url);
  await at('manual-connect').click();
  await expect
    .poll(() => at('terminal-header').textContent(), { timeout: 20_000 })
    .toContain('CB2025030018');
  await at('tab-settings').click();
  await app.willChoose(file);
  await at('restore').click();
  await at('backup-file').click();
  expect(await at('correction-fault').getAttribute('data-code')).toBe('backup-other-terminal');
  expect(await at('correction-fault').textContent()).not.toContain('--');
  await picture(app, '24-restore-refused');
  await at('restore-anyway').click();
  await at('restore-other-terminal').waitFor();
  expect(await at('restore-reenter').textContent()).toContain('Wi-Fi');
  await at('restore-cancel').click();

  await at('restore').click();
  await app.page.locator('[data-testid="backup-choice-row"][data-own="false"]').waitFor();
  await picture(app, '25-backup-choice');
  await at('backup-choose').first().click();
  await at('restore-dialog').waitFor();
  await picture(app, '26-restore-other-terminal');
  await at('restore-confirm').click();
  await app.page.locator('[data-testid="correction-result"][data-outcome="applied"]').waitFor();
  await at('reenter').waitFor();
  const { settings } = (await fresh.tell({ state: true })) as { settings: Record<string, string> };
  expect(settings['pay/merchant_name']).toBe('旧机上的店');
  expect(app.complaints).toEqual([]);
});

test('a backup of another model and a damaged one are refused, and nothing is written', async () => {
  const app = await startApp();
  const { at } = app;
  const box = await plugIn();
  await connect(app, box);
  await at('tab-settings').click();
  await at('back-up').click();
  await at('settings-history').locator('summary').click();
  const file = join(app.dataFolder, 'saved.json');
  await app.willSave(file);
  await at('backup-save').click();
  await expect.poll(() => readable(file), { timeout: 10_000 }).toContain('"key": "qr.mode"');
  await edit(app, 'payment.merchantName', '新店');

  const refusedAs = async (text: string): Promise<string | null> => {
    writeFileSync(file, text);
    await app.willChoose(file);
    await at('restore').click();
    await at('backup-file').click();
    return await at('correction-fault').getAttribute('data-code');
  };
  const good = readable(file);
  const of = (model: string) => good.replace('"model": "CB-200"', `"model": "${model}"`);
  expect(await refusedAs(of('CB-300'))).toBe('backup-other-model');
  expect(await at('restore-anyway').count()).toBe(0);
  await at('settings-reload').click();
  await expect
    .poll(() => refusedAs(good.replace('dynamic', 'static')), { timeout: 20_000 })
    .toBe('backup-damaged');
  expect(await at('restore-dialog').count()).toBe(0);
  const { settings } = (await box.tell({ state: true })) as { settings: Record<string, string> };
  expect(settings['pay/merchant_name']).toBe('新店');
});

function readable(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
