/**
 * What a start of the program looks through: the journal, for work that was cut off. 20 open entries
 * among 10,000 finished ones, beside the same 20 among 100, in one run.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../native-bridge/records/sqlite.ts';
import { openRecordsHere, type RecordsHere } from '../support/records-here.ts';

const many = 10_000;
const few = 100;
const open = 20;
const goalMs = 200;
const rounds = 15;

interface Home {
  readonly folder: string;
  here: RecordsHere;
}

export async function bench(): Promise<{ lines: string[]; ok: boolean }> {
  const homes = [await made(many), await made(few)] as const;
  try {
    const bestMs = [Infinity, Infinity];
    for (let round = 0; round < rounds; round++) {
      for (const [index, home] of homes.entries()) {
        const startMs = performance.now();
        const { length } = await home.here.records.listInterrupted();
        bestMs[index] = Math.min(bestMs[index] ?? Infinity, performance.now() - startMs);
        if (length !== open) throw new Error(`${length} entries found open instead of ${open}`);
      }
    }
    const [manyMs = Infinity, fewMs = Infinity] = bestMs;
    const ok = manyMs < goalMs;
    const ratio = (manyMs / fewMs).toFixed(2);
    return {
      lines: [
        `${open} open among ${many}: ${manyMs.toFixed(1)} ms (goal ${goalMs}) ${ok ? '✓' : '✗'}`,
        `${open} open among ${few}: ${fewMs.toFixed(1)} ms; ratio ${ratio}`,
      ],
      ok,
    };
  } finally {
    for (const { folder, here } of homes) {
      await here.kill();
      rmSync(folder, { recursive: true, force: true });
    }
  }
}

/** Records with so many finished flashes of five steps, and the open ones of a process that is gone. */
async function made(finished: number): Promise<Home> {
  const folder = mkdtempSync(join(tmpdir(), 'pos-bench-bench-'));
  const first = openRecordsHere(folder, 'cli');
  await first.kill();
  const database = openDatabase(join(folder, 'records.db'), 1000);
  const facts = JSON.stringify({ format: 1, flash: 'x'.repeat(900) });
  const begin = database.prepare(`INSERT INTO journal VALUES
    (?, 'process gone', 1, 'cli', 'flash', ?, 'case', 'backup', ?, ?, ?, 1)`);
  const step = database.prepare(`INSERT INTO journal_steps VALUES (?, ?, ?, ?, ?, ?, '{}')`);
  database.exec('BEGIN');
  for (let entry = 0; entry < finished + open; entry++) {
    const atUtc = new Date(1_767_225_600_000 + entry * 60_000).toISOString();
    // Spread over the whole: some were cut off long ago.
    const isOpen = entry % Math.floor(finished / open) === 0 && entry < finished;
    begin.run(`entry ${entry}`, `terminal ${entry % 300}`, facts, atUtc, atUtc);
    for (let seq = 1; seq <= 5; seq++) {
      step.run(`step ${entry}/${seq}`, `entry ${entry}`, seq, atUtc, 'phase', `phase ${seq}`);
    }
    if (!isOpen) step.run(`step ${entry}/6`, `entry ${entry}`, 6, atUtc, 'end', null);
  }
  database.exec('COMMIT');
  database.close();
  return { folder, here: openRecordsHere(folder, 'cli') };
}
