/** Every view, with pictures of all of them in both languages and both themes. */
import { expect, test } from 'vitest';
import { connect, merchantFile, plugIn, updateImage } from './code-box.ts';
import { startApp } from './harness.ts';
import { picture } from './pictures.ts';

test('every view in both languages and themes', async () => {
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
  await picture(app, '07-correction');
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
  await app.page.locator('[data-testid^="training-fault-"]').first().waitFor();
  await picture(app, '14-training');
  await at('rail-preferences').click();
  await picture(app, '15-preferences');
  expect(app.complaints).toEqual([]);
}, 180_000);
