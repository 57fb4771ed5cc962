/** A terminal connected over ADB: what only the management line has is not offered, and no fault of it shown. */
import { expect, test } from 'vitest';
import { startTerminal } from '../simulators/android/terminal.ts';
import { connect } from './code-box.ts';
import { startApp } from './harness.ts';

test('over ADB the window offers no statistics, and complains of none', async () => {
  const { adb } = await startTerminal();
  const app = await startApp();
  const { at, page } = app;
  await connect(app, { url: `adb://${adb}` });
  expect(await at('statistics').count()).toBe(0);
  expect(await page.locator('.fault').count()).toBe(0);
});
