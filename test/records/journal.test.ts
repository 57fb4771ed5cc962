import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { openDatabase, scalar, type Database } from '../../native-bridge/records/sqlite.ts';
import { migrations } from '../../native-bridge/records/schema.ts';
import { openFor, openedCase, startChild, temporaryFolder } from './support.ts';

// Processes of their own start within each test; on a busy machine that takes its time.
vi.setConfig({ testTimeout: 60_000 });

const flash = { request: 'flash', terminalId: null, caseId: null, phase: 'upload' };

describe('the journal', () => {
  it('calls nothing interrupted while its process lives', async () => {
    const folder = temporaryFolder();
    const running = await openFor(folder);
    await running.journalBegin(flash);
    const other = await openFor(folder);
    expect(await other.listInterrupted()).toEqual([]);
    expect(await running.listInterrupted()).toEqual([]);
  });

  it('tells what was cut off, with its last phase and facts, once its process is gone', async () => {
    const folder = temporaryFolder();
    const running = await openFor(folder, { program: 'cli' });
    const { id } = await running.journalBegin({ ...flash, facts: { toVersion: '2.0.0' } });
    await running.journalPhase(id, 'restart', { sentBytes: 205_976 });
    await running.close();
    const next = await openFor(folder);
    expect(await next.listInterrupted()).toMatchObject([
      {
        id,
        request: 'flash',
        phase: 'restart',
        program: 'cli',
        pid: process.pid,
        facts: { toVersion: '2.0.0', sentBytes: 205_976 },
      },
    ]);
  });

  it('tells what a killed process left', async () => {
    const folder = temporaryFolder();
    const records = await openFor(folder);
    const { caseId } = await openedCase(records);
    const child = startChild('write-events.ts', [folder, caseId]);
    await child.line();
    expect(await records.listInterrupted()).toEqual([]);
    child.process.kill('SIGKILL');
    await child.ended;
    expect(await records.listInterrupted()).toMatchObject([{ caseId, pid: child.process.pid }]);
  });

  it('forgets what was ended', async () => {
    const folder = temporaryFolder();
    const running = await openFor(folder);
    await running.journalEnd((await running.journalBegin(flash)).id);
    await running.close();
    expect(await (await openFor(folder)).listInterrupted()).toEqual([]);
  });
});

function withDatabase<T>(folder: string, work: (database: Database) => T): T {
  const database = openDatabase(join(folder, 'records.db'), 1000);
  try {
    return work(database);
  } finally {
    database.close();
  }
}

describe('the journal on the disk', () => {
  it('only grows: every phase and the end are rows of their own', async () => {
    const folder = temporaryFolder();
    const records = await openFor(folder);
    const { id } = await records.journalBegin(flash);
    for (const phase of ['verify', 'activate']) await records.journalPhase(id, phase);
    await records.journalEnd(id);
    await records.journalEnd(id);
    const kinds = withDatabase(
      folder,
      (database) =>
        database
          .prepare('SELECT seq, kind, phase FROM journal_steps ORDER BY seq')
          .all() as object[],
    );
    expect(kinds.map((row) => ({ ...row }))).toEqual([
      { seq: 1, kind: 'phase', phase: 'verify' },
      { seq: 2, kind: 'phase', phase: 'activate' },
      { seq: 3, kind: 'end', phase: null },
    ]);
  });

  it.each([
    "UPDATE journal SET phase = 'x'",
    'DELETE FROM journal',
    "UPDATE journal_steps SET phase = 'x'",
    'DELETE FROM journal_steps',
  ])('refuses %s', async (sql) => {
    const folder = temporaryFolder();
    const records = await openFor(folder);
    await records.journalPhase((await records.journalBegin(flash)).id, 'verify');
    withDatabase(folder, (database) => {
      expect(() => database.exec(sql)).toThrow('append-only');
    });
  });

  it('takes no phase after the end, and none of an entry that never was', async () => {
    const records = await openFor(temporaryFolder());
    const { id } = await records.journalBegin(flash);
    await records.journalEnd(id);
    for (const entry of [id, 'none']) {
      await expect(records.journalPhase(entry, 'verify')).rejects.toMatchObject({
        code: 'bad-request',
      });
    }
    await records.journalEnd('none');
  });
});

describe('an open entry', () => {
  /** Records as the version before the append-only journal left them: rows rewritten in place. */
  function oldRecords(folder: string): void {
    withDatabase(folder, (database) => {
      for (const step of migrations.slice(0, 2)) database.exec(step);
      database.exec(`PRAGMA application_id = 0x504f5342; PRAGMA user_version = 2;
        INSERT INTO journal VALUES ('j1', 'process gone', 7, 'cli', 'flash', null, null, 'restart',
          '{"sentBytes":5}', '2026-01-01T00:00:00.000Z', '2026-01-01T00:05:00.000Z')`);
    });
  }

  it('of the version before is taken over as it was, and goes on', async () => {
    const folder = temporaryFolder();
    oldRecords(folder);
    const records = await openFor(folder);
    expect(await records.listInterrupted()).toMatchObject([
      {
        id: 'j1',
        phase: 'restart',
        facts: { sentBytes: 5 },
        updatedUtc: '2026-01-01T00:05:00.000Z',
        state: 'good',
      },
    ]);
    await records.journalPhase('j1', 'reidentify', { marked: true });
    expect(await records.listInterrupted()).toMatchObject([
      { phase: 'reidentify', facts: { sentBytes: 5, marked: true } },
    ]);
    await records.journalEnd('j1');
    expect(await records.listInterrupted()).toEqual([]);
  });

  it.each([
    ['of a later form', 'UPDATE journal SET format = 2', 'newer'],
    [
      'with a step that only a later version knows',
      "INSERT INTO journal_steps SELECT 's', id, 9, started_utc, 'pause', 'x', '{}' FROM journal",
      'newer',
    ],
    [
      'whose facts are cut',
      "INSERT INTO journal_steps SELECT 's', id, 9, started_utc, 'phase', 'x', '{\"a' FROM journal",
      'damaged',
    ],
  ] as const)('%s is listed as that, without facts, and kept', async (_what, sql, state) => {
    const folder = temporaryFolder();
    const running = await openFor(folder);
    await running.journalBegin({ ...flash, terminalId: 't1', facts: { toVersion: '2.0.0' } });
    await running.journalBegin({ ...flash, terminalId: 't2', facts: { toVersion: '3.0.0' } });
    await running.close();
    withDatabase(folder, (database) => {
      database.exec('DROP TRIGGER journal_keep');
      database.exec(`${sql} WHERE terminal_id = 't1'`);
    });
    const later = await openFor(folder);
    expect(await later.listInterrupted()).toMatchObject([
      { terminalId: 't1', facts: {}, state },
      { terminalId: 't2', facts: { toVersion: '3.0.0' }, state: 'good' },
    ]);
    expect(await later.journalOf('t1')).toMatchObject([{ state }]);
    await later.close();
    withDatabase(folder, (database) => {
      expect(scalar(database, 'SELECT count(*) FROM journal')).toBe(2);
    });
  });
});
