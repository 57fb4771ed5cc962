/** The views of the window, each with what is typed there, what is asked while the bridge is away, and what shows that it is back. */
import { expect } from 'vitest';
import { writeTrainingApps } from '../../native-bridge/simulators/android/apk/training-apps.ts';
import { models } from '../../native-bridge/simulators/android/models/index.ts';
import { updateImage } from './code-box.ts';
import type { RunningApp } from './harness.ts';
import { chooseImage } from './opening.ts';

export interface View {
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

/** Places that stand without a terminal, in the order of a walk. */
export const atOnce: Readonly<Record<string, View>> = {
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
    open: async ({ at, page }) => {
      await at('rail-preferences').click();
      await at('shop-key-make').and(page.locator(':enabled')).waitFor();
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

/** Of a code box that is connected. */
export const atTerminal: Readonly<Record<string, View>> = {
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

/** Of an Android terminal. */
export const atAndroid: Readonly<Record<string, View>> = {
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
