/** The overview: at a glance, followed while it is looked at, each value with where it comes from. */
import { expect, test } from 'vitest';
import { connect, plugIn } from './code-box.ts';
import { startApp } from './harness.ts';
import { picture, usual } from './pictures.ts';

const rounds = { timeout: 20_000 };

test('the overview follows what changes by itself, and draws it', async () => {
  const app = await startApp();
  const { at } = app;
  const box = await plugIn(['wifi-weak']);
  await connect(app, box);
  await at('glance').waitFor();
  await picture(app, 'overview-first');
  await expect.poll(() => at('follow').getAttribute('data-state'), rounds).toBe('live');
  const points = async () => Number(await at('trail-battery').getAttribute('data-points'));
  await expect.poll(points, rounds).toBeGreaterThan(2);
  await at('trail-battery').locator('canvas').waitFor();
  const said = await at('trail-battery').getByRole('img').getAttribute('aria-label');
  expect(said).toMatch(/^Battery: \d values from .* lowest \d+ %, highest \d+ %, last \d+ %$/);
  await picture(app, 'overview');
  await picture(app, 'overview-wide', usual);

  await at('glance-battery-source').click();
  await expect.poll(() => at('drawer').textContent()).toMatch(/battery/i);
  await at('drawer-raw').waitFor();
  await at('drawer-close').click();

  await at('trail-signal-table').click();
  expect(await at('trail-signal').getByRole('row').count()).toBeGreaterThan(2);
  await at('glance-battery-which').getByRole('button').last().click();
  await expect.poll(() => at('trail-battery').textContent()).toMatch(/only this visit/i);
  await picture(app, 'overview-tables');
  expect(app.complaints).toEqual([]);
}, 120_000);

test('following rests with a reason: by hand, while other work has the line, without a terminal', async () => {
  const app = await startApp();
  const { at } = app;
  const box = await plugIn();
  await connect(app, box);
  const state = () => at('follow').getAttribute('data-state');
  await expect.poll(state, rounds).toBe('live');
  await at('follow-switch').click();
  await expect.poll(() => at('follow').textContent()).toContain('by you');
  await at('follow-switch').click();
  await expect.poll(state, rounds).toBe('live');
  await box.tell({ pull: true });
  await expect.poll(() => at('follow').textContent()).toContain('disconnected');
  await picture(app, 'overview-gone');
  expect(app.complaints).toEqual([]);
});

test('a name that is given is in the header, in the list and in the records', async () => {
  const app = await startApp();
  const { at } = app;
  const box = await plugIn();
  await connect(app, box);
  await at('name-edit').click();
  await at('name-field').fill('مطعم 2 号收银台 🍜');
  await at('name-field').press('Enter');
  await expect.poll(() => at('terminal-card').textContent()).toContain('2 号收银台');
  expect(await at('terminal-header').textContent()).toContain('CB-200');
  await picture(app, 'overview-named');
  await at('rail-records').click();
  await expect.poll(() => at('case-row').first().textContent()).toContain('2 号收银台');
  expect(app.complaints).toEqual([]);
});
