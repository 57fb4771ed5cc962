/**
 * Serves the package to the recovery. From its first block on nothing is stopped from here: how far
 * the recovery is, only it knows.
 */
import { BridgeFault } from '../../../contract/bridge-fault.ts';
import type { Sentence } from '../../../contract/common.ts';
import type { FlashProgress } from '../../../contract/firmware.ts';
import { awakeMs } from '../../awake-clock.ts';
import type { OtaFile } from '../firmware-file.ts';
import type { HandedOverMethod, HandOverProgress } from '../method.ts';
import { enter, learn, type Run } from '../run.ts';
import { everySecond } from './wait.ts';

/** Verifying it reads without a pause; so long it asks for nothing only where it has stopped. */
const readsWithinMs = 120_000;
const saidAfterMs = 5_000;

/** Throws `sideload-refused`, `reply-timeout`, and what a lost line throws. */
export async function* handOver(
  run: Run,
  method: HandedOverMethod,
  file: OtaFile,
): AsyncGenerator<FlashProgress, void, void> {
  await enter(run, 'upload');
  // Killed from here on, the next run knows that recovery may have it.
  await learn(run, { marking: true, sentBytes: 0 });
  const { sizeBytes } = file;
  yield run.meter.uploading(0, sizeBytes, null);
  const pieces = method.handOver(file);
  let at: HandOverProgress = { servedBytes: 0, installing: false };
  for (;;) {
    const step = yield* ticking(run, pieces.next(), at, sizeBytes);
    if (step.done === true) break;
    at = step.value;
    run.marks = { ...run.marks, sentBytes: at.servedBytes };
    yield run.meter.uploading(at.servedBytes, sizeBytes, waitsFor(at, run));
  }
  await learn(run, { marked: true, sentBytes: sizeBytes });
}

/** While nothing is asked for, that is said. */
async function* ticking<T>(
  run: Run,
  next: Promise<T>,
  at: HandOverProgress,
  sizeBytes: number,
): AsyncGenerator<FlashProgress, T, void> {
  const startMs = awakeMs();
  const limitMs = Math.min(readsWithinMs, installTimeoutMs(run));
  const ticks = everySecond(next);
  for (;;) {
    const tick = await ticks.next();
    if (tick.done === true) return tick.value;
    const silentMs = awakeMs() - startMs;
    if (!at.installing && silentMs >= limitMs) {
      // The recovery hears by that that nobody serves it any more.
      await run.connection.closeSession();
      throw new BridgeFault('reply-timeout', { command: 'sideload', timeoutMs: limitMs });
    }
    const said = silentMs >= saidAfterMs ? (waitsFor(at, run) ?? stopped(limitMs)) : null;
    yield run.meter.uploading(at.servedBytes, sizeBytes, said);
  }
}

function waitsFor({ installing }: HandOverProgress, run: Run): Sentence | null {
  if (!installing) return null;
  const minutes = Math.ceil(installTimeoutMs(run) / 60_000);
  return { key: 'flash_wait_install', facts: { minutes } };
}

const stopped = (limitMs: number): Sentence => ({
  key: 'flash_wait_asks_nothing',
  facts: { seconds: Math.round(limitMs / 1_000) },
});

function installTimeoutMs({ connection }: Run): number {
  return connection.profile.firmware?.installTimeoutMs ?? 900_000;
}
