/** A window of samples over a line that a test holds in its hand, under virtual time. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Reading, ReadingName } from '../../../native-bridge/contract/reading.ts';
import {
  takeAndTell,
  type Taken,
} from '../../../native-bridge/operations/readings/take-readings.ts';
import type { SmpMessage } from '../../../native-bridge/protocols/smp/command.ts';
import { SmpSession } from '../../../native-bridge/sessions/smp/smp-session.ts';
import type { ReadingSource, Sampling } from '../../../native-bridge/terminals/profile-source.ts';
import type { Profile } from '../../../native-bridge/terminals/profile.ts';
import { ScriptedLine } from '../../support/scripted-line.ts';
import { VirtualTime } from '../../support/virtual-time.ts';

type Fields = Readonly<Record<string, unknown>>;
type How = readonly [group: string, field: string, sample: Sampling | null];

const time = new VirtualTime();
let end: () => void;
beforeEach(() => {
  end = time.install();
});
afterEach(() => end());

const statistics = ([group, field, sample]: How): ReadingSource => ({
  source: { from: 'smp-statistics', group, field },
  type: 'decimal',
  unit: 'milliseconds',
  scale: 1,
  offset: 0,
  none: ['0'],
  map: new Map(),
  sample,
  fact: null,
});

/** A line whose statistics are as `fields` says of the group asked for; null: no answer. */
function setUp(
  readings: Readonly<Partial<Record<ReadingName, How>>>,
  fields: (group: string, times: number) => Fields | null,
  replyAfterMs?: number,
) {
  const asked = new Map<string, number>();
  const line = new ScriptedLine(({ body }: SmpMessage) => {
    const name = body.get('name');
    const group = typeof name === 'string' ? name : '';
    const times = asked.get(group) ?? 0;
    asked.set(group, times + 1);
    const found = fields(group, times);
    return found && { rc: 0, name: group, fields: found };
  }, replyAfterMs);
  const session = SmpSession.open(line);
  const entries = Object.entries(readings) as [ReadingName, How][];
  const profile = {
    readings: new Map(entries.map(([name, how]) => [name, statistics(how)])),
  } as unknown as Profile;
  const cancel = new AbortController();
  const take = async (seen: (taken: Taken) => void = () => undefined) => {
    const read: Reading[] = [];
    const names = entries.map(([name]) => name);
    for await (const taken of takeAndTell(session, profile, names, cancel.signal)) {
      seen(taken);
      if ('reading' in taken) read.push(taken.reading);
    }
    return read;
  };
  return { line, asked, take, cancel };
}

const every = (everyMs: number, forMs: number, as: Sampling['as']): Sampling => ({
  forMs,
  everyMs,
  as,
});

describe('a window of samples', () => {
  it('is told before it begins, and lasts as long as it was said to', async () => {
    const { take } = setUp(
      {
        'network.latencyMs': ['net', 'rtt', every(1000, 5000, 'mean')],
        'network.jitterMs': ['net', 'rtt', every(500, 2000, 'spread')],
        'battery.millivolts': ['battery', 'mv', null],
      },
      (_, times) => ({ rtt: 30 + 10 * (times % 2), mv: 3900 }),
    );
    const said: Taken[] = [];
    const times: number[] = [];
    const readings = await time.run(
      take((taken) => {
        said.push(taken);
        times.push(time.nowMs);
      }),
    );
    expect(readings.map(({ name }) => name)).toEqual([
      'battery.millivolts',
      'network.latencyMs',
      'network.jitterMs',
    ]);
    const [told] = said.flatMap((taken) => ('sampling' in taken ? [taken.sampling] : []));
    expect(told?.names).toEqual(['network.latencyMs', 'network.jitterMs']);
    const startMs = times[said.findIndex((taken) => 'sampling' in taken)] ?? NaN;
    expect(Date.parse(told?.untilUtc ?? '') - Date.now()).toBeCloseTo(startMs + 5000 - time.nowMs);
    expect((times.at(-1) ?? 0) - startMs).toBeGreaterThanOrEqual(5000);
    expect((times.at(-1) ?? 0) - startMs).toBeLessThan(5100);
  });

  it('reads each at its interval, the end included, and asks once for those of one command', async () => {
    const { take, asked } = setUp(
      {
        'network.latencyMs': ['net', 'rtt', every(1000, 5000, 'mean')],
        'network.jitterMs': ['net', 'rtt', every(500, 5000, 'spread')],
        'wifi.rssiDbm': ['wifi', 'rssi', every(2500, 5000, 'worst')],
      },
      (group, times) => (group === 'net' ? { rtt: 30 + 10 * (times % 2) } : { rssi: times + 1 }),
    );
    const [latency, jitter, rssi] = await time.run(take());
    expect([...asked]).toEqual([
      ['net', 11],
      ['wifi', 3],
    ]);
    expect(latency).toMatchObject({
      value: 30,
      raw: '30, 30, 30, 30, 30, 30',
      source: 'SMP stat net (6 samples in 5 s)',
      failure: null,
    });
    expect(jitter).toMatchObject({ value: 10, source: 'SMP stat net (11 samples in 5 s)' });
    expect(rssi).toMatchObject({ value: 3, raw: '1, 2, 3' });
  });

  it('skips what a slow line missed and ends when it was said to', async () => {
    const { take, asked } = setUp(
      { 'network.latencyMs': ['net', 'rtt', every(100, 1000, 'mean')] },
      () => ({ rtt: 5 }),
      350,
    );
    const startMs = time.nowMs;
    const [latency] = await time.run(take());
    expect(asked.get('net')).toBe(3);
    expect(latency?.source).toBe('SMP stat net (3 samples in 1 s)');
    expect(time.nowMs - startMs).toBeLessThan(2000);
  });

  it('goes on past samples that can’t be read, and shows where they were', async () => {
    const { take } = setUp(
      { 'network.latencyMs': ['net', 'rtt', every(1000, 4000, 'worst')] },
      (_, times) => (times === 1 ? {} : { rtt: times === 2 ? 0 : 20 + times }),
    );
    const [latency] = await time.run(take());
    expect(latency).toMatchObject({
      value: 24,
      raw: '20, [reply-malformed], –, 23, 24',
      failure: null,
    });
  });

  it('needs two samples that say something', async () => {
    const { take } = setUp(
      { 'network.latencyMs': ['net', 'rtt', every(1000, 2000, 'mean')] },
      (_, times) => ({ rtt: times === 0 ? 30 : 0 }),
    );
    const [latency] = await time.run(take());
    expect(latency).toMatchObject({
      value: null,
      raw: '30, –, –',
      failure: { code: 'samples-too-few', facts: { samples: 1, needed: 2 } },
    });
  });

  it('over what is not there just now finds that there is none', async () => {
    const { take } = setUp(
      { 'wifi.rssiDbm': ['wifi', 'rssi', every(1000, 2000, 'worst')] },
      () => ({ rssi: 0 }),
    );
    const [rssi] = await time.run(take());
    expect(rssi).toMatchObject({ value: null, raw: '–, –, –', failure: null });
  });

  it('of a terminal that says nothing ends in time, unread for that reason', async () => {
    const { take } = setUp(
      {
        'network.latencyMs': ['net', 'rtt', every(1000, 5000, 'mean')],
        'wifi.rssiDbm': ['wifi', 'rssi', every(1000, 5000, 'worst')],
      },
      () => null,
    );
    const startMs = time.nowMs;
    const readings = await time.run(take());
    expect(time.nowMs - startMs).toBeLessThanOrEqual(6100);
    expect(readings.map(({ failure }) => failure?.code)).toEqual([
      'reply-timeout',
      'reply-timeout',
    ]);
  });

  it('ends at once when it is cancelled between two samples', async () => {
    const { take, cancel } = setUp(
      { 'network.latencyMs': ['net', 'rtt', every(2000, 60_000, 'mean')] },
      () => ({ rtt: 30 }),
    );
    const startMs = time.nowMs;
    setTimeout(() => cancel.abort(), 5000);
    await expect(time.run(take())).rejects.toMatchObject({ fault: { code: 'cancelled' } });
    expect(time.nowMs - startMs).toBe(5000);
  });

  it('ends at once when the port goes between two samples', async () => {
    const { take, line } = setUp(
      { 'network.latencyMs': ['net', 'rtt', every(2000, 60_000, 'mean')] },
      () => ({ rtt: 30 }),
    );
    const startMs = time.nowMs;
    setTimeout(() => line.vanish(), 5000);
    await expect(time.run(take())).rejects.toMatchObject({ fault: { code: 'port-vanished' } });
    expect(time.nowMs - startMs).toBe(5000);
  });
});
