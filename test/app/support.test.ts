/** Beside the cause: whom to turn to, with what in hand, and the operating card to leave behind. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Symptom } from '../../native-bridge/contract/diagnosis.ts';
import { connect, plugIn } from './code-box.ts';
import { startApp, type RunningApp } from './harness.ts';
import { picture, usual } from './pictures.ts';

async function diagnosed(fault: string, symptom: Symptom): Promise<RunningApp> {
  const box = await plugIn([fault]);
  const app = await startApp();
  await connect(app, box);
  await app.at('tab-diagnosis').click();
  await app.at(`symptom-${symptom}`).check();
  await app.at('diagnose-run').click();
  await app.at('cause').waitFor();
  return app;
}

test('a cause that the acquirer acts on says how to reach it, what to ask and what to have ready', async () => {
  const app = await diagnosed('not-activated', 'S2');
  const { at } = app;
  expect(await at('support').getAttribute('data-who')).toBe('acquirer');
  expect(await at('support-who').textContent()).toContain('stands on the slip');
  expect(await at('support-ask').locator('li').count()).toBeGreaterThan(2);
  expect(await at('support-papers').textContent()).toContain('business licence');
  await picture(app, 'support');
  await picture(app, 'support-usual', usual);
  await at('finding-sign-in').scrollIntoViewIfNeeded();
  await picture(app, 'checks-usual', usual);
  for (const [part, check] of [
    ['top', 'network'],
    ['middle', 'payment-settings'],
    ['bottom', 'qr-validity'],
  ] as const) {
    await at(`finding-${check}`).evaluate((row) => row.scrollIntoView({ block: 'start' }));
    await picture(app, `checks-${part}`);
  }
  expect(app.complaints).toEqual([]);
}, 120_000);

test('an operating card that belongs to the cause opens in place and is saved as a page', async () => {
  const app = await diagnosed('not-signed-in', 'S2');
  const { at } = app;
  expect(await at('support').count()).toBe(0);
  await at('operating-card-sign-in').locator('summary').click();
  await picture(app, 'operating-card');
  await picture(app, 'operating-card-usual', usual);
  const file = join(app.dataFolder, 'card.html');
  await app.willSave(file);
  await at('operating-card-save-sign-in').click();
  await at('operating-card').getByRole('status').waitFor();
  expect(readFileSync(file, 'utf8')).toContain('每天签到');
  expect(app.complaints).toEqual([]);
}, 120_000);
