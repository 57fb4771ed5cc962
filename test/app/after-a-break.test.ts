/** A flash that was cut off, asks, or ends otherwise than well: what the window then says. */
import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openRecords } from '../../native-bridge/records/records.ts';
import { connect, plugIn, updateImage, type CodeBox } from './code-box.ts';
import { startApp, temporaryFolder, type RunningApp } from './harness.ts';
import { chooseImage, openAt } from './opening.ts';
import { picture } from './pictures.ts';

async function start(app: RunningApp): Promise<void> {
  const allow = app.page.locator('[data-testid^="allow-"]');
  const asked = await allow.count();
  for (let index = 0; index < asked; index++) await allow.nth(index).check();
  await app.at('flash-start').click();
  if (asked > 0) await app.at('flash-confirm').click();
}

const inPhase = (app: RunningApp, phase: string) =>
  app.page.locator(`[data-testid="flash-progress"][data-phase="${phase}"]`).waitFor();

async function again(app: RunningApp, box: CodeBox): Promise<void> {
  await app.at('bridge-interrupted').waitFor();
  await app.at('bridge-interrupted-dismiss').click();
  await app.at('manual-address').fill(box.url);
  await app.at('manual-connect').click();
}

test('a flash that the program left open is settled in front of the technician', async () => {
  const { app, box, at } = await openAt('firmware');
  await chooseImage(app);
  await start(app);
  await inPhase(app, 'restart');
  await at('tab-overview').click();
  process.kill(await app.bridgePid(), 'SIGKILL');
  await again(app, box);

  await at('settled-flash').waitFor({ timeout: 30_000 });
  const verdict = await at('settled-flash').getAttribute('data-value');
  expect(await at('card-settled').getAttribute('data-verdict')).toBe(verdict);
  await picture(app, 'flash-settled.overview');
  await at('settled-look').click();
  expect(await at('flash-verdict').getAttribute('data-verdict')).toBe(verdict);
  expect(await at('flash-verdict').getAttribute('data-corrects')).toBe('true');
  await picture(app, 'flash-settled.firmware');
  expect(app.complaints).toEqual([]);
}, 120_000);

/** A file of its own, that can be taken away. */
function imageOnAStick({ dataFolder }: RunningApp): string {
  const path = join(dataFolder, 'stick.bin');
  copyFileSync(updateImage, path);
  return path;
}

/** The technician is asked for no file: there is none to give. */
async function goesOnToDone({ at, page, willChoose }: RunningApp): Promise<void> {
  await willChoose('/nowhere/no-such-file.bin');
  await at('flash-next').click();
  await at('flash-progress').waitFor();
  await page.locator('[data-testid="flash-verdict"][data-verdict="done"]').waitFor({
    timeout: 50_000,
  });
}

test('after a break the flash goes on by one button, though window and stick lost the file', async () => {
  const { app, box, at } = await openAt('firmware', { locale: 'zh-CN' });
  const stick = imageOnAStick(app);
  await chooseImage(app, stick);
  await start(app);
  await inPhase(app, 'upload');
  rmSync(stick);
  process.kill(await app.bridgePid(), 'SIGKILL');
  await again(app, box);

  await at('flash-verdict').waitFor({ timeout: 30_000 });
  expect(await at('flash-verdict').getAttribute('data-verdict')).toBe('nothing-changed');
  await picture(app, 'flash-go-on');
  await goesOnToDone(app);
}, 120_000);

test('after a restart of the app the flash goes on from the list of interrupted work', async () => {
  const { app: first } = await openAt('firmware');
  const { dataFolder } = first;
  const stick = imageOnAStick(first);
  await chooseImage(first, stick);
  await start(first);
  await inPhase(first, 'upload');
  rmSync(stick);
  await first.kill();

  const app = await startApp({ dataFolder });
  const { at } = app;
  const item = app.page.locator('[data-testid="interrupted-item"][data-request="flash"]');
  await expect.poll(() => item.textContent(), { timeout: 20_000 }).toContain('CB2025030017');
  await picture(app, 'flash-interrupted-list');
  await at('interrupted-take-up').click();
  await at('flash-verdict').waitFor({ timeout: 30_000 });
  expect(await at('flash-verdict').getAttribute('data-verdict')).toBe('nothing-changed');
  await goesOnToDone(app);
  expect(app.complaints).toEqual([]);
}, 120_000);

/** Flashes of this box that another run left: one of a newer version, one damaged. */
async function leaveUnreadable(dataFolder: string, portUrl: string): Promise<void> {
  const records = await openRecords({ dataFolder });
  const identity = {
    serialNumber: 'CB2025030017',
    basis: 'serial-number' as const,
    model: 'CB-200',
    hardware: null,
    firmwareVersion: null,
    firmwareHash: null,
  };
  const profile = 'training-codebox';
  const { id: terminalId } = await records.upsertTerminal(identity, portUrl, profile);
  const visit = { terminalId, portUrl, profile, identity, merchant: null, symptom: null };
  const { id: caseId } = await records.openCase(visit);
  const flash = { request: 'flash', terminalId, caseId, phase: 'upload' };
  await records.journalBegin({ ...flash, facts: { format: 99, flash: '{}' } });
  await records.journalBegin({ ...flash, facts: { format: 1, flash: '{"file":' } });
  await records.close();
}

test('flashes whose records cannot be read are listed, one sentence each, and are no dead end', async () => {
  const dataFolder = temporaryFolder();
  const box = await plugIn();
  await leaveUnreadable(dataFolder, box.url);
  const app = await startApp({ dataFolder });
  const { at } = app;
  const said = () => at('interrupted-item').locator('p').allInnerTexts();
  await expect.poll(async () => (await said()).join(), { timeout: 20_000 }).toContain('CB-200');
  const begun = /^CB-200 · CB2025030017: flashing, begun [-\d]+ [:\d]+, was interrupted\. /;
  expect((await said()).map((text) => text.replace(begun, ''))).toEqual([
    'A newer version of the program began it: go on with that one; nothing was touched here',
    'Its record is damaged and does not say how far it got: read the terminal before anything else; the record is kept for support',
  ]);
  await picture(app, 'flash-interrupted-unreadable');

  await at('interrupted-take-up').last().click();
  await at('terminal-header').waitFor();
  await chooseImage(app);
  await at('bridge-interrupted-dismiss').click();
  await at('bridge-interrupted').waitFor({ state: 'detached' });
  await at('flash-start').click();
  await at('flash-verdict').waitFor({ timeout: 50_000 });
  expect(await at('flash-verdict').getAttribute('data-verdict')).toBe('done');
  await app.close();

  const records = await openRecords({ dataFolder });
  onTestFinished(() => records.close());
  expect(await records.listInterrupted()).toMatchObject([{ facts: { format: 99 } }]);
  expect(app.complaints).toEqual([]);
}, 120_000);

test('a flash that was stopped is taken up at a later visit with the copy of its image', async () => {
  // So slow that it is stopped in the middle also on a busy machine.
  const { app: first, box } = await openAt('firmware', { box: ['--baud=230400'] });
  const { dataFolder } = first;
  const stick = imageOnAStick(first);
  await chooseImage(first, stick);
  await start(first);
  await inPhase(first, 'upload');
  await first.at('flash-cancel').click();
  await first.at('flash-verdict').waitFor({ timeout: 30_000 });
  rmSync(stick);
  await first.close();

  const app = await startApp({ dataFolder });
  const { at } = app;
  await connect(app, box);
  await at('tab-firmware').click();
  await at('flash-unfinished').waitFor();
  await picture(app, 'flash-unfinished');
  await at('flash-take-up').click();
  await at('flash-plan').waitFor();
  expect(await at('image-name').textContent()).toBe('the copy kept last time');
  await start(app);
  await at('flash-verdict').waitFor({ timeout: 50_000 });
  expect(await at('flash-verdict').getAttribute('data-verdict')).toBe('done');
  await at('flash-other').click();
  await at('choose-image').waitFor();
  expect(await at('flash-unfinished').count()).toBe(0);
  expect(app.complaints).toEqual([]);
}, 120_000);

test('a terminal without a serial number is confirmed by the technician', async () => {
  const box = await plugIn();
  const app = await startApp();
  const { at } = app;
  await at('model').click();
  await at('model-profile').selectOption('zephyr-generic');
  await at('manual-address').fill(box.url);
  await at('manual-connect').click();
  await at('reading-value-firmware.version').waitFor();
  await at('tab-firmware').click();
  await chooseImage(app);
  await picture(app, 'flash-assumed.plan');
  const allow = app.page.locator('[data-testid^="allow-"]:not([data-testid$="identity-assumed"])');
  for (let index = 0; index < (await allow.count()); index++) await allow.nth(index).check();
  await at('flash-start').click();
  if ((await allow.count()) > 0) await at('flash-confirm').click();
  await at('flash-question').waitFor({ timeout: 50_000 });
  await picture(app, 'flash-question');
  await at('tab-overview').click();
  await at('question-notice').waitFor();
  await picture(app, 'flash-question.overview');
  await at('tab-firmware').click();
  await at('flash-question-yes').click();
  await at('flash-verdict').waitFor({ timeout: 50_000 });
  expect(['done', 'not-trading']).toContain(await at('flash-verdict').getAttribute('data-verdict'));
  await picture(app, 'flash-question.answered');
}, 120_000);
