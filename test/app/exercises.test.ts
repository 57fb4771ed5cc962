/** The five exercises, each followed as its panel says, on the simulated terminals it starts. */
import { expect, test } from 'vitest';
import { startApp, type AppOptions, type RunningApp } from './harness.ts';
import { picture } from './pictures.ts';

async function begin(id: string, options: AppOptions = {}): Promise<RunningApp> {
  const app = await startApp(options);
  await app.at('rail-training').click();
  await app.at(`exercise-start-${id}`).click();
  await app.at('exercise').waitFor();
  return app;
}

const doneIs = async ({ page }: RunningApp, count: number): Promise<void> => {
  await page.locator(`[data-testid="exercise"][data-done="${count}"]`).waitFor();
};

async function diagnose(app: RunningApp, symptom: string): Promise<void> {
  const { at } = app;
  await at('exercise-open').click();
  await at(`symptom-${symptom}`).check();
  await doneIs(app, 1);
  await at('diagnose-run').click();
  await doneIs(app, 2);
}

test('the exercise with another’s merchant number goes from the complaint to the proof', async () => {
  const app = await begin('foreign-merchant');
  const { at } = app;
  await picture(app, '60-exercise-begun');
  await diagnose(app, 'S3');
  await at('remedy-why').click();
  await doneIs(app, 3);
  await picture(app, '60-exercise-cause');
  await at('drawer-close').click();
  await at('remedy-correct').click();
  await at('apply-confirm').press('Space');
  await doneIs(app, 4);
  await at('exercise-open').click();
  await at('diagnose-run').click();
  await at('exercise-finished').waitFor();
  await picture(app, '60-exercise-finished');

  await at('rail-training').click();
  const card = at('exercise-card-foreign-merchant');
  await expect.poll(() => card.getAttribute('data-done')).toBe('true');
});

test('an exercise that was done is remembered at the next start', async () => {
  const app = await begin('elsewhere');
  const { at, dataFolder } = app;
  await diagnose(app, 'S2');
  await at('exercise-choice-technician').click();
  await app.page.getByText('Not that.').waitFor();
  await at('exercise-choice-platform').click();
  await doneIs(app, 3);
  await at('report-summary').click();
  await at('exercise-finished').waitFor();
  await app.close();

  const again = await startApp({ dataFolder });
  await again.at('rail-training').click();
  expect(await again.at('exercise-card-elsewhere').getAttribute('data-done')).toBe('true');
  expect(await again.at('exercise-card-login-page').getAttribute('data-done')).toBe('false');
  await picture(again, '61-training');
});

test('the exercise with the login page ends when the merchant let the terminal through', async () => {
  const app = await begin('login-page');
  const { at } = app;
  await diagnose(app, 'S1');
  await at('finding-network').click();
  await doneIs(app, 3);
  await at('exercise-choice-merchant').click();
  await at('exercise-act').click();
  await doneIs(app, 5);
  await at('diagnose-run').click();
  await at('exercise-finished').waitFor();
});

test('the exercise with the scanner ends with a good verdict', async () => {
  const app = await begin('scanner-loop');
  const { at } = app;
  await at('exercise-open').click();
  await holdAll(app);
  await doneIs(app, 1);
  await at('exercise-choice-inverted').click();
  await at('exercise-open').click();
  await at('apply-expected').click();
  await at('apply-confirm').press('Space');
  await doneIs(app, 3);
  await at('exercise-open').click();
  await holdAll(app);
  await at('exercise-finished').waitFor();
});

test(
  'the exercise with the pulled cable ends with the terminal’s own proof',
  { timeout: 180_000 },
  async () => {
    const app = await begin('pulled-cable');
    const { at } = app;
    await at('exercise-act').click();
    await doneIs(app, 1);
    await at('flash-start').press('Space');
    await doneIs(app, 2);
    await at('exercise-act').click();
    await doneIs(app, 3);
    await at('exercise-act').click();
    await doneIs(app, 4);
    // What became of it is not known at once; back on its cable the terminal tells.
    await at('flash-next').filter({ hasText: 'Go on with' }).press('Space', { timeout: 60_000 });
    await at('exercise-finished').waitFor({ timeout: 120_000 });
    await picture(app, '62-exercise-verdict');
  },
);

test('faults are switched on beside the view that reacts to them', async () => {
  const app = await startApp();
  const { at } = app;
  await at('training').first().click();
  await at('reading-battery.levelPercent').waitFor();
  await at('training-filter').fill('battery-low');
  await at('training-fault-battery-low').check();
  await at('read-again').click();
  await expect.poll(() => at('reading-value-battery.levelPercent').textContent()).toMatch(/12\s*%/);
  await at('training-filter').fill('no such fault');
  await app.page.getByText('No fault is called that.').waitFor();
});

test('the cable of the training terminal is pulled and plugged by hand', async () => {
  const app = await startApp({ locale: 'zh-CN' });
  const { at, page } = app;
  await at('training').first().click();
  await at('reading-battery.levelPercent').waitFor();
  await at('training-cable').click();
  await page.locator('[data-testid="terminal-card"][data-connected="false"]').waitFor();
  await picture(app, '63-training-panel');
  await at('training-cable').click();
  await page.locator('[data-testid="terminal-card"][data-connected="true"]').waitFor();
});

/** Every code by its key; given up where it is not read. */
async function holdAll({ at, page }: RunningApp): Promise<void> {
  await at('scanner-start').click();
  const codes = 25;
  for (let number = 1; number <= codes; number++) {
    await page.locator(`[data-testid="scanner-code"][data-number="${number}"]`).waitFor();
    await page.keyboard.press('h');
    const next =
      number === codes ? at('scanner-verdict') : page.locator(`[data-number="${number + 1}"]`);
    await Promise.race([next.waitFor(), at('scanner-not-taken').waitFor()]);
    if (await at('scanner-not-taken').isVisible()) await page.keyboard.press('n');
  }
  await at('scanner-verdict').waitFor();
}
