/** Two programs with one data folder: the second sees that the first owns the terminal. */
import { describe, expect, it } from 'vitest';
import { createBridge } from '../../native-bridge/bridge.ts';
import { connectBox, openBench } from '../support/bench.ts';

describe('a terminal', () => {
  it('belongs to the program that has it, and the second is told who that is', async () => {
    const first = await openBench();
    const { portUrl } = await connectBox(first);
    const second = await createBridge({ dataFolder: first.dataFolder, program: 'app' });
    await expect(second.request('connect', { portUrl })).rejects.toMatchObject({
      fault: { code: 'terminal-owned', facts: { program: 'cli', pid: process.pid } },
    });
    await second.close();
  });

  it('is free again once the first lets go', async () => {
    const first = await openBench();
    const { portUrl, terminal } = await connectBox(first);
    await first.bridge.request('disconnect', { terminalId: terminal.id });
    const second = await createBridge({ dataFolder: first.dataFolder, program: 'app' });
    expect((await second.request('connect', { portUrl })).id).toBe(terminal.id);
    await second.close();
  });

  it('is known again at the next visit', async () => {
    const bench = await openBench();
    const { portUrl, terminal } = await connectBox(bench);
    await bench.bridge.request('disconnect', { terminalId: terminal.id });
    const again = await bench.bridge.request('connect', { portUrl });
    expect(again.id).toBe(terminal.id);
  });

  it('is given back when connecting to it fails', async () => {
    const bench = await openBench();
    const { portUrl } = await bench.bridge.request('startTraining', {
      baud: 0,
      faults: ['silent'],
    });
    for (const _attempt of [1, 2]) {
      await expect(bench.bridge.request('connect', { portUrl })).rejects.toMatchObject({
        fault: { code: 'port-silent' },
      });
    }
  });
});
