/** A case whose rows somebody else wrote: they fit the contract, and mean harm. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import type { CaseEvent } from '../../native-bridge/contract/case.ts';
import { openRecords } from '../../native-bridge/records/records.ts';
import { openDatabase } from '../../native-bridge/records/sqlite.ts';
import { putRight } from '../records/report-cases.ts';
import { openedCase, temporaryFolder } from '../records/support.ts';
import { bridgeIn } from '../support/bench.ts';
import { readZip } from '../support/read-zip.ts';

// A worker thread starts at every opening; on a busy machine that takes its time.
vi.setConfig({ testTimeout: 60_000 });

const card = 6222021234567894;
const escape = '\u001b[2J\u202e<script>';

/** Its photo stands elsewhere and is as wide as a card's number; its answers are no questions'. */
function harmful(event: CaseEvent): CaseEvent {
  if (event.kind === 'evidence' && event.evidence.form === 'photo') {
    const photo = { ...event.evidence.photo, name: escape, widthPixels: card, sizeBytes: -1 };
    return { ...event, evidence: { ...event.evidence, id: '../../../../etc/passwd', photo } };
  }
  if (event.kind !== 'diagnosis') return { ...event, atUtc: '9999-12-31T23:59:59.999Z' };
  const text = { key: 'constructor', facts: { value: card } };
  const asked = { id: 'constructor', kind: 'check', how: null, check: null } as const;
  const questions = [{ ...asked, text, choices: [], answer: escape }];
  const answers = { constructor: 'toString', 'exact-words': escape };
  return {
    ...event,
    atUtc: '0000-01-01T00:00:00.000Z',
    diagnosis: { ...event.diagnosis, questions, answers },
  };
}

async function harmfulCase() {
  const folder = temporaryFolder();
  const records = await openRecords({ dataFolder: folder });
  const { caseId } = await openedCase(records);
  await records.close();
  execFileSync('mkfifo', [join(folder, 'pipe')]);
  const files = [join(folder, 'pipe'), '/dev/zero', '/etc/passwd', 'a\u0000b', folder];
  const recordings = files.map((file) => {
    return { kind: 'recording', atUtc: '1960-01-01T00:00:00.000Z', file } as const;
  });
  const database = openDatabase(join(folder, 'records.db'), 5_000);
  const insert = database.prepare(
    'INSERT INTO case_events (id, case_id, seq, at_utc, kind, body) VALUES (?, ?, ?, ?, ?, ?)',
  );
  for (const [at, event] of [...putRight().events.map(harmful), ...recordings].entries()) {
    insert.run(`${caseId}${at}`, caseId, at, event.atUtc, event.kind, JSON.stringify(event));
  }
  database.close();
  return { bridge: await bridgeIn(folder), caseId };
}

it('it is shown, reported and bundled all the same, and nothing of it works', async () => {
  const { bridge, caseId } = await harmfulCase();
  const { text } = await bridge.request('makeReport', { caseId, format: 'html', locale: 'en' });
  expect(text).not.toMatch(/<script|[\u202a-\u202e]|(?!\n)\p{Cc}/u);
  const summary = { caseId, format: 'summary', locale: 'zh-CN' } as const;
  expect((await bridge.request('makeReport', summary)).text).not.toMatch(/(?!\n)\p{Cc}/u);
  expect((await bridge.request('listCases', {})).cases).toHaveLength(1);

  const { bytes, manifest } = await bridge.request('makeBundle', { caseId });
  expect(manifest.leftOut.map(({ reason }) => reason)).toContain('unreadable');
  for (const [path, content] of await readZip(bytes)) {
    expect([path, content.includes(String(card)), content.includes('root:')]).toEqual([
      path,
      false,
      false,
    ]);
  }
});
