/** kill -9 at any moment: what was acknowledged is there, what was not is there as a whole or not at all. */
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { openDatabase, scalar } from '../../native-bridge/records/sqlite.ts';
import { openRecordsHere } from '../support/records-here.ts';
import { openedCase, startChild, temporaryFolder, type Child } from './support.ts';

// A hundred processes start and die; on a busy machine that takes its time.
vi.setConfig({ testTimeout: 300_000 });

const kills = 104;
const benches = 4;
const seed = Number(process.env['POS_BENCH_SEED'] ?? 20261123);

/** Numbers between 0 and 1, the same for the same seed (mulberry32). */
function random(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

interface Said {
  began?: string;
  reached?: string;
  phase?: string;
  noted?: string;
  ending?: string;
  ended?: string;
  correction?: string;
}

/** All that it said until it was killed after so many lines and a moment more. */
async function workUntilKilled(child: Child, lines: number, delayMs: number): Promise<Said[]> {
  const said: Said[] = [];
  const kill = () => child.process.kill('SIGKILL');
  const timer = lines === 0 ? setTimeout(kill, delayMs) : null;
  for (;;) {
    const line = await child.line().catch(() => null);
    if (line === null) break;
    said.push(JSON.parse(line) as Said);
    if (said.length === lines) setTimeout(kill, delayMs);
  }
  if (timer) clearTimeout(timer);
  await child.ended;
  return said;
}

interface Visit {
  readonly folder: string;
  readonly caseId: string;
  readonly terminalId: string;
}

/** Notes that an earlier round is known to have left; grows. */
type Notes = string[];

async function check({ folder, caseId, terminalId }: Visit, said: Said[], notes: Notes) {
  const here = openRecordsHere(folder, 'test');
  const { records } = here;
  const lock = await records.acquire(`terminal ${terminalId}`);
  await lock.release();
  const { events } = await records.getCase(caseId);
  const kept = events.flatMap((event) => (event.kind === 'note' ? [event.text] : []));
  notes.push(...said.flatMap(({ noted }) => noted ?? []));
  // One more may have been written whose acknowledgement was cut off.
  expect(kept.slice(0, notes.length)).toEqual(notes);
  expect(kept.length - notes.length).toBeLessThanOrEqual(1);
  notes.splice(0, notes.length, ...kept);
  for (const { correction } of said) {
    if (correction !== undefined) expect(await records.getCorrection(correction)).not.toBeNull();
  }
  const open = await records.listInterrupted();
  expect(open.length).toBeLessThanOrEqual(1);
  const last = said.at(-1);
  const began = said.findLast((line) => line.began !== undefined)?.began;
  if (last?.ended !== undefined) expect(open.map(({ id }) => id)).not.toContain(last.ended);
  else if (last !== undefined && last.ending === undefined) {
    expect(open).toMatchObject([{ id: began, state: 'good', program: 'worker' }]);
    if (last.reached !== undefined) expect(open[0]?.phase).toBe(last.phase);
  }
  for (const { id } of open) await records.journalEnd(id);
  await here.kill();
  return open.length;
}

it(`a process killed ${kills} times loses nothing it was told is kept (seed ${seed})`, async () => {
  let interrupted = 0;
  let acknowledged = 0;
  const bench = async (number: number) => {
    const next = random(seed + number);
    const folder = temporaryFolder();
    const first = openRecordsHere(folder, 'test');
    const visit = { folder, ...(await openedCase(first.records)) };
    await first.kill();
    const notes: Notes = [];
    for (let round = 0; round < kills / benches; round++) {
      const { caseId, terminalId } = visit;
      const child = startChild('work.ts', [folder, terminalId, caseId, String(round)]);
      // Now and then before it could say anything: in the middle of its opening.
      const lines = next() < 0.15 ? 0 : 1 + Math.floor(next() * 24);
      const said = await workUntilKilled(child, lines, lines === 0 ? next() * 700 : next() * 4);
      acknowledged += said.length;
      interrupted += await check(visit, said, notes);
    }
    const database = openDatabase(join(folder, 'records.db'), 1000);
    expect(scalar(database, 'PRAGMA integrity_check')).toBe('ok');
    database.close();
  };
  await Promise.all(Array.from({ length: benches }, (_, number) => bench(number)));
  console.log(`${kills} kills, ${acknowledged} lines said, ${interrupted} entries found open`);
  expect(interrupted).toBeGreaterThan(kills / 4);
});
