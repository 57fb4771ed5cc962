/**
 * A walk through every view and dialogue of the window, for what has to hold in all of them. Each name
 * is yielded once the view stands there; what the walker does meanwhile must leave the page as it is.
 */
import { openRecords } from '../../native-bridge/records/records.ts';
import { fixture } from '../pictures/support.ts';
import { openedCase } from '../records/support.ts';
import { startTerminal } from '../simulators/android/terminal.ts';
import { connect, merchantFile, plugIn } from './code-box.ts';
import { startApp, temporaryFolder, type RunningApp } from './harness.ts';
import { chooseImage } from './opening.ts';

type Walk = AsyncGenerator<string, void, void>;

/** The walks, each with an app of its own. */
export const walks: Readonly<Record<string, () => Promise<[RunningApp, Walk]>>> = {
  'without a terminal': async () => {
    const dataFolder = temporaryFolder();
    const records = await openRecords({ dataFolder });
    await openedCase(records);
    await records.close();
    const app = await startApp({ dataFolder });
    return [app, withoutTerminal(app)];
  },
  'with a code box': async () => {
    const app = await startApp();
    return [app, withCodeBox(app)];
  },
  'while a terminal is flashed': async () => {
    const app = await startApp();
    return [app, whileFlashing(app)];
  },
  'with a counter terminal and an Android terminal': async () => {
    const app = await startApp();
    return [app, withOthers(app)];
  },
};

async function* withoutTerminal(app: RunningApp): Walk {
  const { at, page } = app;
  yield 'welcome';
  await at('open-palette').click();
  await at('palette-input').fill('qr');
  await at('palette-item').first().waitFor();
  yield 'palette';
  await at('palette-input').fill('qqqqqq');
  await at('palette-none').waitFor();
  yield 'palette, nothing found';
  await page.keyboard.press('Escape');
  await at('open-keys').dispatchEvent('click');
  await at('keys-sheet').waitFor();
  yield 'keys sheet';
  await page.keyboard.press('Escape');
  await at('keys-sheet').waitFor({ state: 'detached' });

  await at('rail-no-terminal').click();
  await at('no-terminal-shop').fill('مطعم الفانوس الأحمر 🏮 Red Lantern Noodles');
  yield 'questions, empty';
  await at('symptom-S3').check();
  await at('diagnose-run').click();
  await page.locator('[data-testid="diagnosis"][data-state="done"]').waitFor();
  await at('question-card').waitFor();
  yield 'questions';

  await at('rail-qr').click();
  await at('qr-empty').waitFor();
  yield 'QR inspector, empty';
  await app.willChoose(fixture('ten-codes.png'));
  await at('qr-choose').click();
  await at('qr-pick').first().waitFor();
  yield 'QR inspector';

  await at('rail-records').click();
  await at('case-row').first().waitFor();
  yield 'records';
  await at('case-row').first().click();
  await at('past-case').waitFor();
  yield 'a case';
  await at('case-report-evidence').click();
  await at('evidence-dialog').waitFor();
  yield 'a case, its evidence';
  await at('evidence-close').click();
  await at('case-signature').click();
  await at('signature-dialog').waitFor();
  yield 'a case, the signature';
  await page.keyboard.press('Escape');
  await at('signature-dialog').waitFor({ state: 'detached' });
  await at('rail-training').click();
  await at('training-start').waitFor();
  yield 'training';
  await at('rail-preferences').click();
  await at('trusted-keys-none').waitFor();
  yield 'preferences';
}

async function* withCodeBox(app: RunningApp): Walk {
  const { at, page } = app;
  await connect(app, await plugIn(['qr-static-instead-of-dynamic']));
  yield 'overview';
  await at('reading-source-battery.levelPercent').click();
  await at('drawer').waitFor();
  yield 'evidence drawer';
  await at('drawer-close').click();

  await at('tab-diagnosis').click();
  await at('symptom-S1').waitFor();
  yield 'diagnosis, empty';
  await at('symptom-S1').check();
  await at('diagnose-run').click();
  await page.locator('[data-testid="diagnosis"][data-state="done"]').waitFor({ timeout: 60_000 });
  yield 'diagnosis';

  await at('tab-settings').click();
  await app.willChoose(merchantFile);
  await at('choose-merchant').click();
  await page.locator('[data-testid="settings-row-qr.mode"][data-differs="true"]').waitFor();
  yield 'settings';
  await at('apply-expected').click();
  await at('apply-dialog').waitFor();
  yield 'settings, the question before they are changed';
  await at('apply-cancel').click();
  await at('apply-dialog').waitFor({ state: 'detached' });

  await at('tab-firmware').click();
  await at('choose-image').waitFor();
  yield 'firmware, empty';
  await chooseImage(app);
  yield 'firmware, the plan';

  await at('tab-qr').click();
  await at('qr-take').click();
  await at('qr-code').waitFor();
  yield 'the code of a terminal';

  await at('tab-console').click();
  await at('shell-input').fill('kernel version');
  await page.keyboard.press('Enter');
  await at('console-line').first().waitFor();
  yield 'console';

  await at('tab-scanner').click();
  await at('scanner').waitFor();
  yield 'scanner, of a terminal without one';
}

async function* whileFlashing(app: RunningApp): Walk {
  const { at, page } = app;
  // So slow that it is still under way when it was looked at.
  await connect(app, await plugIn([], ['--baud=230400']));
  await at('tab-firmware').click();
  await chooseImage(app);
  const allow = page.locator('[data-testid^="allow-"]');
  for (const one of await allow.all()) await one.check();
  await at('flash-start').click();
  if ((await allow.count()) > 0) {
    await at('flash-confirm').waitFor();
    yield 'firmware, the question before it is flashed';
    await at('flash-confirm').click();
  }
  await page.locator('[data-testid="flash-progress"][data-phase="upload"]').waitFor();
  yield 'firmware, a flash under way';
  await at('flash-cancel').click();
  await at('flash-verdict').waitFor({ timeout: 60_000 });
  yield 'firmware, the verdict';
}

async function* withOthers(app: RunningApp): Walk {
  const { at, page } = app;
  await at('rail-training').click();
  await at('training-model-counter').check();
  await at('training-start').click();
  await at('tab-scanner').click();
  await at('scanner-start').waitFor();
  yield 'scanner';
  await at('scanner-start').click();
  await at('scanner-code').waitFor();
  yield 'scanner, a code that is due';
  await at('scanner-stop').click();

  const terminal = await startTerminal('--model', 'at-900', '--auth', 'already-known');
  await at('manual-address').fill(`adb://${terminal.adb}`);
  await at('manual-connect').click();
  await page.locator('[data-testid="terminal-card"]').nth(1).waitFor();
  await at('tab-apps').click();
  await at('app-table').waitFor();
  yield 'apps';
  await at('app-all').click();
  yield 'apps, all';
  await at('rail-training').click();
  await page.locator('[data-testid^="exercise-start-"]').first().click();
  await at('exercise').waitFor();
  yield 'an exercise';
}
