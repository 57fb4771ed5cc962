/** An update package on an Android terminal in the window: what it is, what will be done, how it ended. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { packageFor, signer, type PackageOptions } from '../operations/flash-android/stage.ts';
import { startTerminal } from '../simulators/android/terminal.ts';
import { startApp } from './harness.ts';
import { picture, usual } from './pictures.ts';

const quickProfile = fileURLToPath(
  new URL('../fixtures/profiles/quick-android.yaml', import.meta.url),
);

interface Wanted {
  readonly args?: readonly string[];
  readonly options?: PackageOptions;
}

async function planned({ args = [], options = {} }: Wanted = {}) {
  const terminal = await startTerminal('--auth', 'already-known', ...args);
  const app = await startApp();
  const { at, page } = app;
  await at('model').locator('summary').click();
  await app.willChoose(quickProfile);
  await at('model-profile-file').click();
  await at('manual-address').fill(`adb://${terminal.adb}`);
  await at('manual-connect').click();
  await page.locator('[data-testid="terminal-card"][data-connected="true"]').waitFor();
  const folder = join(app.dataFolder, 'files');
  mkdirSync(folder, { recursive: true });
  const [update, key] = [join(folder, 'update.zip'), join(folder, 'vendor.pem')];
  writeFileSync(update, packageFor(options));
  writeFileSync(key, signer.certificatePem);
  await at('tab-firmware').click();
  await app.willChoose(update);
  await at('choose-image').click();
  await at('image-card').waitFor();
  const addKey = async () => {
    await app.willChoose(key);
    // The plan comes meanwhile, and moves what is left of it: a key finds its button anyway.
    await at('choose-key').press('Space');
    await page.locator('[data-testid="image-card"][data-verdict="good"]').waitFor();
    await at('flash-plan').waitFor();
  };
  const flash = async () => {
    await at('flash-start').press('Space');
    if (await at('flash-dialog').isVisible()) await at('flash-confirm').press('Space');
  };
  const phase = (name: string) =>
    page.locator(`[data-testid="flash-progress"][data-phase="${name}"]`).waitFor();
  return { ...app, terminal, addKey, flash, phase };
}

test('a package is judged by who signed it, planned, flashed through recovery and proven', async () => {
  const app = await planned({ args: ['--boot-ms', '4000', '--install-ms', '4000'] });
  const { at } = app;
  expect(await at('image-card').getAttribute('data-verdict')).toBe('refused');
  await picture(app, '90-ota-unknown-signer');
  await app.addKey();
  await picture(app, '91-ota-plan');
  await picture(app, '91-ota-plan-usual', usual);
  await app.flash();
  await app.phase('update-mode');
  await picture(app, '92-ota-update-mode');
  await app.phase('upload');
  await picture(app, '93-ota-upload');
  await at('flash-verdict').waitFor({ timeout: 60_000 });
  expect(await at('flash-verdict').getAttribute('data-verdict')).toBe('done');
  await at('recovery-text').locator('summary').click();
  await picture(app, '94-ota-done');
  expect(app.complaints).toEqual([]);
}, 180_000);

test.each([
  ['another model', { metadata: { 'pre-device': 'at700' } }, '95-ota-wrong-model'],
  [
    'another build',
    { metadata: { 'pre-build': 'PBNorth/at900/at900:13/TKQ1.1/1:user/release-keys' } },
    '95-ota-incremental',
  ],
  ['an older build', { metadata: { 'post-timestamp': '1600000000' } }, '95-ota-older'],
  ['one that erases', { metadata: { 'ota-wipe': 'yes' } }, '95-ota-wipes'],
] as const)(
  'a package for %s says what speaks against it',
  async (_, options, name) => {
    const app = await planned({ options });
    await app.addKey();
    expect(await app.page.locator('[data-testid^="blocker-"]').count()).toBeGreaterThan(0);
    await picture(app, name);
  },
  120_000,
);

test.each([
  ['sideload-verification-failed', '96-ota-refused-by-recovery'],
  ['sideload-install-fails', '97-ota-install-fails'],
  ['sideload-silent', '98-ota-silent'],
  ['stays-in-recovery', '98-ota-stays-in-recovery'],
])(
  'with %s the verdict and the recovery’s own words are shown',
  async (fault, name) => {
    const app = await planned({ args: ['--fault', fault] });
    await app.addKey();
    await app.flash();
    await app.at('flash-verdict').waitFor({ timeout: 90_000 });
    await picture(app, name);
  },
  180_000,
);

test('a terminal that comes back past its deadline corrects the verdict', async () => {
  const app = await planned({ args: ['--fault', 'back-late', '--late-ms', '25000'] });
  const { at } = app;
  await app.addKey();
  await app.flash();
  await at('flash-verdict').waitFor({ timeout: 60_000 });
  await picture(app, '99-ota-not-back');
  await app.page
    .locator('[data-testid="flash-verdict"][data-verdict="done-late"]')
    .waitFor({ timeout: 60_000 });
  await picture(app, '99-ota-late');
}, 180_000);
