/** The scanner's loop test on the training terminals with Android: their log tells what was read. */
import { expect, test } from 'vitest';
import { startApp } from './harness.ts';
import { picture } from './pictures.ts';

const codes = 25;

test.each([
  ['at-700', null, 'good'],
  ['at-900', 'scanner-misses-inverted', 'misses'],
] as const)(
  '%s with %s: every code is held up, and the verdict is %s',
  async (model, fault, verdict) => {
    const app = await startApp();
    const { at, page } = app;
    await at('rail-training').click();
    await at(`training-model-${model}`).check();
    if (fault !== null) await at(`training-fault-${fault}`).check();
    await at('training-start').click();
    await at('tab-scanner').click();
    await page.locator('[data-testid="scanner"][data-state="empty"]').waitFor();
    await at('scanner-start').click();
    for (let number = 1; number <= codes; number++) {
      await page.locator(`[data-testid="scanner-code"][data-number="${number}"]`).waitFor();
      if (number === 2) await picture(app, `88-android-scanner-${model}`);
      await page.keyboard.press('h');
      const next =
        number === codes ? at('scanner-verdict') : page.locator(`[data-number="${number + 1}"]`);
      await Promise.race([next.waitFor(), at('scanner-not-taken').waitFor()]);
      if (await at('scanner-not-taken').isVisible()) await page.keyboard.press('n');
    }
    await at('scanner-verdict').waitFor();
    await picture(app, `89-android-scanner-${model}-verdict`);
    expect(await at('scanner-verdict').getAttribute('data-verdict')).toBe(verdict);
    expect(app.complaints).toEqual([]);
  },
  180_000,
);
