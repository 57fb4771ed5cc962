/**
 * The bridge dies while each view is shown: the window says so and what to do, what was typed stays,
 * and with the next bridge the view works again.
 */
import { expect, test } from 'vitest';
import { openRecords } from '../../native-bridge/records/records.ts';
import { writeTrainingApps } from '../../native-bridge/simulators/android/apk/training-apps.ts';
import { models } from '../../native-bridge/simulators/android/models/index.ts';
import { openedCase } from '../records/support.ts';
import { startTerminal } from '../simulators/android/terminal.ts';
import { loseBridge } from './bridge-held.ts';
import { connect, plugIn, updateImage } from './code-box.ts';
import { startApp, temporaryFolder, type RunningApp } from './harness.ts';
import { chooseImage } from './opening.ts';
import { bothLanguages, picture, smallest } from './pictures.ts';

interface View {
  /** Opens it, and types what must not be lost. */
  readonly open: (app: RunningApp) => Promise<void>;
  /** The field that was typed into, and what it holds. */
  readonly typed?: readonly [field: string, text: string];
  /** Asks the bridge while it is away; the handle of the fault that says so. */
  readonly ask?: (app: RunningApp) => Promise<string>;
  /** Works again: ends when the bridge's answer shows. */
  readonly again: (app: RunningApp) => Promise<void>;
}

const diagnosed = async ({ at, page }: RunningApp): Promise<void> => {
  await at('diagnose-run').click();
  await page.locator('[data-testid="diagnosis"][data-state="done"]').waitFor({ timeout: 60_000 });
};
const press = async ({ at }: RunningApp, button: string, fault: string): Promise<string> => {
  await at(button).click();
  return fault;
};
const edited = 'payment.merchantName';

const atOnce: Readonly<Record<string, View>> = {
  welcome: {
    open: async ({ at }) => await at('manual-address').fill('tcp://127.0.0.1:9'),
    typed: ['manual-address', 'tcp://127.0.0.1:9'],
    ask: async (app) => await press(app, 'manual-connect', 'connect-fault'),
    again: async ({ at, page }) => {
      await at('manual-connect').click();
      await page.locator('[data-testid="connect-fault"][data-code="port-refused"]').waitFor();
    },
  },
  'no terminal': {
    open: async ({ at }) => {
      await at('rail-no-terminal').click();
      await at('no-terminal-shop').fill('Red Lantern');
      await at('symptom-S3').check();
    },
    typed: ['no-terminal-shop', 'Red Lantern'],
    again: diagnosed,
  },
  'QR inspector': {
    open: async ({ at }) => {
      await at('rail-qr').click();
      await at('qr-text').fill('https://qr.alipay.com/abc');
    },
    typed: ['qr-text', 'https://qr.alipay.com/abc'],
    ask: async (app) => await press(app, 'qr-inspect', 'qr-fault'),
    again: async ({ at }) => {
      await at('qr-inspect').click();
      await at('qr-code').waitFor();
    },
  },
  records: {
    open: async ({ at }) => {
      await at('rail-records').click();
      await at('case-row').first().waitFor();
      await at('case-search').fill('nowhere');
      await at('cases-none-fits').waitFor();
    },
    typed: ['case-search', 'nowhere'],
    again: async ({ at }) => {
      await at('cases-clear').click();
      await at('case-row').first().waitFor();
    },
  },
  'a case': {
    open: async ({ at }) => {
      await at('rail-records').click();
      await at('case-row').first().click();
      await at('past-outcome').waitFor();
      await at('case-ticket').fill('GD-9');
    },
    typed: ['case-ticket', 'GD-9'],
    ask: async (app) => await press(app, 'case-ticket-keep', 'case-change-fault'),
    again: async ({ at }) => {
      await at('case-ticket-keep').click();
      await expect.poll(() => at('case-ticket-keep').isEnabled()).toBe(false);
      await at('case-change-fault').waitFor({ state: 'detached' });
    },
  },
  'evidence of a case': {
    open: async ({ at }) => {
      await at('case-report-evidence').click();
      await at('evidence-text').fill('paid, no order');
    },
    typed: ['evidence-text', 'paid, no order'],
    ask: async (app) => await press(app, 'evidence-text-add', 'evidence-fault'),
    again: async ({ at }) => {
      await at('evidence-text-add').click();
      await expect.poll(() => at('evidence-list').textContent()).toContain('paid, no order');
      await at('evidence-close').click();
    },
  },
  'signature of a case': {
    open: async ({ at }) => {
      await at('case-signature').click();
      await expect.poll(() => at('signature-summary').textContent()).toContain('\n');
      await at('signature-name').fill('Li');
    },
    typed: ['signature-name', 'Li'],
    ask: async (app) => await press(app, 'signature-keep', 'signature-fault'),
    again: async ({ at }) => {
      await at('signature-keep').click();
      await at('past-signature').waitFor();
    },
  },
  preferences: {
    open: async ({ at }) => {
      await at('rail-preferences').click();
      await at('shop-key-make').waitFor();
      await at('shop-name').fill('Lantern Repairs');
    },
    typed: ['shop-name', 'Lantern Repairs'],
    ask: async (app) => await press(app, 'shop-name-keep', 'shop-fault'),
    again: async ({ at }) => {
      await at('shop-name-keep').click();
      await expect.poll(() => at('shop-name-keep').isEnabled()).toBe(false);
      await at('shop-fault').waitFor({ state: 'detached' });
    },
  },
  training: {
    open: async ({ at }) => {
      await at('rail-training').click();
      await at('training-fault-battery-worn').waitFor();
      await at('training-filter').fill('battery');
    },
    typed: ['training-filter', 'battery'],
    ask: async (app) => await press(app, 'training-start', 'training-fault'),
    again: async ({ at }) => {
      await at('training-start').click();
      await at('terminal-header').waitFor();
    },
  },
};

const atTerminal: Readonly<Record<string, View>> = {
  overview: {
    open: async ({ at }) => {
      await at('name-edit').click();
      await at('name-field').fill('front counter');
    },
    typed: ['name-field', 'front counter'],
    again: async ({ at }) => {
      await at('name-keep').click();
      await expect.poll(() => at('terminal-header').textContent()).toContain('front counter');
      await at('reading-battery.levelPercent').waitFor();
    },
  },
  diagnosis: {
    open: async (app) => {
      await app.at('tab-diagnosis').click();
      await app.at('symptom-S2').check();
      await diagnosed(app);
    },
    again: diagnosed,
  },
  settings: {
    open: async ({ at, page }) => {
      await at('tab-settings').click();
      await page
        .locator(`[data-testid="settings-row-${edited}"]`)
        .getByRole('button', { name: /^Change/ })
        .click();
      await at(`settings-edit-${edited}`).fill('Lantern');
    },
    typed: [`settings-edit-${edited}`, 'Lantern'],
    again: async ({ at, page }) => {
      await at('apply-edits').click();
      await at('apply-confirm').click();
      await page.locator('[data-testid="correction-result"][data-outcome="applied"]').waitFor();
    },
  },
  firmware: {
    open: async (app) => {
      await app.at('tab-firmware').click();
      await chooseImage(app);
    },
    again: async (app) => {
      // The bridge that knew the file is gone: that is said.
      expect(await app.at('file-forgotten').textContent()).toContain('codebox-2.0.0.bin');
      await chooseImage(app, updateImage);
    },
  },
  'the code of a terminal': {
    open: async ({ at }) => {
      await at('tab-qr').click();
      await at('qr-text').fill('https://qr.alipay.com/abc');
    },
    typed: ['qr-text', 'https://qr.alipay.com/abc'],
    again: async ({ at }) => {
      await at('qr-take').click();
      await at('qr-code').waitFor();
    },
  },
  scanner: {
    open: async ({ at }) => {
      await at('tab-scanner').click();
      await at('scanner-none').waitFor();
    },
    again: async ({ at }) => await at('scanner-none').waitFor(),
  },
  console: {
    open: async ({ at, page }) => {
      await at('tab-console').click();
      await at('shell-input').fill('kernel version');
      await page.keyboard.press('Enter');
      await at('console-line').first().waitFor();
      await at('shell-input').fill('kernel uptime');
    },
    typed: ['shell-input', 'kernel uptime'],
    again: async ({ at }) => {
      await at('shell-run').click();
      await expect.poll(() => at('shell-input').inputValue()).toBe('');
      await at('console-fault').waitFor({ state: 'detached' });
    },
  },
};

const atAndroid: Readonly<Record<string, View>> = {
  apps: {
    open: async ({ at, dataFolder, willChoose }) => {
      const [file] = writeTrainingApps(models['at-900'], dataFolder);
      await at('tab-apps').click();
      await at('app-table').waitFor();
      await willChoose(file?.path ?? '');
      await at('app-choose').click();
      await at('app-card').waitFor();
    },
    again: async ({ at }) => {
      await at('file-forgotten').waitFor();
      await at('app-choose').click();
      await at('app-card').waitFor();
      await expect.poll(() => at('app-row').count()).toBeGreaterThan(0);
    },
  },
};

/** One view: shown, the bridge lost, and back again. */
async function loseIn(app: RunningApp, name: string, view: View, isTerminals: boolean) {
  const { at } = app;
  const holds = async () => {
    if (view.typed === undefined) return;
    const [field, text] = view.typed;
    expect(await at(field).inputValue(), name).toBe(text);
  };
  await view.open(app);
  const restart = await loseBridge(app);
  await holds();
  const fault = await view.ask?.(app);
  if (fault !== undefined) {
    await expect
      .poll(() => at(fault).first().getAttribute('data-code'), { message: name })
      .toBe('bridge-away');
  }
  const place = name.replaceAll(' ', '-');
  await picture(app, `bridge-away-${place}`, smallest, bothLanguages);
  await restart();
  await at('bridge-interrupted').waitFor();
  await picture(app, `bridge-back-${place}`, smallest, bothLanguages);
  await holds();
  if (isTerminals) {
    await at('reconnect').click();
    await at('disconnect').waitFor();
    await holds();
  }
  await view.again(app);
  // Behind a dialogue it can't be clicked.
  await at('bridge-interrupted-dismiss').dispatchEvent('click');
}

test('the places without a terminal outlive the bridge', async () => {
  const dataFolder = temporaryFolder();
  const records = await openRecords({ dataFolder });
  await openedCase(records);
  await records.close();
  const app = await startApp({ dataFolder });
  for (const [name, view] of Object.entries(atOnce)) await loseIn(app, name, view, false);
  expect(app.complaints).toEqual([]);
}, 240_000);

test('the views of a terminal outlive the bridge, and its connection is offered again', async () => {
  const app = await startApp();
  await connect(app, await plugIn());
  for (const [name, view] of Object.entries(atTerminal)) await loseIn(app, name, view, true);
  expect(app.complaints).toEqual([]);
}, 240_000);

test('the apps of an Android terminal outlive the bridge, and say that the file is forgotten', async () => {
  const terminal = await startTerminal('--model', 'at-900', '--auth', 'already-known');
  const app = await startApp();
  await app.at('manual-address').fill(`adb://${terminal.adb}`);
  await app.at('manual-connect').click();
  await app.at('terminal-header').waitFor();
  for (const [name, view] of Object.entries(atAndroid)) await loseIn(app, name, view, true);
  expect(app.complaints).toEqual([]);
}, 120_000);
