/** Cases that no terminal was attached for: kept, found, and deleted like any other. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { migrations } from '../../native-bridge/records/schema.ts';
import { openDatabase } from '../../native-bridge/records/sqlite.ts';
import { atUtc, identity, openFor, openedCase, temporaryFolder } from './support.ts';

const nobody = { terminalId: null, portUrl: null, profile: null, identity: null } as const;
const none = { merchant: null, serialNumber: null, beforeUtc: null };

describe('a case without a terminal', () => {
  it('is kept as it is, and listed among the others', async () => {
    const records = await openFor(temporaryFolder());
    const { caseId } = await openedCase(records);
    const made = await records.openCase({ ...nobody, merchant: '红灯笼面馆', symptom: 'S3' });
    expect(await records.getCase(made.id)).toMatchObject({
      ...nobody,
      merchant: '红灯笼面馆',
      symptom: 'S3',
      nextVisitUtc: null,
    });
    expect((await records.listCases()).map(({ id }) => id)).toEqual([made.id, caseId]);
  });

  it('goes with its merchant, and leaves another merchant’s', async () => {
    const records = await openFor(temporaryFolder());
    const one = await records.openCase({ ...nobody, merchant: '红灯笼面馆', symptom: 'S3' });
    const other = await records.openCase({ ...nobody, merchant: '老李水果店', symptom: 'S3' });
    const nameless = await records.openCase({ ...nobody, merchant: null, symptom: 'S3' });
    await records.appendEvent(one.id, { kind: 'note', atUtc, text: '红灯笼面馆' });
    const gone = await records.erase({ ...none, merchant: '红灯笼面馆' });
    expect(gone).toMatchObject({ cases: 1, events: 1, terminals: 0 });
    const left = (await records.listCases()).map(({ id }) => id);
    expect(left).toEqual([nameless.id, other.id]);
  });

  it('goes when it is older than what is kept', async () => {
    const records = await openFor(temporaryFolder());
    await records.openCase({ ...nobody, merchant: null, symptom: 'S1' });
    const beforeUtc = new Date(Date.now() + 60_000).toISOString();
    expect(await records.erase({ ...none, beforeUtc })).toMatchObject({ cases: 1 });
    expect(await records.listCases()).toEqual([]);
  });
});

describe('cases of an earlier version', () => {
  it('keep their terminal, port, profile and identity', async () => {
    const folder = temporaryFolder();
    const database = openDatabase(join(folder, 'records.db'), 0);
    for (const step of migrations.slice(0, 3)) database.exec(step);
    database.exec(`PRAGMA application_id = 0x504f5342; PRAGMA user_version = 3;
      INSERT INTO terminals VALUES ('t', NULL, NULL, 'Code box', 'tcp://a', 'code-box', '[]', NULL,
        '${atUtc}', NULL, '${atUtc}');
      INSERT INTO cases (id, terminal_id, opened_utc, port_url, profile, identity)
        VALUES ('c', 't', '${atUtc}', 'tcp://a', 'code-box', '${JSON.stringify(identity)}');
      INSERT INTO case_events VALUES ('e', 'c', 1, '${atUtc}', 'note',
        '{"kind":"note","atUtc":"${atUtc}","text":"before"}');`);
    database.close();
    const records = await openFor(folder);
    const kept = await records.getCase('c');
    expect(kept).toMatchObject({ terminalId: 't', portUrl: 'tcp://a', profile: 'code-box' });
    expect(kept.identity).toEqual(identity);
    expect(kept.events).toHaveLength(1);
    expect((await records.currentCase('t'))?.id).toBe('c');
    const gone = openDatabase(join(folder, 'records.db'), 1_000);
    expect(() => gone.exec(`UPDATE cases SET terminal_id = 'nobody' WHERE id = 'c'`)).toThrow(
      /FOREIGN KEY/,
    );
    gone.close();
  });
});
