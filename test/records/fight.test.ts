/** Two processes that fight for one terminal and one database. */
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { trainingFirmware } from '../../native-bridge/operations/entry-points.ts';
import { openDatabase, scalar } from '../../native-bridge/records/sqlite.ts';
import { Codebox } from '../support/codebox.ts';
import { openFor, openedCase, startChild, temporaryFolder, type Child } from './support.ts';

// Processes of their own; on a busy machine that takes its time.
vi.setConfig({ testTimeout: 300_000 });

const rounds = 200;

const answer = async (child: Child) => JSON.parse(await child.line()) as Record<string, unknown>;

async function both(children: readonly Child[], command: string) {
  for (const child of children) child.tell(command);
  return await Promise.all(children.map(answer));
}

it(`in ${rounds} rounds one has it and the other is told who; both write, nothing is lost`, async () => {
  const folder = temporaryFolder();
  const records = await openFor(folder);
  const { caseId, terminalId } = await openedCase(records);
  const programs = ['app', 'cli'];
  const holders = ['POS Bench', 'pos-bench'];
  const children = programs.map((program) =>
    startChild('fight.ts', [folder, terminalId, caseId, program]),
  );
  await Promise.all(children.map(answer));
  const wins = [0, 0];
  const expected: string[] = [];
  for (let round = 0; round < rounds; round++) {
    const taken = await both(children, 'take');
    const winner = taken.findIndex(({ owned }) => owned === true);
    expect([winner, taken.filter(({ owned }) => owned === true).length]).toEqual([
      expect.toBeOneOf([0, 1]),
      1,
    ]);
    wins[winner] = (wins[winner] ?? 0) + 1;
    expect(taken[1 - winner]).toMatchObject({
      code: 'terminal-owned',
      facts: {
        program: programs[winner],
        holder: holders[winner],
        pid: children[winner]?.process.pid,
      },
    });
    const wrote = await both(children, 'write');
    expected.push(...wrote.map(({ wrote: text }) => String(text)));
    await both(children, 'release');
  }
  const { events } = await records.getCase(caseId);
  const notes = events.map((event) => (event.kind === 'note' ? event.text : ''));
  expect(notes.toSorted()).toEqual(expected.toSorted());
  expect(notes).toHaveLength(2 * rounds);
  expect(await records.journalOf(terminalId)).toEqual([]);
  const database = openDatabase(join(folder, 'records.db'), 1000);
  const count = (sql: string) => Number(scalar(database, sql));
  expect(scalar(database, 'PRAGMA integrity_check')).toBe('ok');
  expect(count('SELECT count(*) FROM journal')).toBe(2 * rounds);
  expect(count('SELECT count(*) FROM journal_steps')).toBe(4 * rounds);
  database.close();
  console.log(`${rounds} rounds; won by each: ${wins.join(' and ')}`);
});

it('two that flash one terminal at once: one flashes it, the other is refused and told who', async () => {
  const folder = temporaryFolder();
  await openFor(folder);
  const key = trainingFirmware('training-key.pub.pem');
  for (let round = 0; round < 3; round++) {
    const box = await Codebox.start(
      ...['--baud', '0', '--firmware', trainingFirmware('codebox-1.9.9-older.bin'), '--key', key],
    );
    onTestFinished(() => box.close());
    const image = trainingFirmware('codebox-2.0.0.bin');
    const children = ['app', 'cli'].map((program) =>
      startChild('flash.ts', [folder, program, box.url, image]),
    );
    await Promise.all(children.map(answer));
    const ends = await both(children, 'go');
    const winner = ends.find(({ verdict }) => verdict !== undefined);
    const other = ends.find(({ code }) => code !== undefined);
    expect(winner).toMatchObject({
      verdict: expect.stringMatching(/^done|^not-trading/u) as string,
    });
    expect(other).toMatchObject({ code: 'terminal-owned', facts: { pid: winner?.['pid'] } });
    await Promise.all(children.map(({ ended }) => ended));
    await box.close();
  }
  const database = openDatabase(join(folder, 'records.db'), 1000);
  const flashes = "SELECT count(*) FROM journal WHERE request = 'flash'";
  expect(scalar(database, flashes)).toBe(3);
  expect(scalar(database, 'PRAGMA integrity_check')).toBe('ok');
  database.close();
});
