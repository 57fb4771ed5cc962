/**
 * Every way a flash ends, as the window says it, each brought about on a simulated terminal; with
 * pictures in both languages and both themes.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bootLoaderWithoutUpload, startDevice } from '../support/statistics-device.ts';
import { connect, plugIn, updateImage, type CodeBox } from './code-box.ts';
import { startApp, temporaryFolder, type RunningApp } from './harness.ts';
import { picture } from './pictures.ts';

/** Of the training box, with little patience. */
function profile(name: string, more = ''): string {
  const file = join(temporaryFolder(), `${name}.yaml`);
  writeFileSync(
    file,
    `format: 1
name: ${name}
extends: [training-codebox]
vendor: POS Bench
model: CB-200
labels: { zh-CN: 演练码牌, en: Training code box }
firmware:
  family: mcuboot
  swapTimeoutMs: 4000
${more}`,
  );
  return file;
}

let boxes = 0;

/** Another box, connected with this profile, and its flash begun. */
async function flashing(
  app: RunningApp,
  faults: readonly string[],
  { with: profileFile, line = '--baud=0' }: { with: string; line?: string },
  ...more: string[]
): Promise<CodeBox> {
  const { at, page } = app;
  boxes += 1;
  const number = `CB20250301${String(boxes).padStart(2, '0')}`;
  const box = await plugIn([], [`--serial-number=${number}`, line, ...more]);
  if ((await at('model').getAttribute('open')) === null)
    await at('model').locator('summary').click();
  await app.willChoose(profileFile);
  await at('model-profile-file').click();
  await expect.poll(() => at('model-choice').textContent(), { timeout: 20_000 }).toContain('.yaml');
  await connect(app, box);
  await expect
    .poll(() => at('terminal-header').textContent(), { timeout: 20_000 })
    .toContain(number);
  await at('tab-firmware').click();
  await app.willChoose(updateImage);
  await at('choose-image').click();
  await at('flash-plan').waitFor();
  const allow = page.locator('[data-testid^="allow-"]');
  const asked = await allow.count();
  for (let index = 0; index < asked; index++) await allow.nth(index).check();
  // Some of them would keep it from starting at all.
  for (const fault of faults) await box.tell({ fault, on: true });
  await at('flash-start').click();
  if (asked + (await at('flash-confirm').count()) > 0) await at('flash-confirm').click();
  await at('flash-progress').waitFor();
  return box;
}

async function ends({ at, page }: RunningApp, verdict: string): Promise<void> {
  await page
    .locator(`[data-testid="flash-verdict"][data-verdict="${verdict}"]`)
    .waitFor({ timeout: 40_000 });
  const filled = at('flash-verdict').locator('button.filled, button.danger');
  expect(await filled.count()).toBe(1);
}

test('every verdict of a flash says what is, and what to do next', async () => {
  const app = await startApp();
  const { at } = app;
  const quick = profile('quick');

  await flashing(app, [], { with: quick });
  await ends(app, 'done');
  await picture(app, 'verdict-done');

  await flashing(app, ['settings-lost-some'], {
    with: profile(
      'steps',
      '  afterFlash: [activation, parameter-download, sign-in, test-payment]\n',
    ),
  });
  await ends(app, 'not-trading');
  await picture(app, 'verdict-not-trading');

  await flashing(app, ['battery-unreadable-after-swap'], { with: quick });
  await ends(app, 'reverted');
  await picture(app, 'verdict-reverted');

  await flashing(app, [], { with: quick, line: '--baud=460800' });
  await app.page.locator('[data-testid="flash-progress"][data-phase="upload"]').waitFor();
  await at('flash-cancel').click();
  await ends(app, 'nothing-changed');
  await picture(app, 'verdict-nothing-changed');

  await flashing(app, ['boot-pin-held'], { with: quick });
  await ends(app, 'needs-firmware');
  await picture(app, 'verdict-needs-firmware');
  expect(app.complaints).toEqual([]);
}, 180_000);

test('a terminal that comes back late: unknown first, then corrected everywhere it was said', async () => {
  const app = await startApp();
  const { at } = app;
  const patience = { with: profile('quick') };
  await flashing(app, ['back-late'], patience, '--late-ms=16000');
  await ends(app, 'unknown');
  await picture(app, 'verdict-unknown');

  await at('tab-overview').click();
  await at('settled-flash').waitFor({ timeout: 40_000 });
  await at('verdict-was').waitFor();
  await picture(app, 'verdict-corrected.overview');
  await at('settled-look').click();
  await ends(app, 'done-late');
  const was = at('flash-verdict').locator('[data-testid="verdict-was"]');
  expect(await was.getAttribute('data-was')).toBe('unknown');
  expect(await was.getAttribute('data-now')).toBe('done-late');
  expect(await was.textContent()).toMatch(/\d\d:\d\d/);
  await picture(app, 'verdict-done-late');

  await at('rail-records').click();
  const row = at('case-row').first().locator('[data-testid="verdict-was"]');
  expect(await row.getAttribute('data-was')).toBe('unknown');
  expect(await row.textContent()).toMatch(/corrected .*\d\d:\d\d/);
  await picture(app, 'verdict-corrected.records');
  expect(app.complaints).toEqual([]);
}, 120_000);

test('a boot loader that takes no image: nothing more can be done here', async () => {
  const app = await startApp();
  const { at } = app;
  const device = await startDevice(bootLoaderWithoutUpload);
  await at('model').locator('summary').click();
  await app.willChoose(profile('dead'));
  await at('model-profile-file').click();
  await expect
    .poll(() => at('model-choice').textContent(), { timeout: 20_000 })
    .toContain('dead.yaml');
  await at('manual-address').fill(device.url);
  await at('manual-connect').click();
  await at('terminal-header').waitFor();
  await at('tab-firmware').click();
  await app.willChoose(updateImage);
  await at('choose-image').click();
  await at('flash-plan').waitFor();
  const allow = app.page.locator('[data-testid^="allow-"]');
  for (let index = 0; index < (await allow.count()); index++) await allow.nth(index).check();
  await at('flash-start').click();
  await at('flash-confirm').click();
  await ends(app, 'unrecoverable');
  await picture(app, 'verdict-unrecoverable');
}, 90_000);
