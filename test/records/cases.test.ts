import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CaseEvent } from '../../native-bridge/contract/case.ts';
import type { Correction } from '../../native-bridge/contract/correction.ts';
import type { Diagnosis } from '../../native-bridge/contract/diagnosis.ts';
import type { FlashResult, FlashVerdict } from '../../native-bridge/contract/firmware.ts';
import type { Reading } from '../../native-bridge/contract/reading.ts';
import { openDatabase } from '../../native-bridge/records/sqlite.ts';
import { join } from 'node:path';
import { atUtc, identity, openFor, openedCase, temporaryFolder } from './support.ts';

const merchantName: Reading = {
  name: 'payment.merchantName',
  value: '红灯笼面馆',
  unit: 'none',
  atUtc,
  source: 'settings read pay/merchant_name',
  raw: '红灯笼面馆',
  failure: null,
  caveat: null,
};

const flashResult: Omit<FlashResult, 'caseId' | 'terminalId' | 'verdict' | 'corrects'> = {
  fromVersion: '1.9.9',
  toVersion: '2.0.0',
  runningVersion: null,
  runningHash: null,
  confirmed: null,
  fault: null,
  failedPhase: null,
  state: { key: 'flash_state_not_back', facts: { seconds: 180 } },
  next: { key: 'flash_next_wait', facts: {} },
  allowed: [],
  settings: null,
  fileSha256: null,
  durationMs: 1,
  sentBytes: 1,
};

describe('a case', () => {
  it('gives back its events in the order they happened', async () => {
    const records = await openFor(temporaryFolder());
    const { caseId } = await openedCase(records);
    const events: CaseEvent[] = [
      { kind: 'readings', atUtc, readings: [merchantName] },
      { kind: 'note', atUtc: '2020-01-01T00:00:00.000Z', text: 'earlier clock, later event' },
      { kind: 'note', atUtc, text: 'third' },
    ];
    for (const event of events) await records.appendEvent(caseId, event);
    expect((await records.getCase(caseId)).events).toEqual(events);
  });

  it('keeps any text as it was', async () => {
    const records = await openFor(temporaryFolder());
    const { caseId } = await openedCase(records);
    const raws: string[] = [];
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme' }), async (raw) => {
        raws.push(raw);
        await records.appendEvent(caseId, {
          kind: 'readings',
          atUtc,
          readings: [{ ...merchantName, raw }],
        });
      }),
      { numRuns: 50 },
    );
    const { events } = await records.getCase(caseId);
    expect(events.map((e) => (e.kind === 'readings' ? e.readings[0]?.raw : null))).toEqual(raws);
  });

  it('takes the merchant from the first reading of it', async () => {
    const records = await openFor(temporaryFolder());
    const { caseId } = await openedCase(records);
    await records.appendEvent(caseId, { kind: 'readings', atUtc, readings: [merchantName] });
    expect((await records.getCase(caseId)).merchant).toBe('红灯笼面馆');
  });

  it('keeps the cause after the check that proves it gone', async () => {
    const records = await openFor(temporaryFolder());
    const { caseId, terminalId } = await openedCase(records);
    const diagnosis: Omit<Diagnosis, 'cause'> = {
      caseId,
      terminalId,
      symptom: 'S3',
      atUtc,
      findings: [],
      support: null,
      cards: [],
      questions: [],
      contradictions: [],
      answers: {},
      routine: null,
      changed: [],
    };
    for (const cause of ['qr-mode', null] as const) {
      await records.appendEvent(caseId, {
        kind: 'diagnosis',
        atUtc,
        diagnosis: { ...diagnosis, findings: [], changed: [], cause },
      });
    }
    expect(await records.getCase(caseId)).toMatchObject({ symptom: 'S3', cause: 'qr-mode' });
  });

  it('has the newest verdict on its flash, marked where it replaced another', async () => {
    const records = await openFor(temporaryFolder());
    const { caseId, terminalId } = await openedCase(records);
    const told = async (verdict: FlashVerdict, corrects: boolean) => {
      const flash = { ...flashResult, caseId, terminalId, verdict, corrects };
      await records.appendEvent(caseId, { kind: 'flash', atUtc, flash });
      const { flashVerdict, flashCorrected } = await records.getCase(caseId);
      return [flashVerdict, flashCorrected];
    };
    expect(await told('unknown', false)).toEqual(['unknown', false]);
    expect(await told('unknown', true)).toEqual(['unknown', false]);
    expect(await told('not-trading', true)).toEqual(['not-trading', true]);
    expect(await told('not-trading', true)).toEqual(['not-trading', true]);
    const ids = async (flashVerdict: string) =>
      (await records.listCases({ flashVerdict })).map(({ id }) => id);
    expect(await ids('not-trading')).toEqual([caseId]);
    expect(await ids('unknown')).toEqual([]);
    // Another flash in the same visit begins anew.
    expect(await told('done', false)).toEqual(['done', false]);
  });

  it('refuses an event of another shape and writes nothing', async () => {
    const records = await openFor(temporaryFolder());
    const { caseId } = await openedCase(records);
    const wrong = { kind: 'note', atUtc: 'yesterday', text: 'x' } as const;
    await expect(records.appendEvent(caseId, wrong)).rejects.toMatchObject({ code: 'bad-request' });
    expect((await records.getCase(caseId)).events).toEqual([]);
  });

  it('that nobody opened is unknown', async () => {
    const records = await openFor(temporaryFolder());
    const event = { kind: 'note', atUtc, text: 'x' } as const;
    await expect(records.appendEvent('none', event)).rejects.toMatchObject({
      code: 'case-unknown',
      facts: { caseId: 'none' },
    });
    await expect(records.getCase('none')).rejects.toMatchObject({ code: 'case-unknown' });
  });

  it('is the current one of its terminal until it is closed', async () => {
    const records = await openFor(temporaryFolder());
    const { caseId, terminalId } = await openedCase(records);
    expect((await records.currentCase(terminalId))?.id).toBe(caseId);
    const closed = await records.closeCase(caseId);
    expect(closed.closedUtc).not.toBeNull();
    expect(await records.currentCase(terminalId)).toBeNull();
    expect((await records.closeCase(caseId)).closedUtc).toBe(closed.closedUtc);
  });

  it('drops secret values of a correction', async () => {
    const records = await openFor(temporaryFolder());
    const { caseId, terminalId } = await openedCase(records);
    await records.appendEvent(caseId, {
      kind: 'correction',
      atUtc,
      correction: secretCorrection(caseId, terminalId),
    });
    expect(JSON.stringify(await records.getCase(caseId))).not.toContain('hunter22');
  });
});

function secretCorrection(caseId: string, terminalId: string): Correction {
  return {
    id: 'c1',
    caseId,
    terminalId,
    atUtc,
    outcome: 'applied',
    changes: [
      {
        key: 'wifi/psk',
        before: 'hunter22',
        after: 'hunter22',
        readBack: 'hunter22',
        secret: true,
        verified: true,
      },
    ],
    restartNeeded: false,
  };
}

describe('events on the disk', () => {
  it.each(['UPDATE case_events SET body = 1', 'DELETE FROM case_events'])(
    'refuse %s',
    async (sql) => {
      const folder = temporaryFolder();
      const records = await openFor(folder);
      const { caseId } = await openedCase(records);
      await records.appendEvent(caseId, { kind: 'note', atUtc, text: 'kept' });
      const database = openDatabase(join(folder, 'records.db'), 1000);
      expect(() => database.exec(sql)).toThrow('append-only');
      database.close();
    },
  );
});

describe('the list of cases', () => {
  it('finds by serial number, merchant and cause, newest first', async () => {
    const records = await openFor(temporaryFolder());
    const first = await openedCase(records);
    const second = await openedCase(records);
    await records.appendEvent(second.caseId, { kind: 'readings', atUtc, readings: [merchantName] });
    const ids = async (filter: Parameters<typeof records.listCases>[0]) =>
      (await records.listCases(filter)).map((found) => found.id);
    expect(await ids({ serialNumber: identity.serialNumber })).toEqual([
      second.caseId,
      first.caseId,
    ]);
    expect(await ids({ merchant: '红灯笼面馆' })).toEqual([second.caseId]);
    expect(await ids({ cause: 'battery' })).toEqual([]);
    expect(await ids({ serialNumber: 'other' })).toEqual([]);
    expect(await ids({ limit: 1 })).toEqual([second.caseId]);
    expect(await ids({ sinceUtc: '2999-01-01T00:00:00.000Z' })).toEqual([]);
  });

  it.each([
    ["identity = '{'", 'an identity that is no JSON'],
    ["opened_utc = 'yesterday'", 'a time that is none'],
  ])('names one that is damaged and has all the others: %s', async (change) => {
    const folder = temporaryFolder();
    const records = await openFor(folder);
    const [first, broken, last] = [
      await openedCase(records),
      await openedCase(records),
      await openedCase(records),
    ];
    const database = openDatabase(join(folder, 'records.db'), 1000);
    database.exec(`UPDATE cases SET ${change} WHERE id = '${broken.caseId}'`);
    database.close();
    const listed = await records.listCases();
    expect(listed.map(({ id }) => id)).toEqual([last.caseId, first.caseId]);
    expect(await records.listDamagedCases()).toEqual([broken.caseId]);
    await expect(records.getCase(broken.caseId)).rejects.toMatchObject({ code: 'records-damaged' });
  });
});
