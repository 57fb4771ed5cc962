/**
 * One of two that want the same terminal. Reads commands from stdin, a line each: `take` answers
 * what became of it, `write` writes to journal and case whoever owns it, `release` gives it back.
 * Arguments: data folder, terminal, case, program.
 */
import { createInterface } from 'node:readline';
import {
  openRecords,
  RecordsError,
  type Ownership,
} from '../../../native-bridge/records/records.ts';

const [dataFolder = '', terminalId = '', caseId = '', program = ''] = process.argv.slice(2);
const records = await openRecords({ dataFolder, program });
let owned: Ownership | null = null;
let round = 0;

async function take(): Promise<object> {
  try {
    owned = await records.acquire(`terminal ${terminalId}`);
    return { owned: true };
  } catch (error) {
    if (!(error instanceof RecordsError)) throw error;
    return { owned: false, code: error.code, facts: error.facts };
  }
}

async function write(): Promise<object> {
  const entry = { request: 'flash', terminalId, caseId, phase: 'upload' };
  const { id } = await records.journalBegin(entry);
  await records.journalPhase(id, 'restart', { round });
  const text = `${program} ${round++}`;
  await records.appendEvent(caseId, { kind: 'note', atUtc: new Date().toISOString(), text });
  await records.journalEnd(id);
  return { wrote: text };
}

async function release(): Promise<object> {
  await owned?.release();
  owned = null;
  return { released: true };
}

const commands = new Map([
  ['take', take],
  ['write', write],
  ['release', release],
]);
console.log(JSON.stringify({ ready: true }));
for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(await commands.get(line)?.()));
}
await records.close();
