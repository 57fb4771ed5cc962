/** The console: filter, find, hold still, save; the log as it comes, and the shell. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { startTerminal } from '../simulators/android/terminal.ts';
import { startApp } from './harness.ts';
import { picture, usual } from './pictures.ts';

test('a long log is filtered, searched, held still and saved; a huge line stays harmless', async () => {
  const terminal = await startTerminal('--model', 'at-900', '--auth', 'already-known');
  const { log } = terminal.simulator.device;
  const app = await startApp();
  const { at, page } = app;
  await at('manual-address').fill(`adb://${terminal.adb}`);
  await at('manual-connect').click();
  await page.locator('[data-testid="terminal-card"][data-connected="true"]').waitFor();
  await at('tab-console').click();
  const counted = () => page.locator('.count').textContent();
  await at('console-line').first().waitFor();
  for (let index = 0; index < 1_500; index++) log.add('D', 'NetStat', `sample ${index}`);
  log.add('W', 'Battery', 'level 19, not charging');
  log.add('E', 'PayService', 'host refused: password=hunter22');
  log.add('E', 'Huge', 'x'.repeat(1_000_000));
  await expect.poll(counted).toMatch(/1,\d\d\d lines/);
  await expect.poll(() => at('console-line').last().textContent()).toContain('Huge');
  await at('console-line').last().click();
  await expect.poll(() => at('console-whole').textContent()).toContain('xxx');
  expect(await at('console-cut').textContent()).toMatch(/99\d,\d{3} more characters/);
  await expect.poll(() => at('console-line').last().textContent()).toContain('Huge');
  await picture(app, 'console');
  await picture(app, 'console-wide', usual);
  await at('console-line').last().click();

  await at('console-level').selectOption('warn');
  await expect.poll(() => at('console-line').count()).toBeLessThan(12);
  expect(await page.locator('main').textContent()).toContain('password=***');
  await at('console-level').selectOption('');
  await at('console-find').fill('sample 14');
  await expect.poll(() => at('console-found').textContent()).toContain('of 111');
  await page.keyboard.press('Shift+Enter');
  await expect.poll(() => page.locator('.line.current').textContent()).toContain('sample 1499');
  await page.keyboard.press('Enter');
  await expect.poll(() => page.locator('.line.current').textContent()).toMatch(/sample 14$/);
  await at('console-to-end').waitFor();
  await picture(app, 'console-find');

  await at('console-hold').click();
  log.add('I', 'Later', 'came while it stood still');
  await expect.poll(() => at('console-waiting').textContent()).toContain('1 new');
  await at('console-hold').click();
  await at('console-to-end').click();
  await expect.poll(() => at('console-line').last().textContent()).toContain('Later');

  await at('console-filter').fill('battery');
  const file = join(app.dataFolder, 'console.log');
  await app.willSave(file);
  await expect.poll(() => at('console-line').count()).toBeLessThan(12);
  await at('console-save').click();
  await expect.poll(() => at('console-saved').textContent()).toMatch(/\d+ lines saved/);
  expect(readFileSync(file, 'utf8')).toMatch(/^\d{4}-.*Z device .*level 19, not charging$/m);
  // By the keys alone: the line above the last, whole.
  await at('console-filter').fill('sample 149');
  await expect.poll(() => at('console-line').count()).toBe(11);
  await at('console-lines').focus();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expect.poll(() => at('console-whole').textContent()).toContain('sample 1498');
  await at('console-filter').fill('nothing has this');
  await expect.poll(() => page.locator('.lines').textContent()).toContain('No line matches');
  expect(app.complaints).toEqual([]);
}, 120_000);

test('commands run in its shell, come back with the up key, and are shown masked', async () => {
  const terminal = await startTerminal('--model', 'at-900', '--auth', 'already-known');
  const app = await startApp();
  const { at, page } = app;
  await at('manual-address').fill(`adb://${terminal.adb}`);
  await at('manual-connect').click();
  await page.locator('[data-testid="terminal-card"][data-connected="true"]').waitFor();
  await at('tab-console').click();
  const shown = () => page.locator('.lines').textContent();
  await at('shell-input').fill('echo password=hunter22');
  await page.keyboard.press('Enter');
  await expect.poll(shown).toContain('echo password=***');
  expect(await shown()).not.toContain('hunter22');
  await at('shell-input').press('ArrowUp');
  expect(await at('shell-input').inputValue()).toBe('echo password=hunter22');
  expect(app.complaints).toEqual([]);
});

test('what one reads stands still while the oldest lines make way', async () => {
  const terminal = await startTerminal('--model', 'at-900', '--auth', 'already-known');
  const { log } = terminal.simulator.device;
  const app = await startApp();
  const { at, page } = app;
  await at('manual-address').fill(`adb://${terminal.adb}`);
  await at('manual-connect').click();
  await page.locator('[data-testid="terminal-card"][data-connected="true"]').waitFor();
  await at('tab-console').click();
  await at('console-line').first().waitFor();
  const write = async (from: number, to: number) => {
    for (let index = from; index < to; index++) {
      log.add('D', 'NetStat', `sample ${index}.`);
      if (index % 500 === 0) await setImmediate();
    }
  };
  const counted = () => page.locator('.count').textContent();
  await write(0, 101_000);
  await expect.poll(counted, { timeout: 60_000 }).toMatch(/101,0\d\d lines/);
  await at('console-find').fill('sample 50123.');
  await expect.poll(() => at('console-found').textContent(), { timeout: 30_000 }).toMatch('of 1');
  await page.keyboard.press('Enter');
  const current = page.locator('.line.current');
  await expect.poll(() => current.textContent()).toContain('sample 50123.');
  const place = async () => Math.round((await current.boundingBox())?.y ?? 0);
  const before = await place();
  await write(101_000, 105_000);
  await expect.poll(counted, { timeout: 30_000 }).toContain('older lines dropped');
  await expect.poll(() => current.textContent()).toContain('sample 50123.');
  await expect.poll(place).toBe(before);
  expect(app.complaints).toEqual([]);
}, 120_000);
