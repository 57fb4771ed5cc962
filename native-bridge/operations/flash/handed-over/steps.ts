/**
 * A flash by handing a package over: into the recovery, the package, back to the system, and then
 * what runs there. Whatever stops it on the way, the terminal is waited for and looked at: it is told
 * apart from a dead one by what answers.
 */
import { faultOf } from '../../../contract/bridge-fault.ts';
import type { Fault } from '../../../contract/fault.ts';
import type { FlashProgress } from '../../../contract/firmware.ts';
import type { OtaFile } from '../firmware-file.ts';
import type { FirmwareState, HandedOverMethod } from '../method.ts';
import type { Outcome } from '../outcome.ts';
import { replaced } from '../prove.ts';
import { concludeThrough } from '../reconnect.ts';
import { judged, unlooked, type Run } from '../run.ts';
import { backInSystem } from './back-in-system.ts';
import { handOver } from './hand-over.ts';
import { enterRecovery } from './update-mode.ts';

const textTimeoutMs = 5_000;

export async function* handedOverSteps(
  run: Run,
  method: HandedOverMethod,
  file: OtaFile,
  { answering }: FirmwareState,
): AsyncGenerator<FlashProgress, Outcome, void> {
  try {
    if (answering === 'application') yield* enterRecovery(run, method);
    yield* handOver(run, method, file);
  } catch (error) {
    const fault = faultOf(error, run.signal.aborted && !run.marks.marking);
    if (fault.code === 'terminal-replaced') return replaced(run, fault);
    run.stopped = { fault, phase: run.phase };
    run.context.log.info(`${run.phase}: ${fault.code}`);
  }
  try {
    return yield* looked(run, method);
  } catch (error) {
    return judged(run, run.stopped?.fault ?? faultOf(error), unlooked);
  }
}

/** A recovery is left where it is done, or where it can have written nothing over what ran. */
async function* looked(
  run: Run,
  method: HandedOverMethod,
): AsyncGenerator<FlashProgress, Outcome, void> {
  const { marks, entry, swapTimeoutMs: timeoutMs } = run;
  await readText(run, method);
  const unwritten = !marks.marking || marks.sentBytes < entry.file.sizeBytes;
  const mayLeave = marks.marked || unwritten || entry.canRevert;
  const state = yield* backInSystem(run, method, mayLeave);
  if (state === null) {
    const silent: Fault = {
      code: 'reply-timeout',
      facts: { command: 'restart', timeoutMs },
      trace: [],
    };
    return judged(run, run.stopped?.fault ?? silent, unlooked);
  }
  await readText(run, method);
  return yield* concludeThrough(run, state);
}

async function readText(run: Run, method: HandedOverMethod): Promise<void> {
  if (!run.connection.connected || !run.marks.marking || run.recoveryText.length > 0) return;
  run.recoveryText = await method.recoveryText({ timeoutMs: textTimeoutMs });
}
