/** A visit: what it holds, when it ends; and a terminal that another program has is left as it was. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createBridge } from '../../native-bridge/bridge.ts';
import { openDatabase, scalar } from '../../native-bridge/records/sqlite.ts';
import { openBench } from '../support/bench.ts';
import { byteTerminal, connectByteTerminal } from '../support/byte-terminal.ts';

const sn = new TextEncoder().encode('B-1');
const changes = [{ key: 'a.text', value: 'plain' }];

async function worked() {
  const bench = await openBench();
  const { url } = await byteTerminal({ sn });
  const { id: terminalId } = await connectByteTerminal(bench, url);
  const correct = async () =>
    (await bench.bridge.request('applySettings', { terminalId, changes })).caseId;
  const record = (caseId: string) => bench.bridge.request('getCase', { caseId });
  return { bench, terminalId, correct, record };
}

describe('a case', () => {
  it('holds what is done in one visit', async () => {
    const { correct } = await worked();
    expect(await correct()).toBe(await correct());
  });

  it('is closed by its report, at the time of the last work', async () => {
    const { bench, correct, record } = await worked();
    const caseId = await correct();
    const asked = { caseId, format: 'json', locale: 'en' } as const;
    await bench.bridge.request('makeReport', asked);
    const { closedUtc, events } = await record(caseId);
    expect(closedUtc).toBe(events.at(-1)?.atUtc);
    expect(await correct()).not.toBe(caseId);
  });

  it('is closed when asked to, and keeps what follows under its own name', async () => {
    const { bench, terminalId, correct } = await worked();
    const caseId = await correct();
    expect((await bench.bridge.request('closeCase', { caseId })).closedUtc).not.toBeNull();
    const late = { terminalId, caseId, changes };
    expect((await bench.bridge.request('applySettings', late)).caseId).toBe(caseId);
  });

  it('that does not exist can’t be closed or reported', async () => {
    const { bench } = await worked();
    const caseId = 'none';
    const unknown = { fault: { code: 'case-unknown' } };
    await expect(bench.bridge.request('closeCase', { caseId })).rejects.toMatchObject(unknown);
    const asked = { caseId, format: 'json', locale: 'en' } as const;
    await expect(bench.bridge.request('makeReport', asked)).rejects.toMatchObject(unknown);
  });

  it('gets the undo of a correction that was made in another visit', async () => {
    const { bench, terminalId, correct } = await worked();
    const caseId = await correct();
    await bench.bridge.request('closeCase', { caseId });
    const undone = await bench.bridge.request('undoCorrection', { terminalId });
    expect(undone.caseId).not.toBe(caseId);
  });
});

it('of a terminal that another program has nothing is noted', async () => {
  const bench = await openBench();
  const { url } = await byteTerminal({ sn });
  await connectByteTerminal(bench, url);
  const copy = await byteTerminal({ sn });
  const second = await createBridge({ dataFolder: bench.dataFolder, program: 'app' });
  await expect(connectByteTerminal({ ...bench, bridge: second }, copy.url)).rejects.toMatchObject({
    fault: { code: 'terminal-owned' },
  });
  await second.close();
  const database = openDatabase(join(bench.dataFolder, 'records.db'), 1000);
  expect(scalar(database, 'SELECT group_concat(port_path) FROM terminals')).toBe(url);
  database.close();
});
