/**
 * How long a flash was predicted to take, and took: through the bridge, to a simulated code box
 * paced to three speeds.
 *
 * The first flash of a box is predicted from the line as measured and from its model's profile; each
 * has a data folder of its own, in which nothing was learnt. The flash after it, at another speed,
 * is predicted from the times of the first. A model that nobody described is told a range, and what
 * it took must lie in it.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createBridge, type Bridge } from '../../native-bridge/bridge.ts';
import { flashAllowances, type FlashPlan } from '../../native-bridge/contract/firmware.ts';
import { Codebox } from '../support/codebox.ts';

const fixture = (name: string): string =>
  fileURLToPath(new URL(`../fixtures/firmware/${name}`, import.meta.url));
const GOAL = 0.1;
const MAX_LINE_MS = 120_000;

interface Timed {
  readonly plan: FlashPlan;
  readonly tookMs: number;
  readonly uploadMs: number;
}

async function flashOnce(bridge: Bridge, baud: number, profile: string): Promise<Timed> {
  const box = await Codebox.start(
    ...['--baud', `${baud}`, '--firmware', fixture('codebox-1.9.9-older.bin')],
  );
  try {
    const terminal = await bridge.request('connect', { portUrl: box.url, profile });
    const { fileId } = await bridge.registerFile(fixture('codebox-2.0.0.bin'));
    const asked = { terminalId: terminal.id, fileId };
    const plan = await bridge.request('planFlash', asked);
    const startMs = performance.now();
    const result = await bridge.request(
      'flash',
      { ...asked, acceptedSha256: plan.image.fileSha256, allow: [...flashAllowances] },
      { signal: AbortSignal.timeout(MAX_LINE_MS) },
    );
    const tookMs = performance.now() - startMs;
    if (result.runningVersion !== '2.0.0') throw new Error(JSON.stringify(result));
    await bridge.request('disconnect', { terminalId: terminal.id });
    return { plan, tookMs, uploadMs: result.timings?.uploadMs ?? Number.NaN };
  } finally {
    await box.close();
  }
}

/** In a data folder of their own, one after the other. */
async function flashes(bauds: readonly number[], profile: string): Promise<Timed[]> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'pos-bench-flash-time-'));
  const bridge = await createBridge({ dataFolder, program: 'cli' });
  try {
    const timed: Timed[] = [];
    for (const baud of bauds) timed.push(await flashOnce(bridge, baud, profile));
    return timed;
  } finally {
    await bridge.close();
    await rm(dataFolder, { recursive: true, force: true });
  }
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;

function told(baud: number, { plan, tookMs, uploadMs }: Timed): { line: string; ok: boolean } {
  const predictedUploadMs = plan.steps.find(({ phase }) => phase === 'upload')?.predictedMs ?? 0;
  const [upload, whole] = [predictedUploadMs / uploadMs, plan.predictedMs / tookMs];
  const { rangeMs } = plan;
  const ok =
    rangeMs === undefined
      ? Math.abs(upload - 1) <= GOAL && Math.abs(whole - 1) <= GOAL
      : tookMs >= rangeMs.leastMs && tookMs <= rangeMs.mostMs;
  const range = rangeMs ? `told ${seconds(rangeMs.leastMs)} to ${seconds(rangeMs.mostMs)}` : '';
  const line = [
    `${baud}`.padStart(7),
    `times from ${plan.timesFrom ?? 'nowhere'}`.padEnd(19),
    `upload ${upload.toFixed(3)} of ${seconds(uploadMs).padStart(8)}`,
    `whole ${whole.toFixed(3)} of ${seconds(tookMs).padStart(8)}`,
    ...(range === '' ? [] : [range]),
    ok ? '✓' : '✗',
  ].join('  ');
  return { line, ok };
}

export async function bench(): Promise<{ lines: string[]; ok: boolean }> {
  const lines = [`predicted / measured, within ${GOAL * 100} %, or within the range told`];
  let ok = true;
  const runs: readonly (readonly [string, readonly number[]])[] = [
    ['training-codebox', [115_200, 921_600]],
    ['training-codebox', [460_800]],
    ['training-codebox', [921_600, 460_800]],
    ['zephyr-generic', [921_600]],
  ];
  for (const [profile, bauds] of runs) {
    lines.push(profile);
    for (const [index, timed] of (await flashes(bauds, profile)).entries()) {
      const one = told(bauds[index] ?? 0, timed);
      ok &&= one.ok;
      lines.push(one.line);
    }
  }
  return { lines, ok };
}
