/** A terminal's own counters, over real lines: what it keeps, what it refuses, and what it makes up. */
import { describe, expect, it } from 'vitest';
import type { Progress } from '../../native-bridge/contract/requests.ts';
import type { Script } from '../support/scripted-terminal.ts';
import { connectBox, openBench } from '../support/bench.ts';
import { recordedStatistics, startDevice, statisticsScript } from '../support/statistics-device.ts';

type StatisticsProgress = Progress<'readStatistics'>;

/** A device that does as the script says, connected. */
async function connectDevice(script: Script) {
  const bench = await openBench();
  const device = await startDevice(script);
  const terminal = await bench.bridge.request('connect', { portUrl: device.url });
  const read = (options: Parameters<typeof bench.bridge.request<'readStatistics'>>[2] = {}) =>
    bench.bridge.request('readStatistics', { terminalId: terminal.id }, options);
  return { device, terminal, read };
}

const one = (count: number | bigint) => ({ name: 'x', fields: { count } });

describe('the statistics of a terminal', () => {
  it.each(['tcp', 'pty'] as const)('are read group by group over %s', async (transport) => {
    const bench = await openBench();
    const { terminal } = await connectBox(bench, { transport });
    const progress: StatisticsProgress[] = [];
    const read = await bench.bridge.request(
      'readStatistics',
      { terminalId: terminal.id },
      { onProgress: (item) => progress.push(item) },
    );
    const names = [
      ...['battery', 'net', 'wifi', 'cell', 'vpn'],
      ...['dev', 'pay', 'qr', 'snd', 'sys'],
    ];
    expect(read).toMatchObject({ supported: true, omittedGroups: 0 });
    expect(read.groups.map(({ name }) => name)).toEqual(names);
    expect(progress).toEqual(names.map((group, at) => ({ group, number: at + 1, of: 10 })));
    const battery = read.groups[0]?.fields ?? [];
    expect(battery.map(({ name }) => name)).toContain('cycles');
    expect(battery.every(({ value }) => /^\d+$/.test(value))).toBe(true);
  });

  it('of a recorded Zephyr 3.5 are read, with what it refuses under another group’s number', async () => {
    const { read, terminal } = await connectDevice(recordedStatistics(2));
    expect(terminal.profile).toBe('zephyr-generic');
    const meaning = 'statistics/invalid-statistic-name';
    const refused = { fields: [], failure: { code: 'command-refused', facts: { meaning } } };
    expect((await read()).groups).toMatchObject([
      { name: 'flash_sim_stats', ...refused },
      { name: 'flash_sim_thresholds', ...refused },
      {
        name: 'smp_svr_stats',
        fields: [
          { name: 'ticks', value: '3' },
          { name: 's1', value: '0' },
        ],
        failure: null,
      },
    ]);
  });

  it('of a recorded Zephyr 3.5 in version 1 are read past its answers without a body', async () => {
    const { read } = await connectDevice(recordedStatistics(1));
    expect((await read()).groups).toMatchObject([
      { name: 'flash_sim_stats', failure: { code: 'reply-malformed' } },
      { name: 'flash_sim_thresholds', failure: { code: 'reply-malformed' } },
      { name: 'smp_svr_stats', fields: [{ name: 'ticks', value: '3' }, { name: 's1' }] },
    ]);
  });

  it('that it does not keep are no fault', async () => {
    const { read } = await connectDevice((request, device) => device.reply(request, { rc: 8 }));
    expect(await read()).toMatchObject({ supported: false, groups: [], omittedGroups: 0 });
  });

  it('are counted to 64 bits', async () => {
    const most = 2n ** 64n - 1n;
    const { read } = await connectDevice(statisticsScript(['x'], () => one(most)));
    expect((await read()).groups[0]?.fields).toEqual([
      { name: 'count', value: '18446744073709551615' },
    ]);
  });

  it('have bounds, and what is beyond them is said', async () => {
    const names = Array.from({ length: 70 }, (_, index) => `group ${index}`);
    const fields = Object.fromEntries(names.concat(names.map((n) => `${n}b`)).map((n) => [n, 1]));
    const script = statisticsScript(names, (name) => ({ name, fields }));
    const { read, device } = await connectDevice(script);
    const { groups, omittedGroups } = await read();
    expect([groups.length, omittedGroups]).toEqual([64, 6]);
    expect([groups[0]?.fields.length, groups[0]?.omittedFields]).toEqual([128, 12]);
    const asked = device.requests.filter(({ header: { group, id } }) => group === 2 && id === 0);
    expect(asked).toHaveLength(64);
  });
});

describe('a hostile name', () => {
  const hostile = 'rx\u001b[2J\u202e \npsk=hunter22\u0007';

  it('is asked for as it is, and shown without what it would do', async () => {
    const script = statisticsScript([hostile], (name) => ({ name, fields: { [hostile]: 1 } }));
    const { read, device } = await connectDevice(script);
    const shown = 'rx psk=***';
    expect((await read()).groups).toEqual([
      { name: shown, fields: [{ name: shown, value: '1' }], omittedFields: 0, failure: null },
    ]);
    expect(device.requests.at(-1)?.body.get('name')).toBe(hostile);
  });

  it('of a value that is none does not stand in the fault either', async () => {
    const script = statisticsScript(['x'], (name) => ({ name, fields: { [hostile]: 'text' } }));
    const { read } = await connectDevice(script);
    const failure = (await read()).groups[0]?.failure;
    expect(failure).toMatchObject({ code: 'reply-malformed', facts: { field: 'rx psk=***' } });
    expect(JSON.stringify(failure)).not.toMatch(/hunter22|\\u001b|\u202e/);
  });

  it('that is longer than any is not asked for', async () => {
    const script = statisticsScript(['x'.repeat(5000), 'y'], () => one(1));
    const { read, device } = await connectDevice(script);
    expect((await read()).groups).toMatchObject([
      { name: 'x'.repeat(128), failure: { code: 'reply-malformed' } },
      { name: 'y', failure: null },
    ]);
    expect(device.received.reduce((sum, { length }) => sum + length, 0)).toBeLessThan(2000);
  });

  it('that is listed twice is asked for once', async () => {
    const { read } = await connectDevice(statisticsScript(['x', 'x'], () => one(1)));
    expect((await read()).groups).toHaveLength(1);
  });
});

describe('reading statistics', () => {
  it('is cancelled between two groups, and the line is free again', async () => {
    const script = statisticsScript(['x', 'mute'], (name) => (name === 'x' ? one(1) : null));
    const { read, device } = await connectDevice(script);
    const stop = new AbortController();
    const onProgress = ({ number }: StatisticsProgress) => {
      if (number === 2) stop.abort();
    };
    await expect(read({ onProgress, signal: stop.signal })).rejects.toMatchObject({
      fault: { code: 'cancelled' },
    });
    device.become(statisticsScript(['x'], () => one(2)));
    expect((await read()).groups).toMatchObject([{ fields: [{ value: '2' }] }]);
  });

  it('is cancelled while a group does not answer', async () => {
    const stop = new AbortController();
    const script = statisticsScript(['mute'], () => {
      stop.abort();
      return null;
    });
    const { read } = await connectDevice(script);
    await expect(read({ signal: stop.signal })).rejects.toMatchObject({
      fault: { code: 'cancelled' },
    });
  });

  it('ends when the cable is pulled in the middle', async () => {
    const script = statisticsScript(['x', 'y', 'z'], (name, terminal) => {
      if (name === 'x') return one(1);
      terminal.hangUp();
      return null;
    });
    const { read, device } = await connectDevice(script);
    await expect(read()).rejects.toMatchObject({ fault: { code: 'port-vanished' } });
    expect(device.requests.at(-1)?.body.get('name')).toBe('y');
  });

  it('goes past one group without an answer, and ends at the second in a row', async () => {
    const answering = new Set(['a', 'c']);
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const { read, device } = await connectDevice(
      statisticsScript(names, (name) => (answering.has(name) ? one(1) : null)),
    );
    await expect(read()).rejects.toMatchObject({
      fault: { code: 'reply-timeout', facts: { command: 'statistics/group' } },
    });
    expect(device.requests.at(-1)?.body.get('name')).toBe('e');
  }, 30_000);
});
