/** The settings in the packaged window: three ways, one by one, put back, undone, secrets entered again. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startTerminal } from '../simulators/android/terminal.ts';
import { connect, merchantFile, plugIn } from './code-box.ts';
import { startApp, temporaryFolder, type RunningApp } from './harness.ts';
import { openAt, readable, saveBackup } from './opening.ts';
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
  const { app, at } = await openAt('settings', { faults: ['qr-static-instead-of-dynamic'] });
  const { page } = app;
  await at('back-up').click();
  await at('settings-backup-qr.mode').waitFor();

  await edit(app, 'payment.merchantName', '新店');
  await row(app, 'payment.merchantName', '[data-changed="true"]').waitFor();
  await app.willChoose(merchantFile);
  await at('choose-merchant').click();
  await row(app, 'qr.mode', '[data-differs="true"]').waitFor();
  await at('settings-search').fill('wifi');
  await row(app, 'qr.mode').waitFor({ state: 'detached' });
  expect(await row(app, 'wifi.ssid').isVisible()).toBe(true);
  await at('settings-search').fill('nothing of the kind');
  await at('no-differences').waitFor();
  await picture(app, '21-settings-none-found');
  await at('settings-search').press('Escape');
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
  await at('apply-confirm').click();
  await page.locator('[data-testid="correction-result"][data-outcome="undone"]').waitFor();
  expect(app.complaints).toEqual([]);
});

test('a backup is saved as a file that holds no secret', async () => {
  const { app } = await openAt('settings');
  const file = await saveBackup(app, 'saved.json');
  expect(readable(file)).not.toContain('posbench-training');
  expect(app.complaints).toEqual([]);
});

test('a replacement is given what another terminal had, from the list and from a file', async () => {
  const { app, at } = await openAt('settings');
  await edit(app, 'payment.merchantName', '旧机上的店');
  const file = await saveBackup(app, 'old.json');

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
  const { app, at, box } = await openAt('settings');
  const file = await saveBackup(app, 'saved.json');
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

/** A profile that also asks for what this box never gives: its Wi-Fi password. */
function askingTooMuch(): string {
  const file = join(temporaryFolder(), 'asking.yaml');
  writeFileSync(
    file,
    `format: 1
name: asking-box
extends: [training-codebox]
vendor: POS Bench
model: CB-200
labels: { zh-CN: 演练码牌, en: Training code box }
settings:
  own.note:
    key: wifi/psk
    labels: { zh-CN: 备注, en: Note }
    type: text
    expected: open
`,
  );
  return file;
}

test('a setting that could not be read is counted and shown as that, and never called as expected', async () => {
  const { app, at } = await openAt('settings', { profileFile: askingTooMuch() });
  const unread = row(app, 'own.note');
  await unread.waitFor();
  const said = async () => (await at('settings-count').innerText()).split('\n');
  expect(await said()).toEqual(['1 not readable']);
  expect(await unread.innerText()).toMatch(/refused[^]*unknown/);
  // Whether it may be written is the terminal's to say.
  expect(await unread.getByRole('button', { name: 'Change Note' }).isEnabled()).toBe(true);

  await at('back-up').click();
  await at('settings-backup-qr.mode').waitFor();
  await edit(app, 'payment.merchantName', '新店');
  await at('only-differences').check();
  await row(app, 'qr.mode').waitFor({ state: 'detached' });
  expect(await unread.isVisible()).toBe(true);
  await app.willChoose(merchantFile);
  await at('choose-merchant').click();
  await expect.poll(said, { timeout: 20_000 }).toEqual(['1 not as expected', '1 not readable']);
  await picture(app, '27-settings-unread');
  await at('language-switch').click();
  await expect.poll(said).toEqual(['1 项不一致', '1 项读不到']);
  expect(await unread.innerText()).toMatch(/拒绝[^]*读不到/);
  expect(app.complaints).toEqual([]);
});

test('a Wi-Fi network is joined by its name and password, undone, and a refusal says why', async () => {
  const { adb } = await startTerminal('--model', 'at-900', '--auth', 'already-known');
  const app = await startApp();
  const { at, page } = app;
  await connect(app, { url: `adb://${adb}` });
  await at('tab-settings').click();
  const outcome = (which: string) =>
    page
      .locator(`[data-testid="correction-result"][data-outcome="${which}"]`)
      .waitFor({ timeout: 60_000 });
  const type = async (name: string, password: string) => {
    await row(app, 'wifi.network')
      .getByRole('button', { name: /^Change/ })
      .click();
    await at('wifi-name').fill(name);
    await at('wifi-password').fill(password);
  };
  await type('LAOWANG-3F', 'short');
  await page.locator('[data-testid="wifi-form"][data-lacks="password"]').waitFor();
  expect(await at('apply-edits').isDisabled()).toBe(true);
  await at('wifi-password').fill('noodles-upstairs');
  await page.locator('[data-testid="wifi-form"][data-lacks="nothing"]').waitFor();
  await picture(app, '26-settings-wifi');
  // What is pending stands in the form, also after its row was out of sight.
  await at('settings-search').fill('no such setting');
  await row(app, 'wifi.network').waitFor({ state: 'detached' });
  await at('settings-search').fill('');
  expect(await at('wifi-name').inputValue()).toBe('LAOWANG-3F');
  expect(await at('wifi-password').inputValue()).toBe('noodles-upstairs');
  await at('apply-edits').click();
  expect(await at('change-name').innerText()).toBe('LAOWANG-3F');
  await picture(app, '26-settings-wifi-confirm');
  await at('apply-confirm').click();
  await outcome('applied');
  expect(await at('correction-result').innerText()).toContain('LAOWANG-3F');
  await at('undo').click();
  await picture(app, '26-settings-undo');
  await at('apply-confirm').click();
  await outcome('undone');
  await type('LAOWANG-3F', 'not-the-password');
  await at('apply-edits').click();
  await at('apply-confirm').click();
  await outcome('reverted');
  await at('correction-why-wifi.network').waitFor();
  await picture(app, '27-settings-wifi-refused');
  expect(await page.content()).not.toContain('not-the-password');
  expect(app.complaints).toEqual([]);
}, 180_000);
