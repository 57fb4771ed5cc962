/**
 * The write-ahead log cut at every hundredth byte, as a power cut may leave it: the records open, and
 * hold what had been written up to some moment, whole and in order.
 */
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { prepareDatabase } from '../../native-bridge/records/migrate.ts';
import { openDatabase, scalar } from '../../native-bridge/records/sqlite.ts';
import { openRecordsHere } from '../support/records-here.ts';
import { openedCase, startChild, temporaryFolder } from './support.ts';

vi.setConfig({ testTimeout: 300_000 });

/** Rows of journal, steps, events and corrections. */
type Rows = readonly [journal: number, steps: number, events: number, corrections: number];

const grows: Readonly<Record<string, Rows>> = {
  began: [1, 0, 0, 0],
  reached: [0, 1, 0, 0],
  noted: [0, 0, 1, 0],
  ended: [0, 1, 1, 1],
};

/** What the tables hold after each write, from none on. */
function states(writes: readonly string[]): string[] {
  let rows: Rows = [0, 0, 0, 0];
  return [String(rows)].concat(
    writes.map((write) => {
      const more = grows[write] ?? [0, 0, 0, 0];
      rows = [rows[0] + more[0], rows[1] + more[1], rows[2] + more[2], rows[3] + more[3]];
      return String(rows);
    }),
  );
}

function stateOf(file: string): string {
  const database = openDatabase(file, 0);
  try {
    prepareDatabase(database, file);
    const count = (table: string) => Number(scalar(database, `SELECT count(*) FROM ${table}`));
    return ['journal', 'journal_steps', 'case_events', 'corrections'].map(count).join(',');
  } finally {
    database.close();
  }
}

it('a torn log: every cut opens to a whole moment of the past, and the whole log to the last one', async () => {
  const folder = temporaryFolder();
  const first = openRecordsHere(folder, 'test');
  const { caseId, terminalId } = await openedCase(first.records);
  await first.kill();
  const child = startChild('work.ts', [folder, terminalId, caseId, '0']);
  const writes: string[] = [];
  while (writes.length < 8) {
    const kind = Object.keys(JSON.parse(await child.line()) as object)[0] ?? '';
    if (kind !== 'ending') writes.push(kind);
  }
  child.process.kill('SIGKILL');
  await child.ended;
  // What was under way when it was killed may be there too.
  const order = ['began', 'reached', 'noted', 'reached', 'noted', 'ended'];
  const later = [0, 1, 2].map((n) => order[(writes.length + n) % order.length] ?? '');
  const known = states([...writes, ...later]);

  const wal = readFileSync(join(folder, 'records.db-wal'));
  // Thousands of databases: in memory where the system offers it.
  const place = existsSync('/dev/shm') ? '/dev/shm' : folder;
  const torn = mkdtempSync(join(place, 'pos-bench-torn-'));
  onTestFinished(() => rmSync(torn, { recursive: true, force: true }));
  let before = 0;
  let cuts = 0;
  const moments = new Set<number>();
  for (let bytes = 0; bytes <= wal.length; bytes = bytes + 100) {
    rmSync(torn, { recursive: true, force: true });
    mkdirSync(torn);
    copyFileSync(join(folder, 'records.db'), join(torn, 'records.db'));
    writeFileSync(join(torn, 'records.db-wal'), wal.subarray(0, bytes));
    const moment = known.indexOf(stateOf(join(torn, 'records.db')));
    expect(moment, `cut at ${bytes}`).toBeGreaterThanOrEqual(before);
    before = moment;
    moments.add(moment);
    cuts++;
  }
  expect(statSync(join(folder, 'records.db-wal')).size).toBe(wal.length);
  expect(known.indexOf(stateOf(join(folder, 'records.db')))).toBeGreaterThanOrEqual(writes.length);
  expect(moments.size).toBeGreaterThan(writes.length / 2);
  console.log(`${cuts} cuts of ${wal.length} bytes opened to ${moments.size} moments`);
});
