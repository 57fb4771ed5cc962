/**
 * A flash by stages: sent beside what runs, verified, marked for a trial, restarted into, proven. A
 * flash of what the terminal already holds goes on where it is: a part of it, all of it, marked, or
 * running on trial.
 */
import { faultOf } from '../../contract/bridge-fault.ts';
import type { Fault } from '../../contract/fault.ts';
import type { FlashProgress } from '../../contract/firmware.ts';
import type { McubootFile } from './firmware-file.ts';
import { isOwnBootLoader, isStillThere } from './identity.ts';
import { storedWith, type FirmwareState, type StagedMethod, type Survey } from './method.ts';
import type { Outcome } from './outcome.ts';
import { conclude, replaced } from './prove.ts';
import { concludeThrough } from './reconnect.ts';
import { restart } from './restart.ts';
import { judged, unlooked, type Run } from './run.ts';
import { activate, sendImage, verifyUpload } from './send.ts';

const lookTimeoutMs = 3_000;

export async function* stagedSteps(
  run: Run,
  method: StagedMethod,
  file: McubootFile,
  found: Survey,
): AsyncGenerator<FlashProgress, Outcome, void> {
  const from = where(run, found.state);
  try {
    if (from === 'upload') {
      yield* sendImage(run, method, file, found);
      yield* verifyUpload(run);
    }
    run.signal.throwIfAborted();
    const marks = found.state.answering === 'application';
    if (marks && (from === 'upload' || from === 'activate')) yield* activate(run, method);
  } catch (error) {
    return yield* stopped(run, error);
  }
  try {
    const state = from === 'reidentify' ? found.state : yield* restarted(run);
    if (state === null) return judged(run, notBack(run), unlooked);
    return yield* concludeThrough(run, state);
  } catch (error) {
    return judged(run, faultOf(error), unlooked);
  }
}

/** Where to go on with what the terminal holds of this very image. */
function where(
  { entry }: Run,
  state: FirmwareState,
): 'upload' | 'activate' | 'restart' | 'reidentify' {
  const { id } = entry.target;
  if (state.running?.id === id) return 'reidentify';
  // A boot loader's list tells nothing of how whole an image is.
  if (state.answering === 'boot-loader') return 'upload';
  const stored = storedWith(state, id);
  if (!stored) return 'upload';
  return stored.start === 'no' ? 'activate' : 'restart';
}

function restarted(run: Run): AsyncGenerator<FlashProgress, FirmwareState | null, void> {
  const { id } = run.entry.target;
  return restart(run, 'restart', (state) => (storedWith(state, id)?.start ?? 'no') === 'no');
}

function notBack({ swapTimeoutMs: timeoutMs }: Run): Fault {
  return { code: 'reply-timeout', facts: { command: 'restart', timeoutMs }, trace: [] };
}

/** Before the restart: what the terminal holds is read, and that it is still this one. */
async function* stopped(run: Run, error: unknown): AsyncGenerator<FlashProgress, Outcome, void> {
  const fault = faultOf(error, run.signal.aborted);
  if (fault.code === 'terminal-replaced') return replaced(run, fault);
  try {
    const state = await run.method.look({ timeoutMs: lookTimeoutMs });
    // It restarted by itself and tries the new firmware: proven like any other start.
    const trial = state.running?.id === run.entry.target.id && !state.running.confirmed;
    if (trial) return yield* conclude(run, state);
    const same =
      state.answering === 'boot-loader' ? isOwnBootLoader(run, state) : await isStillThere(run);
    return judged(run, fault, { ...unlooked, state, identity: same ? 'same' : 'unproven' });
  } catch (cause) {
    const why = faultOf(cause);
    run.context.log.info(`not seen after ${fault.code}: ${why.code}`);
    return why.code === 'terminal-replaced' ? replaced(run, why) : judged(run, fault, unlooked);
  }
}
