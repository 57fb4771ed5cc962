/** A terminal's own statistics in the packaged window: read, read again, none, and a pulled cable. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { outFolder } from '../../build/paths.ts';
import { startDevice, statisticsScript } from '../support/statistics-device.ts';
import { connect, plugIn } from './code-box.ts';
import { startApp, type RunningApp } from './harness.ts';

const pictures = join(outFolder, 'screenshots');
const small = { width: 1024, height: 640 };

/** The size of the window's content; sideways nothing may overflow. */
async function resize({ electron, page }: RunningApp, size: typeof small): Promise<void> {
  await electron.evaluate(({ BrowserWindow }, { width, height }) => {
    BrowserWindow.getAllWindows()[0]?.setContentSize(width, height);
  }, size);
  await page.waitForFunction((width) => window.innerWidth === width, size.width);
}

/** In each language and theme; the window ends up as it was. */
async function pictureAll(app: RunningApp, name: string): Promise<void> {
  const { at, page } = app;
  mkdirSync(pictures, { recursive: true });
  for (const language of ['one', 'other']) {
    // Light, dark, as the system has it: three steps round.
    for (const step of [1, 2, 3]) {
      await at('theme-switch').click();
      await page.mouse.move(0, 0);
      const look = await page.evaluate(() => ({
        name: [document.documentElement.lang, document.documentElement.dataset['theme']].join('.'),
        text: document.body.innerText,
        overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
      }));
      const path = join(pictures, `${name}.${look.name}.png`);
      await page.screenshot({ path, animations: 'disabled' });
      expect(look.text).not.toMatch(/\[[a-z0-9]+(_[a-z0-9]+)+\]|undefined|\[object/);
      expect([name, language, step, look.overflow]).toEqual([name, language, step, 0]);
    }
    await at('language-switch').click();
  }
}

async function stateIs({ page }: RunningApp, state: string): Promise<void> {
  await page.locator(`[data-testid="statistics"][data-state="${state}"]`).waitFor();
}

test('statistics are read on demand, and again with what changed; a pulled cable is said', async () => {
  const app = await startApp();
  const { at, page } = app;
  const box = await plugIn();
  await connect(app, box);
  await stateIs(app, 'unread');
  await resize(app, small);
  await at('statistics-read').scrollIntoViewIfNeeded();
  await pictureAll(app, '16-statistics-unread');

  await at('statistics-read').click();
  await stateIs(app, 'read');
  expect(await at('statistics-value-battery.cycles').textContent()).toMatch(/^\s*\d+\s*$/);
  expect(await at('statistics-change-sys.uptime_s').count()).toBe(0);

  await box.tell({ fault: 'battery-low', on: true });
  await at('statistics-read').click();
  await at('statistics-change-battery.level_pct').waitFor();
  expect(await at('statistics-change-battery.level_pct').textContent()).toMatch(/\u2212\d+/);
  await at('statistics').scrollIntoViewIfNeeded();
  await at('statistics-group-sys').scrollIntoViewIfNeeded();
  await pictureAll(app, '17-statistics');

  await box.tell({ pull: true });
  await page.locator('[data-testid="terminal-card"][data-connected="false"]').waitFor();
  expect(await at('statistics-read').isDisabled()).toBe(true);
  expect(await at('statistics-value-battery.cycles').isVisible()).toBe(true);
  expect(app.complaints).toEqual([]);
});

test('a terminal without statistics is said to have none', async () => {
  const app = await startApp();
  const { at } = app;
  const device = await startDevice((request, terminal) => terminal.reply(request, { rc: 8 }));
  await at('manual-address').fill(device.url);
  await at('manual-connect').click();
  await at('statistics-read').click();
  await at('statistics-none').waitFor();
  await resize(app, small);
  await pictureAll(app, '18-statistics-none');
});

test('a reading that is stopped or fails leaves a way to try again', async () => {
  const app = await startApp();
  const { at, page } = app;
  // Every other group never answers: long enough to be stopped on any machine.
  const names = Array.from(
    { length: 20 },
    (_, index) => `${index % 2 === 0 ? 'ok' : 'mute'}${index}`,
  );
  const mute = statisticsScript(names, (name) =>
    name.startsWith('mute') ? null : { name, fields: { rx_err: 3 } },
  );
  const device = await startDevice(mute);
  await at('manual-address').fill(device.url);
  await at('manual-connect').click();
  await at('statistics-read').click();
  await page.getByText(/Reading group \d+ of 20: mute/).waitFor();
  await at('statistics').getByRole('button', { name: 'Stop' }).click();
  await stateIs(app, 'unread');

  device.become((request, terminal) => terminal.reply(request, { rc: 1 }));
  await at('statistics-read').click();
  await at('statistics-fault').waitFor();
  await resize(app, small);
  await pictureAll(app, '19-statistics-failed');

  const hostile = '<b>rx</b>\u202e\u001b[2J';
  device.become(statisticsScript([hostile], (name) => ({ name, fields: { [hostile]: 3 } })));
  await at('statistics-fault').getByRole('button', { name: 'Try again' }).click();
  await stateIs(app, 'read');
  expect(await at('statistics-group-<b>rx</b>').locator('caption').textContent()).toContain(
    '<b>rx</b>',
  );
  expect(app.complaints).toEqual([]);
});
