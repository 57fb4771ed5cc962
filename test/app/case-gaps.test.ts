/** The list of cases while it is read and where it can't be; the shop's logo and key; files dropped to be verified. */
import { execFileSync } from 'node:child_process';
import { appendFileSync, copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openRecords } from '../../native-bridge/records/records.ts';
import { openDatabase } from '../../native-bridge/records/sqlite.ts';
import { fixture } from '../pictures/support.ts';
import { openedCase } from '../records/support.ts';
import { startApp, temporaryFolder, type RunningApp } from './harness.ts';
import { bothLanguages, picture, smallest } from './pictures.ts';

async function withCase(): Promise<RunningApp> {
  const dataFolder = temporaryFolder();
  const records = await openRecords({ dataFolder });
  await openedCase(records);
  await records.close();
  return await startApp({ dataFolder });
}

const shot = (app: RunningApp, name: string) => picture(app, name, smallest, bothLanguages);

test('while the cases are read it says so; a list that can’t be read says why, and is read again', async () => {
  const app = await withCase();
  const { at, page, dataFolder } = app;
  const bridge = await app.bridgePid();
  process.kill(bridge, 'SIGSTOP');
  await at('rail-records').click();
  await at('cases-waiting').waitFor();
  await shot(app, 'cases-loading');
  process.kill(bridge, 'SIGCONT');
  await at('case-row').first().waitFor();

  const alter = (sql: string) => {
    const database = openDatabase(join(dataFolder, 'records.db'), 5000);
    database.exec(sql);
    database.close();
  };
  alter('ALTER TABLE cases RENAME TO cases_away');
  await page.getByRole('button', { name: 'Refresh' }).click();
  await at('cases-fault').waitFor();
  await shot(app, 'cases-failed');
  alter('ALTER TABLE cases_away RENAME TO cases');
  await at('cases-again').click();
  await at('cases-fault').waitFor({ state: 'detached' });
  await at('case-row').first().waitFor();
}, 120_000);

test('a logo is taken as PNG or JPEG; what is none, is too large or may hold a script is refused', async () => {
  const app = await withCase();
  const { at, page } = app;
  const folder = temporaryFolder();
  const choose = async (path: string) => {
    await app.willChoose(path);
    await at('shop-logo-choose').click();
  };
  const svg = join(folder, 'logo.svg');
  writeFileSync(svg, '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
  const text = join(folder, 'logo.png');
  writeFileSync(text, 'not a picture');
  await at('rail-preferences').click();
  await choose(fixture('photo.jpg'));
  await at('shop-logo').waitFor();
  const shown = () => at('shop-logo').evaluate((it) => (it as HTMLImageElement).naturalWidth);
  await expect.poll(shown).toBe(640);
  for (const path of [svg, text]) {
    await choose(path);
    await page.locator('[data-testid="shop-fault"][data-code="picture-unknown"]').waitFor();
    // The one before stays.
    expect(await shown()).toBe(640);
  }
  await shot(app, 'logo-refused');
  await choose(fixture('photo.jpg'));
  await at('shop-fault').waitFor({ state: 'detached' });
  expect(app.complaints).toEqual([]);
}, 120_000);

/** As a hand does it, with a file of the disk. */
async function drop(app: RunningApp, file: string): Promise<void> {
  const session = await app.page.context().newCDPSession(app.page);
  const box = await app.at('records').boundingBox();
  const place = { x: (box?.x ?? 0) + 300, y: (box?.y ?? 0) + 200 };
  const data = { items: [], files: [file], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, ...place, data });
  }
}

test('a dropped file is verified; the key that was given away verifies it elsewhere, too', async () => {
  const app = await withCase();
  const { at, page } = app;
  const folder = temporaryFolder();
  await at('rail-preferences').click();
  await at('shop-key-make').click();
  const pub = join(folder, 'shop.pub');
  await app.willSave(pub);
  await at('shop-key-save').click();
  await at('rail-records').click();
  await at('case-row').first().click();
  await at('past-outcome').waitFor();
  await at('case-format').selectOption('html');
  await at('case-sign-file').check();
  const report = join(folder, 'report.html');
  await app.willSave(report);
  await at('case-report').press('Space');
  await at('made-signed').waitFor();
  execFileSync('minisign', ['-V', '-q', '-p', pub, '-m', report]);
  await at('past-back').click();

  const changed = join(folder, 'changed.html');
  copyFileSync(report, changed);
  copyFileSync(`${report}.minisig`, `${changed}.minisig`);
  appendFileSync(changed, ' ');
  const unsigned = join(folder, 'unsigned.html');
  copyFileSync(report, unsigned);
  const note = join(folder, 'note.txt');
  writeFileSync(note, 'not one of ours');
  for (const [file, verdict] of [
    [report, 'sound'],
    [changed, 'changed'],
    [unsigned, 'unsigned'],
    [note, 'unsigned'],
  ] as const) {
    await drop(app, file);
    const said = page.locator(`[data-testid="verified"][data-verdict="${verdict}"]`);
    await said.waitFor();
    await expect.poll(() => said.textContent()).toContain(file.slice(folder.length + 1));
  }
  await shot(app, 'verified-dropped');
  expect(app.complaints).toEqual([]);
}, 120_000);
