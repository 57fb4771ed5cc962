/** Asks the terminal to restart and waits for it. */
import type { Sentence } from '../../contract/common.ts';
import type { FlashProgress } from '../../contract/firmware.ts';
import { awakeMs } from '../awake-clock.ts';
import type { FirmwareState } from './method.ts';
import { enter, type Run } from './run.ts';
import { askToRestart, waitForTerminal } from './wait-for-terminal.ts';

/**
 * Sends the reset and waits. A lost reply is no failure: what counts is what comes back. null: it
 * was silent until the deadline.
 */
export async function* restart(
  run: Run,
  phase: 'restart' | 'confirm',
  restarted: (state: FirmwareState) => boolean,
): AsyncGenerator<FlashProgress, FirmwareState | null, void> {
  await enter(run, phase);
  const waiting = waitingFor(run, phase);
  const startMs = awakeMs();
  yield run.meter.at(phase, 0, waiting);
  await askToRestart(run);
  const waits = waitForTerminal(run, run.swapTimeoutMs, restarted);
  const predictedMs = run.meter.predictedMs('restart') || run.swapTimeoutMs;
  for (;;) {
    const step = await waits.next();
    run.silentMs = awakeMs() - startMs;
    if (step.done === true) return step.value;
    // Time passed is all that can be measured: it approaches the end and never reaches it.
    yield run.meter.at(phase, 1 - Math.exp(-step.value / predictedMs), waiting);
  }
}

function waitingFor({ swapTimeoutMs }: Run, phase: 'restart' | 'confirm'): Sentence {
  if (phase === 'confirm') return { key: 'flash_wait_revert', facts: {} };
  return { key: 'flash_wait_restart', facts: { minutes: Math.ceil(swapTimeoutMs / 60_000) } };
}
