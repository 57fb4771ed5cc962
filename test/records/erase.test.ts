/** Deletion of a merchant's data: the rows, the files, and the bytes on the disk. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { Backup } from '../../native-bridge/contract/backup.ts';
import { openLog } from '../../native-bridge/records/log.ts';
import type { Records } from '../../native-bridge/records/records.ts';
import { atUtc, identity, openFor, temporaryFolder } from './support.ts';

// A worker thread starts at every opening; on a busy machine that takes its time.
vi.setConfig({ testTimeout: 60_000 });

const merchant = '红灯笼面馆';
const other = 'Old Lee’s fruit';
const none = { merchant: null, serialNumber: null, beforeUtc: null };

interface Visit {
  readonly terminalId: string;
  readonly caseId: string;
}

async function visit(records: Records, serial: string, name: string | null): Promise<Visit> {
  const who = { ...identity, serialNumber: serial };
  const { id: terminalId } = await records.upsertTerminal(who, 'tcp://127.0.0.1:7000', 'code-box');
  const opened = await records.openCase({
    terminalId,
    portUrl: 'tcp://127.0.0.1:7000',
    profile: 'code-box',
    identity: who,
    merchant: name,
    symptom: null,
  });
  return { terminalId, caseId: opened.id };
}

function backupOf({ terminalId, caseId }: Visit, name: string, id: string): Backup {
  return {
    format: 1,
    id,
    terminalId,
    caseId,
    atUtc,
    reason: 'asked',
    profile: 'code-box',
    model: identity.model,
    serialNumber: null,
    firmwareVersion: null,
    values: [{ key: 'payment.merchantName', bytes: Buffer.from(name).toString('hex') }],
    reenter: [],
    unread: [],
  };
}

/** Everything that a visit leaves behind, with the merchant's name wherever it can stand. */
async function busyVisit(records: Records, serial: string, name: string): Promise<Visit> {
  const made = await visit(records, serial, name);
  const { terminalId, caseId } = made;
  await records.nameTerminal(terminalId, `${name} 前台`);
  for (let index = 0; index < 40; index++) {
    const text = `${name} ${index} ${'长'.repeat(index * 37)}`;
    await records.appendEvent(caseId, { kind: 'note', atUtc, text });
  }
  const change = { key: 'payment.merchantName', before: 'x', after: name, readBack: name };
  await records.endCorrection({
    correction: {
      id: `correction of ${serial}`,
      caseId,
      terminalId,
      atUtc,
      outcome: 'applied',
      changes: [{ ...change, secret: false, verified: true }],
      restartNeeded: false,
    },
    keep: true,
    undoes: null,
    journalId: null,
  });
  await records.saveBackup(backupOf(made, name, `backup of ${serial}`));
  const entry = { request: 'applySettings', terminalId, caseId, phase: 'apply' };
  const { id } = await records.journalBegin({ ...entry, facts: { plan: name } });
  await records.journalEnd(id);
  return made;
}

/** Files under the folder in whose bytes the text stands. */
function filesWith(folder: string, ...texts: string[]): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => {
      const bytes = readFileSync(file);
      return texts.some((text) => bytes.includes(text));
    });
}

describe('deleting a merchant’s data', () => {
  it('leaves no byte of its name in the files, while the records are still open', async () => {
    const folder = temporaryFolder();
    const records = await openFor(folder);
    await busyVisit(records, 'CB-1', merchant);
    const kept = await busyVisit(records, 'CB-2', other);
    openLog({ file: join(folder, 'logs', 'pos-bench.log') }).info(`${merchant} at CB-1`);
    const hex = Buffer.from(merchant).toString('hex');
    expect(filesWith(folder, merchant).length).toBeGreaterThan(1);

    const gone = await records.erase({ ...none, merchant });
    expect(gone).toMatchObject({
      cases: 1,
      events: 41,
      corrections: 1,
      backups: 1,
      journalEntries: 1,
      terminals: 1,
      rest: 'done',
    });
    expect(filesWith(folder, merchant, hex, 'CB-1')).toEqual([]);
    expect(await records.listCases({ merchant })).toEqual([]);
    expect((await records.getCase(kept.caseId)).events).toHaveLength(41);
    expect(await records.getBackup('backup of CB-2')).not.toBeNull();
    expect(readFileSync(join(folder, 'logs', 'pos-bench.log'), 'utf8')).toContain('*** at ***');
  });

  it('is first looked at without a change, and takes what was said', async () => {
    const records = await openFor(temporaryFolder());
    const made = await busyVisit(records, 'CB-1', merchant);
    const looked = await records.lookAtErasure({ ...none, merchant });
    expect((await records.getCase(made.caseId)).events).toHaveLength(41);
    const gone = await records.erase({ ...none, merchant });
    expect({ ...gone, rest: 'none' }).toEqual(looked);
  });

  it('keeps a terminal that another merchant’s case is of, without its name', async () => {
    const records = await openFor(temporaryFolder());
    await busyVisit(records, 'CB-1', merchant);
    const second = await visit(records, 'CB-1', other);
    const note = `was ${merchant} before`;
    await records.appendEvent(second.caseId, { kind: 'note', atUtc, text: note });
    expect(await records.erase({ ...none, merchant })).toMatchObject({
      cases: 1,
      terminals: 0,
      mentionsKept: 1,
    });
    const row = await records.upsertTerminal(
      { ...identity, serialNumber: 'CB-1' },
      'tcp://a:1',
      'p',
    );
    expect(row).toMatchObject({ id: second.terminalId, nickname: null });
  });

  it('takes a nameless case with it where the terminal has had no other merchant', async () => {
    const records = await openFor(temporaryFolder());
    await visit(records, 'CB-1', null);
    await visit(records, 'CB-1', merchant);
    const unrelated = await visit(records, 'CB-2', null);
    expect(await records.erase({ ...none, merchant })).toMatchObject({ cases: 2, terminals: 1 });
    expect((await records.listCases()).map(({ id }) => id)).toEqual([unrelated.caseId]);
  });

  it('deletes nothing while somebody has one of its terminals', async () => {
    const folder = temporaryFolder();
    const records = await openFor(folder);
    const { caseId, terminalId } = await visit(records, 'CB-1', merchant);
    const app = await openFor(folder, { program: 'app' });
    const held = await app.acquire(`terminal ${terminalId}`);
    await expect(records.erase({ ...none, merchant })).rejects.toMatchObject({
      code: 'terminal-owned',
      facts: { program: 'app', holder: 'POS Bench', pid: process.pid },
    });
    expect((await records.getCase(caseId)).merchant).toBe(merchant);
    await held.release();
    expect((await records.erase({ ...none, merchant })).cases).toBe(1);
  });

  it('deletes nothing while work runs in one of its cases', async () => {
    const records = await openFor(temporaryFolder());
    const { caseId, terminalId } = await visit(records, 'CB-1', merchant);
    await records.journalBegin({ request: 'flash', terminalId, caseId, phase: 'upload' });
    await expect(records.erase({ ...none, merchant })).rejects.toMatchObject({
      code: 'terminal-owned',
    });
    expect((await records.getCase(caseId)).merchant).toBe(merchant);
  });
});

describe('files that belong to cases', () => {
  const sha = 'ab'.repeat(32);

  async function recorded(records: Records, serial: string, name: string, file: string) {
    const made = await visit(records, serial, name);
    await records.noteRecording(made.caseId, file);
    await records.noteRecording(made.caseId, file);
    return made;
  }

  it('are noted once, and go with the last case that names them', async () => {
    const folder = temporaryFolder();
    const records = await openFor(folder);
    const own = join(folder, 'own.jsonl');
    const shared = join(folder, 'shared.jsonl');
    for (const file of [own, shared]) writeFileSync(file, 'line');
    const first = await recorded(records, 'CB-1', merchant, own);
    await recorded(records, 'CB-1', merchant, shared);
    await recorded(records, 'CB-2', other, shared);
    expect((await records.getCase(first.caseId)).events).toHaveLength(1);
    expect(await records.erase({ ...none, merchant })).toMatchObject({ recordings: [own] });
    expect([existsSync(own), existsSync(shared)]).toEqual([false, true]);
    await records.erase({ ...none, merchant: other });
    expect(existsSync(shared)).toBe(false);
  });

  it('are left alone where they are no recordings, whatever a row says', async () => {
    const folder = temporaryFolder();
    const records = await openFor(folder);
    const file = join(folder, 'accounts.xlsx');
    writeFileSync(file, 'theirs');
    await recorded(records, 'CB-1', merchant, file);
    await records.erase({ ...none, merchant });
    expect(existsSync(file)).toBe(true);
  });

  it('a copy of an image goes when no case names it any more', async () => {
    const folder = temporaryFolder();
    const records = await openFor(folder);
    const copy = join(folder, 'images', `${sha}.bin`);
    mkdirSync(join(folder, 'images'));
    writeFileSync(copy, 'image');
    for (const [serial, name] of [
      ['CB-1', merchant],
      ['CB-2', other],
    ] as const) {
      const { caseId } = await visit(records, serial, name);
      await records.appendEvent(caseId, { kind: 'image', atUtc, image: imageWith(sha) });
    }
    await records.erase({ ...none, merchant });
    expect(existsSync(copy)).toBe(true);
    expect(await records.erase({ ...none, merchant: other })).toMatchObject({ images: 1 });
    expect(existsSync(copy)).toBe(false);
  });
});

function imageWith(fileSha256: string) {
  return {
    format: 'mcuboot' as const,
    verdict: 'good' as const,
    faults: [],
    sizeBytes: 1,
    fileSha256,
    version: null,
    imageHash: null,
    hashAlgorithm: null,
    signature: { algorithm: null, state: 'unsigned' as const, keyName: null, keyHash: null },
    securityCounter: null,
    dependencies: [],
    headerSizeBytes: null,
    payloadSizeBytes: null,
    loadAddress: null,
    flags: [],
    tlvs: [],
  };
}

describe('deleting by terminal and by time', () => {
  it('takes one terminal’s cases and no other’s', async () => {
    const records = await openFor(temporaryFolder());
    await busyVisit(records, 'CB-1', merchant);
    const stays = await busyVisit(records, 'CB-2', merchant);
    expect(await records.erase({ ...none, serialNumber: 'CB-1' })).toMatchObject({ cases: 1 });
    expect((await records.listCases()).map(({ id }) => id)).toEqual([stays.caseId]);
  });

  it('takes cases in which nothing has happened since, by the last event', async () => {
    const records = await openFor(temporaryFolder());
    const { caseId } = await visit(records, 'CB-1', merchant);
    const late = '2999-01-02T00:00:00.000Z';
    await records.appendEvent(caseId, { kind: 'note', atUtc: late, text: 'late' });
    const before = async (beforeUtc: string) =>
      (await records.lookAtErasure({ ...none, beforeUtc })).cases;
    expect(await before('2000-01-01T00:00:00.000Z')).toBe(0);
    expect(await before('2999-01-01T00:00:00.000Z')).toBe(0);
    expect(await before('2999-01-03T00:00:00.000Z')).toBe(1);
  });

  it('takes nothing where nothing is said', async () => {
    const records = await openFor(temporaryFolder());
    await visit(records, 'CB-1', merchant);
    expect(await records.erase(none)).toMatchObject({ cases: 0, terminals: 0, backups: 0 });
    expect(await records.listCases()).toHaveLength(1);
  });
});
