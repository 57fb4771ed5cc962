/** The history in the window: narrowed down, a case opened as it was, signed, saved, verified. */
import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { CaseRecord } from '../../native-bridge/contract/case.ts';
import { openRecords, type Records } from '../../native-bridge/records/records.ts';
import { elsewhere, handedOn, putRight, untouched } from '../records/report-cases.ts';
import { startApp, temporaryFolder, type AppOptions, type RunningApp } from './harness.ts';
import { readable } from './opening.ts';
import { picture, usual } from './pictures.ts';

const rightToLeft = 'مطعم الفانوس الأحمر 👨‍👩‍👧 红灯笼';

/** As it was done, in records of its own. */
async function keep(records: Records, told: CaseRecord): Promise<string> {
  const { identity, portUrl, profile, merchant, symptom } = told;
  const terminal =
    identity === null || portUrl === null || profile === null
      ? null
      : await records.upsertTerminal(identity, portUrl, profile);
  const { id } = await records.openCase({
    ...{ terminalId: terminal?.id ?? null, portUrl, profile, identity, merchant, symptom },
  });
  for (const event of told.events) await records.appendEvent(id, event);
  if (told.closedUtc !== null) await records.closeCase(id);
  return id;
}

async function atTheCases(
  cases: readonly CaseRecord[],
  options: AppOptions = {},
): Promise<{ app: RunningApp; at: RunningApp['at']; ids: string[] }> {
  const dataFolder = temporaryFolder();
  const records = await openRecords({ dataFolder });
  const ids: string[] = [];
  for (const one of cases) ids.push(await keep(records, one));
  await records.close();
  const app = await startApp({ dataFolder, ...options });
  await app.at('rail-records').click();
  return { app, at: app.at, ids };
}

const several = (): CaseRecord[] => [
  { ...untouched(), merchant: '小杨烧烤' },
  handedOn(),
  elsewhere(),
  putRight(),
];

async function opened(app: RunningApp, caseId: string): Promise<void> {
  await app.page.locator(`[data-testid="case-row"][data-case-id="${caseId}"]`).click();
  await app.at('past-outcome').waitFor();
}

test('an empty history says what will stand there; a file can be verified all the same', async () => {
  const { app, at } = await atTheCases([]);
  await at('cases-empty').waitFor();
  expect(await at('case-search').count()).toBe(0);
  expect(await at('verify-choose').isEnabled()).toBe(true);
  await picture(app, 'cases-empty');
  expect(app.complaints).toEqual([]);
}, 120_000);

test('the list is narrowed down by words, days and cause, and by the keyboard opened', async () => {
  const { app, at, ids } = await atTheCases(several());
  const { page } = app;
  const rows = at('case-row');
  await expect.poll(() => rows.count()).toBe(4);
  await picture(app, 'cases-list');

  await at('case-search').fill('الفانوس');
  await expect.poll(() => rows.count()).toBe(1);
  expect(await rows.first().getAttribute('data-case-id')).toBe(ids[2]);
  await at('case-search').fill('gd20260701');
  await expect.poll(() => rows.first().getAttribute('data-case-id')).toBe(ids[3]);
  await at('case-search').fill('nowhere at all');
  await at('cases-none-fits').waitFor();
  await picture(app, 'cases-none-fits');
  await at('cases-clear').click();
  await expect.poll(() => rows.count()).toBe(4);
  expect(await at('case-search').inputValue()).toBe('');

  const causes = at('case-cause').locator('option');
  await expect.poll(() => causes.count()).toBeGreaterThan(1);
  await at('case-cause').selectOption({ index: 1 });
  await expect.poll(() => rows.count()).toBeLessThan(4);
  await at('case-clear').click();
  await at('case-until').fill('2020-01-01');
  await at('cases-none-fits').waitFor();
  await at('cases-clear').click();

  await at('case-list').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await at('past-outcome').waitFor();
  expect(await at('past-case').getAttribute('data-case-id')).toBe(ids[1]);
  await page.keyboard.press('Escape');
  // The keys go on where they were.
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await at('past-outcome').waitFor();
  expect(await at('past-case').getAttribute('data-case-id')).toBe(ids[2]);
  expect(app.complaints).toEqual([]);
}, 180_000);

test('a long history is read page by page, as the end comes in sight', async () => {
  const cases = Array.from({ length: 230 }, (_, n) => ({ ...untouched(), merchant: `Shop ${n}` }));
  const { app, at } = await atTheCases(cases);
  await expect.poll(() => at('case-count').textContent()).toContain('200 of 230');
  await at('case-list').focus();
  await app.page.keyboard.press('End');
  await expect.poll(() => at('case-count').textContent()).toBe('Cases: 230');
  await app.page.keyboard.press('End');
  await expect.poll(() => at('case-row').last().textContent()).toContain('Shop 0');
  expect(await at('case-row').count()).toBeLessThan(60);
}, 120_000);

test('a case opens as it was, and nothing of it can be answered any more', async () => {
  const { app, at, ids } = await atTheCases(several());
  const { page } = app;
  await opened(app, ids[3] ?? '');
  expect(await at('past-outcome').getAttribute('data-outcome')).toBe('resolved');
  expect(await at('past-tag').isVisible()).toBe(true);
  const text = await at('past-case').textContent();
  for (const told of ['老李水果店', '试收一笔 0.01 元,到账。', '1.8.0 → 2.1.0']) {
    expect(text).toContain(told);
  }
  expect(await at('case-ticket').inputValue()).toBe('GD20260701-118');
  await at('past-correction').waitFor();
  await at('past-flash').waitFor();
  const asked = page.locator('[data-testid="past-case"] [data-testid^="answer-"]');
  expect(await asked.count()).toBe(0);
  await picture(app, 'case-open');
  await picture(app, 'case-open-wide', usual);

  await page.locator('[data-testid^="finding-"] button').first().click();
  await at('drawer').waitFor();
  await page.keyboard.press('Escape');
  await at('drawer').waitFor({ state: 'detached' });
  expect(await at('past-case').count()).toBe(1);
  await at('past-back').click();
  await opened(app, ids[2] ?? '');
  expect(await at('past-case').textContent()).toContain(rightToLeft);
  await picture(app, 'case-right-to-left');
  await at('past-back').click();
  await opened(app, ids[0] ?? '');
  await picture(app, 'case-untouched');
  expect(app.complaints).toEqual([]);
}, 240_000);

test('the report is a PDF in the other language, with the shop’s name; its key signs it', async () => {
  const { app, at, ids } = await atTheCases([elsewhere()]);
  await at('rail-preferences').click();
  await at('shop-name').fill('مختبر 🔧 红灯笼维修');
  await at('shop-name-keep').click();
  await at('shop-key-make').click();
  await at('shop-public-key').waitFor();
  const publicKey = (await at('shop-public-key').textContent()) ?? '';
  await picture(app, 'shop');
  await at('rail-records').click();
  await opened(app, ids[0] ?? '');
  await at('case-locale').selectOption('zh-CN');
  await at('case-sign-file').check();
  const file = join(app.dataFolder, 'report.pdf');
  await app.willSave(file);
  await at('case-report').press('Space');
  await at('made-signed').waitFor({ timeout: 60_000 });
  await picture(app, 'case-saved');
  expect(readFileSync(file).subarray(0, 5).toString()).toBe('%PDF-');
  const words = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });
  expect(words).toContain('红灯笼维修');
  expect(words).toContain('检修');
  expect(words).not.toContain('Visit');
  execFileSync('minisign', ['-V', '-q', '-P', publicKey, '-m', file]);

  await at('past-back').click();
  await app.willChoose(file);
  await at('verify-choose').click();
  await app.page.locator('[data-testid="verified"][data-verdict="sound"]').waitFor();
  await picture(app, 'verified-sound');
  appendFileSync(file, ' ');
  await at('verify-choose').click();
  await app.page.locator('[data-testid="verified"][data-verdict="changed"]').waitFor();
  await picture(app, 'verified-changed');
  await at('verified-close').click();
  expect(await at('verified').count()).toBe(0);
  expect(app.complaints).toEqual([]);
}, 240_000);

test('a file without a signature is told from one of another shop, until its key is named', async () => {
  const { app, at } = await atTheCases([]);
  const verdict = (is: string) =>
    app.page.locator(`[data-testid="verified"][data-verdict="${is}"]`).waitFor();
  const file = join(app.dataFolder, 'report.html');
  appendFileSync(file, 'theirs');
  await app.willChoose(file);
  await at('verify-choose').click();
  await verdict('unsigned');
  const [pub, key] = [join(app.dataFolder, 'theirs.pub'), join(app.dataFolder, 'theirs.key')];
  execFileSync('minisign', ['-G', '-W', '-p', pub, '-s', key]);
  execFileSync('minisign', ['-S', '-W', '-s', key, '-m', file]);
  await at('verify-choose').click();
  await verdict('unknown-key');
  await picture(app, 'verified-unknown-key');
  await app.willChoose(pub);
  await at('verify-key').click();
  await verdict('sound');
  // What is no key is told, and the words stay until somebody looks at another file.
  await app.willChoose(file);
  await at('verify-choose').click();
  await verdict('unknown-key');
  await at('verify-key').click();
  await at('verify-fault').waitFor();
  expect(await at('verify-fault').getAttribute('data-code')).toBe('public-key-unreadable');
  expect(app.complaints).toEqual([]);
}, 120_000);

test('the merchant signs with a pointer, or by name; what is added later is said', async () => {
  const { app, at, ids } = await atTheCases([elsewhere()]);
  const { page } = app;
  await opened(app, ids[0] ?? '');
  await at('case-signature').click();
  await at('signature-dialog').waitFor();
  await expect.poll(() => at('signature-summary').textContent()).toContain('\n');
  await at('signature-name').fill('أحمد 👨‍🍳');
  await draw(app);
  expect(await at('signature-sheet').locator('.ink').count()).toBe(2);
  // A pen that misses the sheet, or Escape, does not throw it away.
  await page.mouse.click(5, 5);
  await page.keyboard.press('Escape');
  await expect.poll(() => at('dialog-keeps').textContent()).toContain('not kept yet');
  expect(await at('signature-sheet').locator('.ink').count()).toBe(2);
  await picture(app, 'signature');
  // What the merchant reads is in the window's language.
  expect(await at('signature-summary').textContent()).toMatch(/^Visit /);
  await at('signature-undo').click();
  expect(await at('signature-sheet').locator('.ink').count()).toBe(1);
  await at('signature-redo').click();
  await at('signature-keep').press('Space');
  await at('past-signature').waitFor();
  expect(await at('past-signature').getAttribute('data-intact')).toBe('true');
  const path = await at('past-ink').getAttribute('d');
  expect(path?.match(/M/g)).toHaveLength(2);
  expect(await at('past-signature').textContent()).toContain('\u2068أحمد 👨‍🍳\u2069');
  await at('past-signature').scrollIntoViewIfNeeded();
  await picture(app, 'case-signed');

  await at('case-ticket').fill('GD-7');
  await at('case-ticket').press('Enter');
  await expect.poll(() => at('past-signature').textContent()).toContain('icket');

  // By the keyboard, and without a line drawn.
  await at('case-signature').press('Enter');
  await at('signature-dialog').waitFor();
  await page.keyboard.press('Escape');
  await at('signature-dialog').waitFor({ state: 'detached' });
  expect(await at('past-case').count()).toBe(1);
  await at('case-signature').press('Enter');
  await expect.poll(() => at('signature-summary').textContent()).toContain('\n');
  await at('signature-name').fill('Li');
  // Another program adds to the case meanwhile: that is read before it is signed.
  const records = await openRecords({ dataFolder: app.dataFolder });
  const note = { kind: 'note', atUtc: new Date().toISOString(), text: 'plug replaced' } as const;
  await records.appendEvent(ids[0] ?? '', note);
  await records.close();
  await at('signature-keep').press('Enter');
  await at('signature-fault').waitFor();
  expect(await at('signature-fault').getAttribute('data-code')).toBe('case-changed');
  await expect.poll(() => at('signature-keep').isEnabled()).toBe(true);
  await picture(app, 'signature-case-changed');
  await at('signature-keep').press('Enter');
  await expect.poll(() => at('past-ink').count()).toBe(0);
  expect(await at('past-signature').getAttribute('data-intact')).toBe('true');
  expect(app.complaints).toEqual([]);
}, 240_000);

/** Two strokes across the sheet. */
async function draw({ at, page }: RunningApp): Promise<void> {
  const box = await at('signature-sheet').boundingBox();
  if (box === null) throw new Error('no sheet');
  for (const part of [0.2, 0.55]) {
    const x = box.x + box.width * part;
    await page.mouse.move(x, box.y + box.height * 0.7);
    await page.mouse.down();
    for (let step = 1; step <= 24; step++) {
      const height = 0.7 - 0.4 * Math.abs(Math.sin(step / 3));
      await page.mouse.move(x + step * 8, box.y + box.height * height);
    }
    await page.mouse.up();
  }
}

test('one key copies ten lines of the case that is looked at', async () => {
  const { app, at, ids } = await atTheCases([putRight()]);
  await opened(app, ids[0] ?? '');
  await at('case-locale').selectOption('zh-CN');
  await app.page.keyboard.press('Control+Shift+C');
  await at('made-copied').waitFor();
  const text = await app.electron.evaluate(({ clipboard }) => clipboard.readText());
  expect(text).toMatch(/^检修 /);
  expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(10);
}, 120_000);

test('a folder that can’t be written is told, and nothing half-written stays', async () => {
  const { app, at, ids } = await atTheCases([putRight()]);
  await opened(app, ids[0] ?? '');
  // Root may write everywhere: a file where the folder should be stops it all the same.
  const folder = join(app.dataFolder, 'locked');
  mkdirSync(folder);
  chmodSync(folder, 0o500);
  onTestFinished(() => chmodSync(folder, 0o700));
  const target = process.getuid?.() === 0 ? join(app.dataFolder, 'notes.txt') : folder;
  if (target !== folder) appendFileSync(target, 'mine');
  for (const [button, name] of [
    ['case-report', 'report.pdf'],
    ['case-report-bundle', 'case.zip'],
  ] as const) {
    await app.willSave(join(target, name));
    await at(button).press('Space');
    const said = () => at('report-not-saved').textContent({ timeout: 60_000 });
    await expect.poll(said, { timeout: 60_000 }).toContain(name);
    expect(existsSync(join(target, name))).toBe(false);
  }
  expect(readdirSync(folder)).toEqual([]);
  if (target !== folder) expect(readable(target)).toBe('mine');
  await picture(app, 'case-not-saved');
}, 180_000);
