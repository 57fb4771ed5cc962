/** `history delete` shows, asks, deletes; the list has the conditions that the bridge has. */
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { openRecords } from '../../native-bridge/records/records.ts';
import { openDatabase } from '../../native-bridge/records/sqlite.ts';
import { documentOf, run, temporaryFolder } from './support.ts';

vi.setConfig({ testTimeout: 120_000 });

const merchant = '红灯笼面馆';

async function oneCase(): Promise<string> {
  const data = temporaryFolder();
  const records = await openRecords({ dataFolder: data });
  const identity = {
    serialNumber: 'CB-1',
    basis: 'serial-number' as const,
    model: 'Code box',
    hardware: null,
    firmwareVersion: null,
    firmwareHash: null,
  };
  const portUrl = 'tcp://127.0.0.1:1';
  const { id: terminalId } = await records.upsertTerminal(identity, portUrl, 'p');
  const visit = { terminalId, portUrl, profile: 'p', identity, merchant, symptom: null };
  await records.openCase(visit);
  await records.close();
  return data;
}

it('deletes nothing without a yes, everything of it with one', async () => {
  const data = await oneCase();
  const asked = ['history', 'delete', '--shop', merchant, '--data', data];
  const looked = await run(asked);
  expect(looked.stdout).toMatch(/Cases 1[^]*Nothing was deleted/u);
  const deleted = documentOf(await run([...asked, '--yes', '--json']));
  expect(deleted).toMatchObject({ ok: true, result: { cases: 1, terminals: 1, deleted: true } });
  expect((await run(asked)).stdout).toContain('The records hold nothing of that');
});

it('refuses a deletion that names nothing, or a condition that it would not heed', async () => {
  const data = temporaryFolder();
  const others = [
    ['--since', '2026-01-01'],
    ['--until', '2026-01-01'],
    ['--search', 'x'],
    ['--open'],
    ['--limit', '1'],
  ];
  for (const more of [[], ...others.map((other) => ['--shop', merchant, ...other])]) {
    const ran = await run(['history', 'delete', ...more, '--data', data]);
    expect(ran.code).toBe(2);
  }
});

it('lists up to a day and by verdict, and keeps the rule for how long', async () => {
  const data = await oneCase();
  const list = async (...more: string[]) =>
    documentOf(await run(['history', '--json', '--data', data, ...more])).result;
  expect(await list('--until', '2020-01-01')).toMatchObject({ cases: [] });
  expect(await list('--verdict', 'done')).toMatchObject({ cases: [] });
  expect(await list('--keep-days', '30')).toMatchObject({
    cases: [{ merchant, flashCorrected: false }],
    keepDays: 30,
  });
  expect(await list('--keep-days', 'off')).toMatchObject({ keepDays: null });
});

it('names a case that is damaged, and lists the others', async () => {
  const data = await oneCase();
  const database = openDatabase(join(data, 'records.db'), 1000);
  database.exec(
    `INSERT INTO cases (id, terminal_id, opened_utc, identity)
      SELECT '0badc0de-0000-7000-8000-000000000000', terminal_id, opened_utc, '{' FROM cases`,
  );
  database.close();
  const listed = await run(['history', '--data', data]);
  expect(listed.code).toBe(0);
  expect(listed.stdout).toContain(merchant);
  expect(listed.stderr).toContain('0badc0de-0000-7000-8000-000000000000');
  expect(documentOf(await run(['history', '--json', '--data', data])).result).toMatchObject({
    cases: [{ merchant }],
    damaged: ['0badc0de-0000-7000-8000-000000000000'],
  });
});
