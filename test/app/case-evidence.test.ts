/** What people add to a case in the window, and what is made of it: a summary, a report, a bundle. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bundleManifestSchema } from '../../native-bridge/contract/bundle.ts';
import { fixture } from '../pictures/support.ts';
import { readZip } from '../support/read-zip.ts';
import { drop } from './dropping.ts';
import type { RunningApp } from './harness.ts';
import { openACase, openAt, readable } from './opening.ts';
import { picture } from './pictures.ts';

const clipboard = ({ electron }: RunningApp) =>
  electron.evaluate(({ clipboard: system }) => system.readText());

test('photo, exact words, note and ticket are added, and stand in the report', async () => {
  const app = await openACase();
  const { at } = app;
  await at('case-report-evidence').click();
  await at('evidence-dialog').waitFor();
  await at('evidence-subject').selectOption('code-plate');
  await app.willChoose(fixture('photo.jpg'));
  await at('evidence-photo').click();
  await expect.poll(() => at('evidence-list').textContent()).toContain('photo.jpg');
  await at('evidence-text').fill('商户收款功能受限 卡号 6222021234567894');
  await at('evidence-text-add').click();
  await expect.poll(() => at('evidence-list').textContent()).toContain('************7894');
  await at('evidence-note').fill('مطعم 🏮');
  await at('evidence-note-add').click();
  await at('evidence-ticket').fill('GD20260701-118');
  await at('evidence-ticket-keep').click();
  await expect.poll(() => at('evidence-list').locator('li').count()).toBe(3);
  await picture(app, '16-evidence');

  await app.willChoose(fixture('code.gif'));
  await at('evidence-photo').click();
  await at('evidence-fault').waitFor();
  expect(await at('evidence-fault').getAttribute('data-code')).toBe('picture-unknown');
  await at('evidence-close').click();

  const file = join(app.dataFolder, 'report.html');
  await app.willSave(file);
  await at('case-format').selectOption('html');
  await at('case-report').click();
  await expect.poll(() => readable(file), { timeout: 10_000 }).toContain('data:image/jpeg;base64,');
  expect(readable(file)).toContain('GD20260701-118');
  expect(app.complaints).toEqual([]);
}, 120_000);

test('photos dropped onto a diagnosis are evidence of its case, and before there is one it says so', async () => {
  const { app, at } = await openAt('diagnosis');
  const { page } = app;
  await drop(app, 'diagnosis', [fixture('photo.jpg')]);
  await at('photos-early').waitFor();
  await picture(app, '18-photos-early');
  await at('symptom-S1').check();
  await at('diagnose-run').click();
  await page.locator('[data-testid="diagnosis"][data-state="done"]').waitFor();
  expect(await at('photos-early').count()).toBe(0);

  await drop(app, 'diagnosis', [fixture('photo.jpg')]);
  await expect.poll(() => at('evidence-list').locator('li').count()).toBe(1);
  await drop(app, 'evidence-dialog', [fixture('photo.jpg'), fixture('code.gif')]);
  await expect.poll(() => at('evidence-list').locator('li').count()).toBe(2);
  // Of two the good one is kept, and the other named.
  await at('evidence-fault').waitFor();
  await picture(app, '19-photos-dropped');
  expect(app.complaints).toEqual([]);
}, 120_000);

test('the summary is copied from the keyboard, and says so', async () => {
  const app = await openACase();
  const { at, page } = app;
  await at('case-report-summary').focus();
  await page.keyboard.press('Enter');
  await at('made-copied').waitFor();
  const text = await clipboard(app);
  expect(text).toMatch(/^Visit [^]*Outcome: Not diagnosed\n/);
  expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(10);
  await at('language-switch').click();
  await at('case-report-summary').press('Space');
  await expect.poll(() => clipboard(app)).toMatch(/^检修 [^]*结果：没有排查\n/);
  await picture(app, '17-copied');
}, 120_000);

test('the bundle is saved where it was chosen, whole', async () => {
  const app = await openACase();
  const { at } = app;
  const file = join(app.dataFolder, 'case.zip');
  await app.willSave(file);
  await at('case-report-bundle').click();
  await at('made-saved').waitFor();
  expect(existsSync(file)).toBe(true);
  const files = await readZip(readFileSync(file));
  const manifest = bundleManifestSchema.parse(JSON.parse(String(files.get('manifest.json'))));
  expect(manifest.system).toMatchObject({ program: 'app', electron: expect.any(String) as string });
  expect(files.size).toBe(manifest.files.length + 1);
  expect(app.complaints).toEqual([]);
}, 120_000);
