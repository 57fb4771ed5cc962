/** Loss and jitter. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { probeHost } from '../../../native-bridge/probes/index.ts';
import { statisticsOf } from '../../../native-bridge/probes/samples.ts';

describe('samples', () => {
  it('give loss, mean and the difference from one to the next', () => {
    expect(statisticsOf([10, 30, null, 20])).toEqual({
      count: 4,
      lost: 1,
      lossPercent: 25,
      meanMs: 20,
      minMs: 10,
      maxMs: 30,
      jitterMs: 15,
      timesMs: [10, 30, null, 20],
    });
  });

  it('that are all lost have no mean', () => {
    expect(statisticsOf([null, null])).toMatchObject({
      lossPercent: 100,
      meanMs: null,
      jitterMs: null,
    });
  });

  it.runIf(process.platform === 'linux')('that the system drops are lost', async () => {
    const program = fileURLToPath(new URL('children/full-listener.ts', import.meta.url));
    const child = spawn(process.execPath, [program], { stdio: ['ignore', 'pipe', 'inherit'] });
    onTestFinished(() => void child.kill('SIGKILL'));
    const [said] = (await once(child.stdout, 'data')) as [Buffer];
    const port = Number(said.toString());
    const sampling = { count: 5, intervalMs: 20, timeoutMs: 100 };
    const probe = await probeHost(
      { host: '127.0.0.1', port, secure: false },
      { stepTimeoutMs: 1_000, largeBytes: 0, known: [], sampling },
      new AbortController().signal,
    );
    const samples = probe.steps.find(({ step }) => step === 'samples');
    expect(samples).toMatchObject({ outcome: 'failed', problem: 'lossy' });
    expect(probe.samples?.lost).toBeGreaterThanOrEqual(3);
  });
});
