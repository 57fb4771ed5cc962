/** The diagnosis as a conversation in the window: without a terminal, its answers, a routine visit. */
import { expect, test } from 'vitest';
import type { RunningApp } from './harness.ts';
import { startApp } from './harness.ts';
import { openAt } from './opening.ts';
import { picture } from './pictures.ts';

/** Chooses what it is for, and waits until the run has ended. */
async function diagnose({ at, page }: RunningApp, purpose: string): Promise<void> {
  await at(`symptom-${purpose}`).check();
  await at('diagnose-run').click();
  await page.locator('[data-testid="diagnosis"][data-state="done"]').waitFor();
}

/** Answers the cards as they come, what is not told with "don't know", until this one is answered. */
async function answerUntil(app: RunningApp, told: Record<string, string>, last: string) {
  const { at, page } = app;
  for (;;) {
    const question = (await at('question-card').getAttribute('data-question')) ?? '';
    const card = page.locator(`[data-testid="question-card"][data-question="${question}"]`);
    await at(`question-${question}-${told[question] ?? 'unknown'}`).click();
    await card.waitFor({ state: 'detached' });
    await page.locator('[data-testid="diagnosis"][data-state="done"]').waitFor();
    if (question === last) return;
  }
}

const given = (app: RunningApp) =>
  app
    .at('given-answer')
    .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-question')));

test('without a terminal the answers lead to a cause, and ten lines of it are copied', async () => {
  const app = await startApp();
  const { at, electron } = app;
  await at('welcome-no-terminal').click();
  await at('no-terminal-shop').fill('Red Lantern Noodles');
  await picture(app, '30-no-terminal');
  await diagnose(app, 'S3');
  await picture(app, '31-no-terminal-question');
  await answerUntil(
    app,
    { 'back-office-order': 'other-store', 'counter-payee': 'other' },
    'counter-payee',
  );
  await at('cause').waitFor();
  expect(await at('cause').getAttribute('data-check')).toBe('counter-code');
  expect(await at('further-cause').getAttribute('data-check')).toBe('order-state');
  expect(await at('changed').textContent()).toContain('code on the counter');
  await picture(app, '32-no-terminal-cause');
  await at('remedy-why').click();
  await at('drawer').waitFor();
  await at('drawer-close').click();

  await at('report-summary').click();
  await at('made-copied').waitFor();
  const copied = await electron.evaluate(({ clipboard }) => clipboard.readText());
  expect(copied).toContain('Red Lantern Noodles');

  await at('no-terminal-anew').click();
  await at('symptom-S3').waitFor();
  expect(await at('no-terminal-shop').inputValue()).toBe('');
  expect(app.complaints).toEqual([]);
}, 120_000);

test('answers that contradict each other are shown, and one is given again', async () => {
  const app = await startApp();
  const { at } = app;
  await at('rail-no-terminal').click();
  await diagnose(app, 'S3');
  await answerUntil(app, { 'bill-payee': 'other', 'counter-payee': 'person' }, 'counter-payee');
  await at('contradiction').waitFor();
  await picture(app, '33-contradiction');
  await at('contradiction-counter-payee-other').click();
  await at('contradiction').waitFor({ state: 'detached' });
  expect(await at('cause').getAttribute('data-check')).toBe('counter-code');
  expect(app.complaints).toEqual([]);
}, 120_000);

test('an answer is taken back, and its question comes again', async () => {
  const app = await startApp();
  const { at } = app;
  await at('list-no-terminal').click();
  await diagnose(app, 'S3');
  await answerUntil(app, { 'bill-payee': 'person' }, 'bill-payee');
  expect(await given(app)).toContain('bill-payee');
  await at('take-back-bill-payee').scrollIntoViewIfNeeded();
  await picture(app, '37-given-answers');
  await at('take-back-bill-payee').click();
  await expect.poll(() => given(app)).not.toContain('bill-payee');
  await app.page.locator('[data-testid="question-card"][data-question="bill-payee"]').waitFor();
  expect(app.complaints).toEqual([]);
}, 120_000);

test('answers outlive a reload of the window, with a terminal and without one', async () => {
  const { app, at } = await openAt('diagnosis');
  await diagnose(app, 'S3');
  await answerUntil(app, { 'bill-payee': 'person' }, 'bill-payee');
  const withTerminal = await given(app);
  await at('rail-no-terminal').click();
  await at('no-terminal-shop').fill('Red Lantern Noodles');
  await diagnose(app, 'S5');
  await answerUntil(app, {}, (await at('question-card').getAttribute('data-question')) ?? '');
  const without = await given(app);

  await app.page.reload();
  // What was looked at is looked at again; the terminal is one click away.
  await at('terminal-card').click();
  await at('tab-diagnosis').click();
  await at('diagnosis-resumed').waitFor();
  expect(await given(app)).toEqual(withTerminal);
  await picture(app, '34-resumed');
  await at('rail-no-terminal').click();
  await at('given-answers').waitFor();
  expect(await given(app)).toEqual(without);
  expect(await at('no-terminal').textContent()).toContain('Red Lantern Noodles');
  expect(app.complaints).toEqual([]);
}, 120_000);

test('a routine visit says what is to be put right, where the readings go, and when to come again', async () => {
  const { app, at } = await openAt('diagnosis', { faults: ['battery-low'] });
  await diagnose(app, 'S1');
  await at('symptom-again').click();
  await picture(app, '35-purpose');
  await diagnose(app, 'routine');
  await at('routine').waitFor();
  expect(await at('routine').getAttribute('data-visits')).toBe('1');
  expect(await at('next-visit').textContent()).toMatch(/20\d\d-\d\d-\d\d/);
  await at('trend-battery.levelPercent').waitFor();
  await picture(app, '36-routine');
  await at('routine-finding').first().getByRole('button').click();
  await at('drawer').waitFor();
  expect(app.complaints).toEqual([]);
}, 120_000);
