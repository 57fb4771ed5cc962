/**
 * How long a flash was predicted to take, and took: through the bridge, to a simulated code box
 * paced to three speeds, in one data folder. The first flash only teaches what can't be measured
 * before: how long this terminal takes to erase and to swap.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createBridge, type Bridge } from '../../native-bridge/bridge.ts';
import { Codebox } from '../support/codebox.ts';

const fixture = (name: string): string =>
  fileURLToPath(new URL(`../fixtures/firmware/${name}`, import.meta.url));
const GOAL = 0.1;
const MAX_LINE_MS = 120_000;

interface Timed {
  readonly predictedMs: number;
  readonly tookMs: number;
  readonly predictedUploadMs: number;
  readonly uploadMs: number;
}

async function flashOnce(bridge: Bridge, baud: number): Promise<Timed> {
  const box = await Codebox.start(
    ...['--baud', `${baud}`, '--firmware', fixture('codebox-1.9.9-older.bin')],
  );
  try {
    const terminal = await bridge.request('connect', { portUrl: box.url });
    const { fileId } = await bridge.registerFile(fixture('codebox-2.0.0.bin'));
    const asked = { terminalId: terminal.id, fileId };
    const plan = await bridge.request('planFlash', asked);
    const startMs = performance.now();
    const result = await bridge.request(
      'flash',
      { ...asked, acceptedSha256: plan.image.fileSha256 },
      { signal: AbortSignal.timeout(MAX_LINE_MS) },
    );
    const tookMs = performance.now() - startMs;
    if (result.verdict !== 'done') throw new Error(JSON.stringify(result));
    const predictedUploadMs = plan.steps.find(({ phase }) => phase === 'upload')?.predictedMs ?? 0;
    await bridge.request('disconnect', { terminalId: terminal.id });
    return {
      predictedMs: plan.predictedMs,
      tookMs,
      predictedUploadMs,
      uploadMs: result.timings?.uploadMs ?? Number.NaN,
    };
  } finally {
    await box.close();
  }
}

export async function bench(): Promise<{ name: string; lines: string[]; ok: boolean }> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'pos-bench-flash-time-'));
  const bridge = await createBridge({ dataFolder, program: 'cli' });
  const lines = [`predicted / measured, within ${GOAL * 100} %`];
  let ok = true;
  try {
    for (const baud of [921_600, 115_200, 460_800, 921_600]) {
      const teaches = lines.length === 1;
      const { predictedMs, tookMs, predictedUploadMs, uploadMs } = await flashOnce(bridge, baud);
      const [upload, whole] = [predictedUploadMs / uploadMs, predictedMs / tookMs];
      const isGood = Math.abs(upload - 1) <= GOAL && Math.abs(whole - 1) <= GOAL;
      if (!teaches && !isGood) ok = false;
      const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`.padStart(8);
      lines.push(
        [
          `${baud}`.padStart(7),
          `upload ${upload.toFixed(3)} of ${seconds(uploadMs)}`,
          `whole ${whole.toFixed(3)} of ${seconds(tookMs)}`,
          teaches ? 'first flash, teaches' : isGood ? '✓' : '✗',
        ].join('  '),
      );
    }
  } finally {
    await bridge.close();
    await rm(dataFolder, { recursive: true, force: true });
  }
  return { name: 'Predicted time of a flash', lines, ok };
}
