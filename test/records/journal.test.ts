import { describe, expect, it, vi } from 'vitest';
import { openFor, openedCase, startChild, temporaryFolder } from './support.ts';

// Processes of their own start within each test; on a busy machine that takes its time.
vi.setConfig({ testTimeout: 60_000 });

const flash = { request: 'flash', terminalId: null, caseId: null, phase: 'upload' };

describe('the journal', () => {
  it('calls nothing interrupted while its process lives', async () => {
    const folder = temporaryFolder();
    const running = await openFor(folder);
    await running.journalBegin(flash);
    const other = await openFor(folder);
    expect(await other.listInterrupted()).toEqual([]);
    expect(await running.listInterrupted()).toEqual([]);
  });

  it('tells what was cut off, with its last phase and facts, once its process is gone', async () => {
    const folder = temporaryFolder();
    const running = await openFor(folder, { program: 'cli' });
    const id = await running.journalBegin({ ...flash, facts: { toVersion: '2.0.0' } });
    await running.journalPhase(id, 'restart', { sentBytes: 205_976 });
    await running.close();
    const next = await openFor(folder);
    expect(await next.listInterrupted()).toMatchObject([
      {
        id,
        request: 'flash',
        phase: 'restart',
        program: 'cli',
        pid: process.pid,
        facts: { toVersion: '2.0.0', sentBytes: 205_976 },
      },
    ]);
  });

  it('tells what a killed process left', async () => {
    const folder = temporaryFolder();
    const records = await openFor(folder);
    const { caseId } = await openedCase(records);
    const child = startChild('write-events.ts', [folder, caseId]);
    await child.line();
    expect(await records.listInterrupted()).toEqual([]);
    child.process.kill('SIGKILL');
    await child.ended;
    expect(await records.listInterrupted()).toMatchObject([{ caseId, pid: child.process.pid }]);
  });

  it('forgets what was ended', async () => {
    const folder = temporaryFolder();
    const running = await openFor(folder);
    await running.journalEnd(await running.journalBegin(flash));
    await running.close();
    expect(await (await openFor(folder)).listInterrupted()).toEqual([]);
  });
});
