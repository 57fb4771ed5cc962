/** The list of terminals: who each is, by which ways, what it does or did, and what was wrong last time. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { recordsFile } from '../../native-bridge/records/data-folder.ts';
import { openDatabase } from '../../native-bridge/records/sqlite.ts';
import { startTerminal } from '../simulators/android/terminal.ts';
import { connect, plugIn } from './code-box.ts';
import { startApp, temporaryFolder } from './harness.ts';
import { picture, usual } from './pictures.ts';

test('each terminal is there with its name, model, number, door, battery and signal', async () => {
  const app = await startApp();
  const { at, page } = app;
  const card = (text: string) => at('terminal-card').filter({ hasText: text });
  const android = await startTerminal('--model', 'at-900', '--auth', 'already-known');
  await at('manual-address').fill(`adb://${android.adb}`);
  await at('manual-connect').click();
  await card('AT-900').and(page.locator('[data-activity="idle"]')).waitFor();
  const selected = page.locator('[data-selected="true"][data-activity="idle"]');
  await connect(app, await plugIn());
  await card('CB2025030017').and(selected).waitFor();
  const overTcp = await plugIn([], ['--tcp=127.0.0.1:0', '--serial-number=CB2025030018']);
  await connect(app, overTcp);
  await card('CB2025030018').and(selected).waitFor();
  await at('name-edit').click();
  await at('name-field').fill('北门水果店 2 号收银台');
  await at('name-field').press('Enter');
  await card('CB2025030018').filter({ hasText: '北门水果店' }).waitFor();
  const said = async (number: string) => (await card(number).innerText()).replace(/\s+/g, ' ');
  await expect.poll(() => said('CB2025030018')).toMatch(/CB-200 · CB2025030018 network .*83 %/);
  await expect.poll(() => said('CB2025030017')).toMatch(/CB-200 CB2025030017 serial .*83 %/);
  await expect.poll(() => said('AT-900')).toMatch(/ADB 127.*−52 dBm/);
  expect(await at('terminal-card').count()).toBe(3);
  await picture(app, 'terminals');
  await picture(app, 'terminals-wide', usual);
  expect(app.complaints).toEqual([]);
}, 120_000);

test('unplugged in mid-work it stays, greyed, with what was cut off and what to do', async () => {
  const app = await startApp();
  const { at } = app;
  const box = await plugIn();
  await connect(app, box);
  await at('tab-diagnosis').click();
  await at('symptom-S3').check();
  await at('diagnose-run').click();
  await app.page.locator('[data-testid="terminal-card"][data-activity="diagnosing"]').waitFor();
  await box.tell({ pull: true });
  const card = at('terminal-card');
  await expect.poll(() => card.getAttribute('data-connected')).toBe('false');
  await expect.poll(() => card.textContent()).toContain('The diagnosis was cut off.');
  expect(await card.textContent()).toContain('Connect the terminal again and run it again.');
  expect(await card.textContent()).toMatch(/Disconnected\s*for \d+ s/);
  expect(await card.getAttribute('data-selected')).toBe('true');
  await picture(app, 'terminals-cut-off');
  await box.tell({ plug: true });
  await at('reconnect').first().click();
  await expect.poll(() => card.getAttribute('data-connected')).toBe('true');
  await expect.poll(() => card.textContent()).not.toContain('cut off');
  expect(app.complaints).toEqual([]);
}, 120_000);

test('at the next visit it says when it was here before and what was wrong then', async () => {
  const dataFolder = temporaryFolder();
  const box = await plugIn(['no-network']);
  const first = await startApp({ dataFolder });
  await connect(first, box);
  await first.at('tab-diagnosis').click();
  await first.at('symptom-S1').check();
  await first.at('diagnose-run').click();
  await first.page.locator('[data-testid="diagnosis"][data-state="done"]').waitFor();
  await first.at('cause').waitFor();
  await first.close();
  // Three days go by.
  const records = openDatabase(join(dataFolder, recordsFile), 5_000);
  const thenUtc = new Date(Date.now() - 3 * 86_400_000).toISOString();
  records.prepare('UPDATE terminals SET contact_utc = ?').run(thenUtc);
  records.close();

  const second = await startApp({ dataFolder });
  await connect(second, box);
  await second.at('card-before').waitFor();
  expect(await second.at('card-before').textContent()).toMatch(/20\d\d · \w+/);
  expect(await second.at('last-visit').textContent()).toMatch(/20\d\d · \w+/);
  await picture(second, 'terminals-before');
  expect(second.complaints).toEqual([]);
}, 120_000);
