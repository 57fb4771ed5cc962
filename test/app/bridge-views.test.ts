/**
 * The bridge dies while each view is shown: the window says so and what to do, what was typed stays,
 * and with the next bridge the view works again.
 */
import { expect, test } from 'vitest';
import { openRecords } from '../../native-bridge/records/records.ts';
import { openedCase } from '../records/support.ts';
import { startTerminal } from '../simulators/android/terminal.ts';
import { loseBridge } from './bridge-held.ts';
import { atAndroid, atOnce, atTerminal, type View } from './bridge-views.ts';
import { connect, plugIn } from './code-box.ts';
import { startApp, temporaryFolder, type RunningApp } from './harness.ts';
import { bothLanguages, picture, smallest } from './pictures.ts';

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
