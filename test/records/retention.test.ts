/** What happens to old cases and to a deletion that was cut off, when records are opened. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { keepDaysKey } from '../../native-bridge/records/keep-days.ts';
import { openDatabase } from '../../native-bridge/records/sqlite.ts';
import { atUtc, identity, openFor, openedCase, temporaryFolder } from './support.ts';

// A worker thread starts at every opening; on a busy machine that takes its time.
vi.setConfig({ testTimeout: 60_000 });

const none = { merchant: null, serialNumber: null, beforeUtc: null };

/** A case as it would be had the clock shown an earlier day. */
function makeOld(folder: string): void {
  const database = openDatabase(join(folder, 'records.db'), 1000);
  database.exec(`UPDATE cases SET opened_utc = '2020-01-01T00:00:00.000Z';
    UPDATE terminals SET contact_utc = '2020-01-01T00:00:00.000Z'`);
  database.close();
}

describe('cases older than they are to be kept', () => {
  it('stay where nobody asked for less', async () => {
    const folder = temporaryFolder();
    const records = await openFor(folder);
    await openedCase(records);
    makeOld(folder);
    await records.close();
    expect(await (await openFor(folder)).listCases()).toHaveLength(1);
  });

  it('go at the next opening, with their terminals', async () => {
    const folder = temporaryFolder();
    const records = await openFor(folder);
    const old = await openedCase(records);
    makeOld(folder);
    const who = { ...identity, serialNumber: 'CB-2' };
    const { id: terminalId } = await records.upsertTerminal(who, 'tcp://127.0.0.1:7000', 'p');
    const fresh = { terminalId, portUrl: 'tcp://127.0.0.1:7000', profile: 'p', identity: who };
    const { id } = await records.openCase({ ...fresh, merchant: null, symptom: null });
    await records.setPreference(keepDaysKey, '30');
    await records.close();
    const later = await openFor(folder);
    expect((await later.listCases()).map((kept) => kept.id)).toEqual([id]);
    await expect(later.nameTerminal(old.terminalId, 'x')).rejects.toMatchObject({
      code: 'terminal-unknown',
    });
  });

  it('stay while work in them waits to be settled', async () => {
    const folder = temporaryFolder();
    const records = await openFor(folder);
    const { caseId, terminalId } = await openedCase(records);
    await records.journalBegin({ request: 'flash', terminalId, caseId, phase: 'upload' });
    makeOld(folder);
    await records.setPreference(keepDaysKey, '30');
    await records.close();
    const later = await openFor(folder);
    expect(await later.listCases()).toHaveLength(1);
    const [open] = await later.listInterrupted();
    await later.journalEnd(open?.id ?? '');
    await later.close();
    expect(await (await openFor(folder)).listCases()).toEqual([]);
  });

  it('stay while a program has their terminal', async () => {
    const folder = temporaryFolder();
    const records = await openFor(folder);
    const { terminalId } = await openedCase(records);
    makeOld(folder);
    await records.setPreference(keepDaysKey, '30');
    await records.acquire(`terminal ${terminalId}`);
    expect(await (await openFor(folder)).listCases()).toHaveLength(1);
  });
});

describe('a deletion whose bytes could not go yet', () => {
  it('says so, and is completed at the next opening', async () => {
    const folder = temporaryFolder();
    const records = await openFor(folder);
    const { caseId } = await openedCase(records);
    const text = '红灯笼面馆 '.repeat(500);
    await records.appendEvent(caseId, { kind: 'note', atUtc, text });
    // Somebody else reads: the write-ahead log can't be emptied under them.
    const reader = openDatabase(join(folder, 'records.db'), 1000);
    reader.exec('BEGIN');
    reader.prepare('SELECT count(*) FROM cases').get();
    const serialNumber = identity.serialNumber;
    expect(await records.erase({ ...none, serialNumber })).toMatchObject({
      cases: 1,
      rest: 'waiting',
    });
    expect(await records.listCases()).toEqual([]);
    const bytes = () =>
      ['records.db', 'records.db-wal']
        .filter((name) => readdirSync(folder).includes(name))
        .some((name) => readFileSync(join(folder, name)).includes('红灯笼面馆'));
    expect(bytes()).toBe(true);
    reader.exec('ROLLBACK');
    reader.close();
    await openFor(folder);
    expect(bytes()).toBe(false);
  });
});
