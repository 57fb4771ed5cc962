/** A terminal that is not left to recognition: its profile and merchant chosen by hand, and wrong files. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { outFolder } from '../../build/paths.ts';
import { connect, merchantFile, plugIn, updateImage } from './code-box.ts';
import { startApp, temporaryFolder, type RunningApp } from './harness.ts';

const pictures = join(outFolder, 'screenshots');

function profileFile(name: string, more = ''): string {
  const file = join(temporaryFolder(), name);
  writeFileSync(
    file,
    `format: 1\nname: own-box\nextends: [training-codebox]\nvendor: Own\nmodel: OB-1\nlabels: { zh-CN: 自有码牌, en: Own box }\n${more}`,
  );
  return file;
}

async function small({ electron, page }: RunningApp): Promise<void> {
  await electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.setContentSize(1024, 640),
  );
  await page.waitForFunction(() => innerWidth === 1024);
}

async function picture(app: RunningApp, name: string): Promise<void> {
  mkdirSync(pictures, { recursive: true });
  for (const locale of ['zh-CN', 'en']) {
    const lang = () => app.page.evaluate(() => document.documentElement.lang);
    if ((await lang()) !== locale) await app.at('language-switch').click();
    await app.page.screenshot({ path: join(pictures, `${name}.${locale}.png`) });
  }
}

test('a profile file with a mistake is refused with its line; a good one and a merchant file are taken', async () => {
  const box = await plugIn();
  const app = await startApp();
  const { at, page } = app;
  await small(app);
  await at('model').locator('summary').click();
  await app.willChoose(profileFile('wrong.yaml', 'readings: nonsense\n'));
  await at('model-profile-file').click();
  await at('model-refused').waitFor();
  expect(await at('model-refused').textContent()).toContain('wrong.yaml');
  expect(await at('model-refused').textContent()).toContain('Line 7');
  await picture(app, '20-model-refused');

  await app.willChoose(profileFile('own.yaml'));
  await at('model-profile-file').click();
  await at('model-refused').waitFor({ state: 'detached' });
  await app.willChoose(merchantFile);
  await at('model-merchant-file').click();
  await expect.poll(() => at('model-choice').textContent()).toContain('training-merchant.yaml');
  await picture(app, '21-model-chosen');
  await connect(app, box);
  // The choice was for this one.
  await expect.poll(() => at('model-profile').inputValue()).toBe('');

  // Its keys and its merchant hold in the views, too.
  await at('tab-firmware').click();
  await app.willChoose(updateImage);
  await at('choose-image').click();
  await page.locator('[data-testid="image-card"][data-verdict="good"]').waitFor();
  expect(app.complaints).toEqual([]);
}, 120_000);

test('a file that cannot be read says which and why, not only that something failed', async () => {
  const app = await startApp();
  const { at } = app;
  await at('model').locator('summary').click();
  await app.willChoose('/nowhere/own.yaml');
  await at('model-profile-file').click();
  await at('model-fault').waitFor();
  expect(await at('model-fault').getAttribute('data-code')).toBe('file-missing');
  expect(await at('model-fault').textContent()).toContain('/nowhere/own.yaml');
});

test('a page loaded in mid-flash shows the same phases with the same times', async () => {
  const box = await plugIn();
  const app = await startApp();
  const { at, page } = app;
  await connect(app, box);
  await at('tab-firmware').click();
  await app.willChoose(updateImage);
  await at('choose-image').click();
  await at('flash-start').click();
  await page.locator('[data-testid="flash-progress"][data-phase="upload"]').waitFor();
  const phases = () => at('flash-progress').locator('ol').innerText();
  const before = await phases();
  expect(before).toMatch(/\d+(?:\.\d)? s/u);
  await page.reload();
  await at('flash-progress').waitFor();
  await expect.poll(phases).toBe(before);
  await at('flash-verdict').waitFor({ timeout: 50_000 });
}, 120_000);
