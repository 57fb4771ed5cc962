/** The simulated counter terminal with each fault of its scanner: what the loop test finds. */
import { describe, expect, it } from 'vitest';
import type { Carrier } from '../../../native-bridge/contract/scanner.ts';
import { say } from '../../../native-bridge/wording/index.ts';
import { connectCounter, runLoop, tally } from './loop.ts';

const whole = {
  level: '4/0',
  size: '4/0',
  contrast: '3/0',
  damage: '6/0',
  rotation: '3/0',
  inverted: '1/0',
  form: '4/0',
};

interface Case {
  readonly fault: string | null;
  readonly on: Carrier;
  readonly verdict: string;
  readonly means: string;
  readonly bands: Readonly<Record<string, string>>;
}

const cases: readonly Case[] = [
  { fault: null, on: 'screen', verdict: 'good', means: 'good', bands: {} },
  { fault: null, on: 'paper', verdict: 'good', means: 'good', bands: {} },
  {
    fault: 'scanner-window-dirty',
    on: 'screen',
    verdict: 'misses',
    means: 'dirty',
    bands: { contrast: '1/2', damage: '4/2' },
  },
  {
    fault: 'scanner-illumination-dead',
    on: 'paper',
    verdict: 'misses',
    means: 'no_light',
    bands: { contrast: '0/3' },
  },
  // A screen is lit by itself: there it reads everything, and the result says what was not tested.
  { fault: 'scanner-illumination-dead', on: 'screen', verdict: 'good', means: 'good', bands: {} },
  {
    fault: 'scanner-misses-damaged',
    on: 'screen',
    verdict: 'misses',
    means: 'corrects_nothing',
    bands: { damage: '0/6' },
  },
  {
    fault: 'scanner-misses-inverted',
    on: 'screen',
    verdict: 'misses',
    means: 'inverted_setting',
    bands: { inverted: '0/1' },
  },
  {
    fault: 'scanner-limits-length',
    on: 'screen',
    verdict: 'misses',
    means: 'length',
    bands: { form: '1/3' },
  },
  // The worst of the damaged codes takes it longer than the 3 s after which it gives up.
  {
    fault: 'scanner-slow',
    on: 'screen',
    verdict: 'slow',
    means: 'slow',
    bands: { damage: '5/1' },
  },
];

describe('a counter terminal', () => {
  it.each(cases)(
    'with $fault, codes on $on: $verdict',
    async ({ fault, on, verdict, means, bands }) => {
      const counter = await connectCounter(fault === null ? [] : [fault]);
      const { test } = await runLoop(counter, { carrier: on });
      expect(test.verdict).toBe(verdict);
      expect(test.means[0]?.key).toBe(`scanner_means_${means}`);
      expect(tally(test)).toEqual({ ...whole, ...bands });
      const saysLight = test.means.some(({ key }) => key === 'scanner_means_screen_only');
      expect(saysLight).toBe(on === 'screen');
    },
  );

  it('with a dead scanner ends after five codes, and does not wait for the rest', async () => {
    const { test } = await runLoop(await connectCounter(['scanner-dead']));
    expect(test).toMatchObject({ ended: 'nothing-read', verdict: 'reads-nothing', medianMs: null });
    expect(test.codes.map(({ outcome }) => outcome)).toEqual([
      ...Array<string>(5).fill('missed'),
      ...Array<string>(20).fill('not-shown'),
    ]);
    expect(say(test.means[0] ?? { key: '', facts: {} }, 'zh-CN')).toMatch(/^一个码也没有读出/);
  });

  it('eight times as slow is judged by its median, which the profile’s threshold is for', async () => {
    const { test } = await runLoop(await connectCounter(['scanner-slow']));
    expect(test.slowMs).toBe(1000);
    expect(test.medianMs).toBeGreaterThan(1000);
    expect(test.slowestMs).toBeLessThan(3100);
  });

  it('leaves the test in the case, and the terminal at rest', async () => {
    const counter = await connectCounter();
    const { test } = await runLoop(counter);
    const { bench, bridge, terminalId } = counter;
    const { events } = await bench.time.run(bridge.request('getCase', { caseId: test.caseId }));
    expect(events).toEqual([{ kind: 'scanner-test', atUtc: test.atUtc, test }]);
    const { rows } = await bench.time.run(bridge.request('readSettings', { terminalId }));
    expect(rows.length).toBeGreaterThan(0);
  });
});
