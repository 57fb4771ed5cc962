/** What is set once: language, look, whose keys count, which ports are left alone, where all is kept. */
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { openRecords } from '../../native-bridge/records/records.ts';
import { startApp, temporaryFolder } from './harness.ts';
import { picture, usual } from './pictures.ts';

const keyFile = fileURLToPath(
  new URL('../fixtures/firmware/keys/other-ecdsa-p256.pub.pem', import.meta.url),
);

test('a key is trusted from a file, removed, brought back, and kept for the next start', async () => {
  const app = await startApp();
  const { at } = app;
  await at('rail-preferences').click();
  await at('trusted-keys-none').waitFor();
  await picture(app, '60-preferences-none');

  await app.willChoose(keyFile);
  await at('trust-key').click();
  await at('trusted-key').waitFor();
  expect(await at('trusted-key').textContent()).toContain('other-ecdsa-p256.pub.pem');
  await at('distrust-key').click();
  await at('trusted-keys-none').waitFor();
  await at('trusted-key-undo').click();
  await at('trusted-key').waitFor();
  expect(await at('trusted-key-removed').count()).toBe(0);

  await app.willChoose(fileURLToPath(import.meta.url));
  await at('trust-key').click();
  await at('trusted-keys-fault').waitFor();
  expect(await at('trusted-keys-fault').getAttribute('data-code')).toBe('key-unreadable');
  await picture(app, '61-preferences', usual);
  await picture(app, '61-preferences-fault');
  await app.close();

  const next = await startApp({ dataFolder: app.dataFolder });
  await next.at('rail-preferences').click();
  await next.at('trusted-key').waitFor();
  expect(next.complaints).toEqual([]);
}, 120_000);

test('ports that are left alone are listed with the way back', async () => {
  const dataFolder = temporaryFolder();
  const records = await openRecords({ dataFolder });
  const sinceUtc = '2026-05-04T03:02:01.000Z';
  const ports = [
    { key: 'serial serial 0403:6001 L-1', name: 'Lathe', path: '/dev/ttyUSB0', sinceUtc },
    { key: 'serial /dev/ttyS0', name: '/dev/ttyS0', path: '/dev/ttyS0', sinceUtc },
  ];
  await records.setPreference('ignoredPorts', JSON.stringify(ports));
  await records.close();

  const app = await startApp({ dataFolder });
  const { at } = app;
  await at('rail-preferences').click();
  await expect.poll(() => at('ignored-port').count()).toBe(2);
  await picture(app, '62-ignored-ports');
  await at('heed-port').first().click();
  await expect.poll(() => at('ignored-port').allTextContents()).toHaveLength(1);
  expect(await at('ignored-port').textContent()).toContain('/dev/ttyS0');
  expect(app.complaints).toEqual([]);
}, 120_000);

test('a port is left alone from its row, and listed again', async () => {
  const { at } = await startApp();
  // Which ports there are is up to the machine: where there is none, there is no row to press.
  if ((await at('port-row').count()) === 0) return;
  const row = at('port-row').first();
  const url = await row.getAttribute('data-port-url');
  const named = at('port-row').and(row.page().locator(`[data-port-url="${url ?? ''}"]`));
  await row.hover();
  await row.locator('[data-testid="ignore-port"]').click();
  await named.waitFor({ state: 'detached' });
  await at('rail-preferences').click();
  await at('heed-port').click();
  await named.waitFor();
  await at('ignored-ports-none').waitFor();
});

test('larger text is larger at once and after the next start', async () => {
  const app = await startApp();
  const { at } = app;
  const widthPixels = () => app.page.evaluate(() => window.innerWidth);
  const before = await widthPixels();
  await at('rail-preferences').click();
  await at('text-size-150').click();
  await expect.poll(widthPixels).toBeLessThan(before * 0.7);
  await app.close();
  const next = await startApp({ dataFolder: app.dataFolder });
  await next.at('rail-preferences').click();
  expect(await next.at('text-size-150').isChecked()).toBe(true);
});
