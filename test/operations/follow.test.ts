/** Following readings while somebody looks, what earlier visits read, and a terminal's name. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Followed } from '../../native-bridge/contract/follow.ts';
import { connectBox, openBench, type Bench } from '../support/bench.ts';
import { VirtualBench } from '../support/virtual-bench.ts';

/** What `watchReadings` tells, one after the other; `stop` ends it. */
function watched({ bridge }: Pick<Bench, 'bridge'>, terminalId: string) {
  const told: Followed[] = [];
  const waiting: (() => void)[] = [];
  const controller = new AbortController();
  const ended = bridge.request(
    'watchReadings',
    { terminalId },
    {
      signal: controller.signal,
      onProgress: (progress) => {
        told.push(progress);
        waiting.splice(0).forEach((wake) => wake());
      },
    },
  );
  const next = async (is: (progress: Followed) => boolean): Promise<Followed> => {
    for (;;) {
      const at = told.findIndex(is);
      const found = told[at];
      if (found) {
        told.splice(0, at + 1);
        return found;
      }
      await new Promise<void>((wake) => waiting.push(wake));
    }
  };
  return { next, ended, stop: () => controller.abort() };
}

function recordings(): string {
  const folder = mkdtempSync(join(tmpdir(), 'pos-bench-recordings-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const isRound = ({ readings }: Followed) => readings.length > 0;

describe('readings that are followed', () => {
  it('are those that change by themselves, and are no work that is shown', async () => {
    const bench = await openBench();
    const { terminal } = await connectBox(bench);
    const { next, stop, ended } = watched(bench, terminal.id);
    const { readings, rests, everyMs } = await next(isRound);
    expect(readings.map(({ name }) => name)).toContain('battery.levelPercent');
    expect(readings.map(({ name }) => name)).not.toContain('identity.serialNumber');
    expect({ rests, everyMs }).toEqual({ rests: null, everyMs: 5_000 });
    stop();
    expect(await ended).toEqual({});
    const { cases } = await bench.bridge.request('listCases', {});
    expect(cases).toEqual([]);
  });

  it('rest while other work has the line, and say so', async () => {
    const bench = await openBench();
    const { terminal } = await connectBox(bench);
    const { next, stop } = watched(bench, terminal.id);
    await next(isRound);
    const reading = bench.bridge.request('readTerminal', { terminalId: terminal.id });
    expect((await next(({ rests }) => rests !== null)).rests?.key).toBe('follow_rests_busy');
    await reading;
    await next(({ rests }) => rests === null);
    stop();
  });

  it('leave a terminal alone that is being recorded', async () => {
    const bench = await openBench(recordings());
    const { terminal } = await connectBox(bench);
    const { next, stop } = watched(bench, terminal.id);
    const { readings, rests } = await next(() => true);
    expect([readings, rests?.key]).toEqual([[], 'follow_rests_recorded']);
    stop();
  });

  it('call a terminal silent until it answers again, whatever else happens meanwhile', async () => {
    const bench = new VirtualBench();
    onTestFinished(() => bench.end());
    const [{ url }, other] = [await bench.box('a'), await bench.box('b', { serialNumber: 'B-2' })];
    const { bridge } = await bench.start();
    const { id: terminalId } = await bench.time.run(bridge.request('connect', { portUrl: url }));
    const told: (string | null)[] = [];
    const controller = new AbortController();
    const { signal } = controller;
    const onProgress = ({ readings, rests }: Followed) =>
      told.push(readings.length > 0 ? 'live' : (rests?.key ?? null));
    bench.tap(url, () => true);
    const ended = bridge.request('watchReadings', { terminalId }, { signal, onProgress });
    await bench.time.pass(10_000);
    await bench.time.run(bridge.request('connect', { portUrl: other.url }));
    expect(told).toEqual(['follow_rests_silent']);
    bench.tap(url, () => false);
    await bench.time.run(bridge.request('readTerminal', { terminalId }));
    await bench.time.pass(1_000);
    expect(told.splice(0)).toEqual([
      'follow_rests_silent',
      'follow_rests_busy',
      'follow_rests_silent',
    ]);
    await bench.time.pass(60_000);
    expect(new Set(told)).toEqual(new Set(['live']));
    controller.abort();
    expect(await bench.time.run(ended)).toEqual({});
  });

  it('end with the connection', async () => {
    const bench = await openBench();
    const { terminal } = await connectBox(bench);
    const { next, ended } = watched(bench, terminal.id);
    await next(isRound);
    await bench.bridge.request('disconnect', { terminalId: terminal.id });
    expect(await ended).toEqual({});
  });
});

it('each visit adds one value of each reading to the curve over all visits', async () => {
  const bench = await openBench();
  const { terminal } = await connectBox(bench);
  const terminalId = terminal.id;
  for (let visit = 0; visit < 2; visit++) {
    await bench.bridge.request('readTerminal', { terminalId });
    const [open] = (await bench.bridge.request('listCases', {})).cases;
    await bench.bridge.request('closeCase', { caseId: open?.id ?? '' });
  }
  const { visits, limits } = await bench.bridge.request('readHistory', { terminalId });
  const levels = visits.map(({ values }) =>
    values.filter((v) => v.name === 'battery.levelPercent'),
  );
  expect(levels.map((each) => each.length)).toEqual([1, 1]);
  const times = levels.flat().map(({ atUtc }) => atUtc);
  expect(times).toEqual([...times].sort());
  expect(limits.batteryWarnPercent).toBeGreaterThan(limits.batteryFailPercent);
});

describe('a name that the technician gives', () => {
  it('is there at once, at the next connection and in the list of cases', async () => {
    const bench = await openBench();
    const { terminal, portUrl } = await connectBox(bench);
    const terminalId = terminal.id;
    const asked = { terminalId, nickname: '  2 号\u202e收银台 ' };
    const kept = { nickname: '2 号收银台' };
    expect(await bench.bridge.request('nameTerminal', asked)).toEqual(kept);
    const { terminal: now } = await bench.bridge.request('readTerminal', { terminalId });
    expect(now).toMatchObject(kept);
    await bench.bridge.request('disconnect', { terminalId });
    expect(await bench.bridge.request('connect', { portUrl })).toMatchObject(kept);
    expect((await bench.bridge.request('listCases', {})).cases).toMatchObject([kept]);
  });

  it('goes away again where it is emptied', async () => {
    const bench = await openBench();
    const { terminal } = await connectBox(bench);
    await bench.bridge.request('nameTerminal', { terminalId: terminal.id, nickname: 'A' });
    await bench.bridge.request('nameTerminal', { terminalId: terminal.id, nickname: ' ' });
    const asked = { terminalId: terminal.id, names: [] };
    expect((await bench.bridge.request('readTerminal', asked)).terminal.nickname).toBeNull();
  });
});
