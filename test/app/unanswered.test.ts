/**
 * Views of a terminal that says no more: what is waited for is shown, then why it failed; what was read
 * before is there once it answers and is asked again.
 */
import { expect, test } from 'vitest';
import { startTerminal } from '../simulators/android/terminal.ts';
import { connect, plugIn } from './code-box.ts';
import { startApp } from './harness.ts';
import { picture } from './pictures.ts';

/** As long as the slowest answer of a terminal is waited for. */
const timeout = 60_000;
const readingSettings = { en: /Reading the settings/, 'zh-CN': /读取参数/ } as const;

test.each(['en', 'zh-CN'] as const)(
  'a view that gets no answer says so, and reads again once there is one (%s)',
  async (locale) => {
    const box = await plugIn();
    const app = await startApp({ locale });
    const { at, page } = app;
    await connect(app, box);

    await box.tell({ fault: 'silent', on: true });
    await at('tab-settings').click();
    await expect.poll(() => page.locator('main').textContent()).toMatch(readingSettings[locale]);
    await picture(app, `unanswered-settings-waiting-${locale}`);
    await at('settings-fault').waitFor({ timeout });
    await picture(app, `unanswered-settings-${locale}`);
    await at('tab-overview').click();
    await at('read-again').click();
    await at('readings-fault').waitFor({ timeout });
    await picture(app, `unanswered-overview-${locale}`);

    await box.tell({ fault: 'silent', on: false });
    await at('read-again').click();
    await at('readings-fault').waitFor({ state: 'detached' });
    await at('reading-battery.levelPercent').waitFor();
    await at('tab-settings').click();
    await page.locator('[data-testid^="settings-row-"]').first().waitFor();
    await at('settings-fault').waitFor({ state: 'detached' });
    expect(app.complaints).toEqual([]);
  },
  180_000,
);

test('apps that can’t be listed say why', async () => {
  const terminal = await startTerminal('--model', 'at-900', '--auth', 'already-known');
  const app = await startApp();
  const { at, page } = app;
  await at('manual-address').fill(`adb://${terminal.adb}`);
  await at('manual-connect').click();
  await at('read-again').and(page.locator(':enabled')).waitFor();
  terminal.simulator.setFault('stalls', true);
  await at('tab-apps').click();
  await at('app-list-fault').waitFor({ timeout });
  await picture(app, 'unanswered-apps');
  expect(app.complaints).toEqual([]);
}, 120_000);
