/** A plan's time against what the flash then takes, under virtual time: to the millisecond. */
import { expect, it, onTestFinished, describe } from 'vitest';
import { flashAllowances, type FlashPlan } from '../../../native-bridge/contract/firmware.ts';
import type { Options } from '../../../native-bridge/simulators/codebox/options.ts';
import { trainingFirmware } from '../../../native-bridge/operations/entry-points.ts';
import { VirtualBench, type Program } from '../../support/virtual-bench.ts';

const within = 0.1;
const longMs = 10 * 60_000;

interface Flashed {
  readonly plan: FlashPlan;
  readonly tookMs: number;
}

async function benchWith(
  boxes: Readonly<Record<string, Partial<Options>>>,
): Promise<{ bench: VirtualBench; program: Program; urls: Map<string, string> }> {
  const bench = new VirtualBench();
  onTestFinished(() => bench.end());
  const urls = new Map<string, string>();
  for (const [name, options] of Object.entries(boxes)) {
    urls.set(name, (await bench.box(name, { slotSize: 0x80000, ...options })).url);
  }
  return { bench, program: await bench.start(), urls };
}

async function flashed(
  { bench, program: { bridge } }: { bench: VirtualBench; program: Program },
  portUrl = '',
  profile?: string,
): Promise<Flashed> {
  const { time } = bench;
  const { id } = await time.run(
    bridge.request('connect', { portUrl, ...(profile === undefined ? {} : { profile }) }),
  );
  const { fileId } = await time.run(bridge.registerFile(trainingFirmware('codebox-2.0.0.bin')));
  const asked = { terminalId: id, fileId };
  const plan = await time.run(bridge.request('planFlash', asked), longMs);
  const accepted = { acceptedSha256: plan.image.fileSha256, allow: [...flashAllowances] };
  const result = await time.run(bridge.request('flash', { ...asked, ...accepted }), longMs);
  expect(result.runningVersion).toBe('2.0.0');
  return { plan, tookMs: result.durationMs };
}

describe('the first flash of a described model', () => {
  it.each([115_200, 460_800, 921_600])('at %i baud takes as long as planned', async (baud) => {
    const here = await benchWith({ a: { baud } });
    const { plan, tookMs } = await flashed(here, here.urls.get('a'));
    expect(plan).toMatchObject({ timesFrom: 'profile' });
    expect(plan.rangeMs).toBeUndefined();
    expect(Math.abs(plan.predictedMs / tookMs - 1)).toBeLessThan(within);
  });
});

describe('a model that nobody described', () => {
  it.each([
    ['quick', { eraseMs: 8, swapMs: 2_000 }],
    ['slow', { eraseMs: 85, swapMs: 12_000 }],
  ])('is told a range, and a %s one is within it', async (_, pace) => {
    const here = await benchWith({ a: { baud: 460_800, ...pace } });
    const { plan, tookMs } = await flashed(here, here.urls.get('a'), 'zephyr-generic');
    expect(plan.timesFrom).toBe('usual');
    expect(tookMs).toBeGreaterThan(plan.rangeMs?.leastMs ?? Infinity);
    expect(tookMs).toBeLessThan(plan.rangeMs?.mostMs ?? 0);
    expect(plan.steps.flatMap(({ phase, rangeMs }) => (rangeMs ? phase : []))).toEqual([
      'upload',
      'restart',
    ]);
  });
});

it('another terminal of the model has taught how long it takes', async () => {
  const slow = { baud: 460_800, swapMs: 9_000 };
  const other = { ...slow, serialNumber: 'CB2025040444' };
  const here = await benchWith({ a: slow, b: other });
  const first = await flashed(here, here.urls.get('a'));
  expect(Math.abs(first.plan.predictedMs / first.tookMs - 1)).toBeGreaterThan(within);
  const { plan, tookMs } = await flashed(here, here.urls.get('b'));
  expect(plan.timesFrom).toBe('model');
  expect(Math.abs(plan.predictedMs / tookMs - 1)).toBeLessThan(within);
});
