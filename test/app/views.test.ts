/**
 * Every view, in both languages and both themes: pictures of all of them in out/screenshots, and
 * what a picture must never show: a message without words, a page that scrolls sideways.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { outFolder } from '../../build/paths.ts';
import { connect, merchantFile, plugIn, updateImage } from './code-box.ts';
import { startApp, type RunningApp } from './harness.ts';

const pictures = join(outFolder, 'screenshots');
const looks = [
  ['zh-CN', 'light'],
  ['zh-CN', 'dark'],
  ['en', 'dark'],
  ['en', 'light'],
] as const;

/** One picture for each language and theme; the window ends up in English and light. */
async function picture(app: RunningApp, view: string): Promise<void> {
  for (const [locale, theme] of looks) {
    await wear(app, locale, theme);
    await app.page.mouse.move(0, 0);
    await app.page.screenshot({
      path: join(pictures, `${view}.${locale}.${theme}.png`),
      animations: 'disabled',
    });
    const seen = await app.page.evaluate(() => ({
      text: document.body.innerText,
      overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    }));
    expect(seen.text).not.toMatch(/\[[a-z0-9]+(_[a-z0-9]+)+\]|undefined|\[object/);
    expect([view, locale, theme, seen.overflow]).toEqual([view, locale, theme, 0]);
  }
}

async function wear({ at, page }: RunningApp, locale: string, theme: string): Promise<void> {
  const worn = () =>
    page.evaluate(() => [
      document.documentElement.lang,
      document.querySelector('[data-theme-choice]')?.getAttribute('data-theme-choice'),
    ]);
  if ((await worn())[0] !== locale) await at('language-switch').click();
  while ((await worn())[1] !== theme) await at('theme-switch').click();
}

test('every view in both languages and themes', async () => {
  mkdirSync(pictures, { recursive: true });
  const app = await startApp();
  const { at } = app;
  await picture(app, '01-welcome');

  const box = await plugIn(['wrong-merchant', 'wifi-weak', 'slow-erase']);
  await connect(app, box);
  await picture(app, '02-overview');

  await at('tab-settings').click();
  await app.willChoose(merchantFile);
  await at('choose-merchant').click();
  await at('apply-expected').waitFor();
  await picture(app, '03-settings');

  await at('tab-diagnosis').click();
  await picture(app, '04-symptom');
  await at('symptom-S3').check();
  await at('diagnose-run').click();
  await at('cause').waitFor();
  await picture(app, '05-diagnosis');
  await at('remedy-why').click();
  await at('drawer').waitFor();
  await picture(app, '06-evidence');
  await at('drawer-close').click();

  await at('remedy-correct').click();
  await at('apply-dialog').waitFor();
  await app.page.screenshot({ path: join(pictures, '07-correction.en.light.png') });
  await at('apply-confirm').click();
  await at('correction-result').waitFor();
  await picture(app, '08-corrected');

  await at('tab-firmware').click();
  await app.willChoose(updateImage);
  await at('choose-image').click();
  await at('flash-plan').waitFor();
  await picture(app, '09-flash-plan');
  await at('flash-start').click();
  await at('flash-progress').waitFor();
  await picture(app, '10-flashing');
  await at('flash-verdict').waitFor({ timeout: 50_000 });
  await picture(app, '11-flashed');

  await at('tab-console').click();
  await at('shell-input').waitFor();
  await picture(app, '12-console');
  await at('rail-records').click();
  await at('case-row').first().waitFor();
  await picture(app, '13-records');
  await at('rail-training').click();
  await at('training-start').waitFor();
  await picture(app, '14-training');
  await at('rail-preferences').click();
  await picture(app, '15-preferences');
  expect(app.complaints).toEqual([]);
}, 180_000);
