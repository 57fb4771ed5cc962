/** Send, verify on the terminal, mark for a trial. Until the end of this nothing that runs changes. */
import { BridgeFault, faultOf } from '../../contract/bridge-fault.ts';
import type { FlashProgress } from '../../contract/firmware.ts';
import { isStillThere } from './identity.ts';
import type { McubootFile } from './firmware-file.ts';
import { holds, storedWith, type FirmwareState, type StagedMethod, type Survey } from './method.ts';
import { enter, learn, type Run } from './run.ts';

const stateTimeoutMs = 5_000;

export async function* sendImage(
  run: Run,
  method: StagedMethod,
  file: McubootFile,
  found: Survey,
): AsyncGenerator<FlashProgress, void, void> {
  await enter(run, 'upload');
  const total = file.sizeBytes;
  const erasing = { key: 'flash_wait_erase', facts: {} };
  yield run.meter.uploading(0, total, erasing);
  for await (const sent of method.transfer(file, found, run.signal)) {
    run.marks = { ...run.marks, sentBytes: sent.offsetBytes };
    yield run.meter.uploading(sent.offsetBytes, total, sent.erasing ? erasing : null);
  }
  await learn(run, { sentBytes: total });
}

/** The terminal's own hash of what it holds must be the image's. Throws `image-hash-wrong`. */
export async function* verifyUpload(run: Run): AsyncGenerator<FlashProgress, void, void> {
  await enter(run, 'verify');
  yield run.meter.at('verify', 0);
  const state = await run.method.look({ timeoutMs: stateTimeoutMs, signal: run.signal });
  if (!holds(state, run.entry.target)) {
    const expected = run.entry.target.id;
    throw new BridgeFault('image-hash-wrong', { expected, found: 'not on the terminal' });
  }
}

/**
 * Marks the image for one trial start and reads the mark back. One that starts at the next restart
 * as it is needs no mark, and may take none: direct XIP, RAM load.
 */
export async function* activate(
  run: Run,
  method: StagedMethod,
): AsyncGenerator<FlashProgress, void, void> {
  await enter(run, 'activate');
  yield run.meter.at('activate', 0);
  const { id } = run.entry.target;
  // An adapter's port does not tell that another terminal was put on its line meanwhile.
  if (!(await isStillThere(run))) {
    throw new BridgeFault('reply-malformed', { command: 'identity.serialNumber' });
  }
  if (!starts(await method.look({ timeoutMs: stateTimeoutMs }), id)) await mark(run, method);
  await learn(run, { marked: true });
}

async function mark(run: Run, method: StagedMethod): Promise<void> {
  const { id } = run.entry.target;
  // Killed from here on, the next run knows that both are possible.
  await learn(run, { marking: true });
  try {
    await method.markForTrial(id, { timeoutMs: stateTimeoutMs });
  } catch (error) {
    // Not repeated blindly: the mark is read instead.
    if (faultOf(error).code !== 'reply-timeout') throw error;
  }
  const state = await method.look({ timeoutMs: stateTimeoutMs });
  if (!starts(state, id) && state.running?.id !== id) {
    throw new BridgeFault('command-refused', { command: 'image test' });
  }
}

function starts(state: FirmwareState, id: string): boolean {
  return (storedWith(state, id)?.start ?? 'no') !== 'no';
}
