/**
 * The terminal answers again: recognise it, compare, confirm, read the flag back, restore what the
 * update lost. The same for a flash that just restarted it and for one that is taken up again at a
 * later visit. The verdict rests on what the terminal says after its restart.
 */
import { faultOf } from '../../contract/bridge-fault.ts';
import type { Fault } from '../../contract/fault.ts';
import type { FlashProgress } from '../../contract/firmware.ts';
import type { ReadingName } from '../../contract/reading.ts';
import { takeReadings } from '../readings/take-readings.ts';
import { adoptFirmware } from './adopt.ts';
import { recognise } from './identity.ts';
import type { Seen } from './judge.ts';
import type { FirmwareState } from './method.ts';
import { ended, type Outcome } from './outcome.ts';
import { restart } from './restart.ts';
import { enter, judged, learn, type Run } from './run.ts';
import { keepSettings } from './settings-kept.ts';

const requestTimeoutMs = 5_000;
/** Vital readings right after a start: the application's parts come up one after another. */
const vitalTries = 3;
const vitalPauseMs = 2_000;
const vitalTimeoutMs = 15_000;

/** `state`: what it says after its restart. */
export async function* conclude(
  run: Run,
  state: FirmwareState,
): AsyncGenerator<FlashProgress, Outcome, void> {
  await enter(run, 'reidentify');
  yield run.meter.at('reidentify', 0);
  const targetRuns = state.running?.id === run.entry.target.id;
  if (targetRuns) await learn(run, { ran: true });
  const known = yield* recognise(run, state);
  if (known === 'other') return replaced(run);
  if (!targetRuns) return yield* earlierRuns(run, state, null);
  const seen: Seen = { state, identity: known.identity, lostReadings: [] };
  if (seen.identity !== 'same') return judged(run, known.fault, seen);
  const lostReadings = await lostSince(run);
  if (lostReadings.length > 0) return yield* goBack(run, { ...seen, lostReadings }, null);
  return yield* confirm(run, seen);
}

/** Whether the terminal still tells what it told before; tried again while it is coming up. */
async function lostSince({ connection, entry, context }: Run): Promise<ReadingName[]> {
  let missing = [...entry.vital];
  for (let tries = 1; missing.length > 0; tries++) {
    const signal = AbortSignal.timeout(vitalTimeoutMs);
    const { session, profile } = connection;
    const read = new Set<ReadingName>();
    try {
      for await (const { name, failure } of takeReadings(session, profile, missing, signal)) {
        if (failure === null) read.add(name);
      }
    } catch (error) {
      context.log.info(`vital readings: ${faultOf(error).code}`);
    }
    missing = missing.filter((name) => !read.has(name));
    if (missing.length === 0 || tries === vitalTries) break;
    await new Promise((resolve) => setTimeout(resolve, vitalPauseMs));
  }
  return missing;
}

async function* confirm(run: Run, seen: Seen): AsyncGenerator<FlashProgress, Outcome, void> {
  await enter(run, 'confirm');
  yield run.meter.at('confirm', 0);
  const { method } = run;
  const { id } = run.entry.target;
  let fault: Fault | null = null;
  if (seen.state?.running?.confirmed !== true) {
    try {
      await method.confirm(id, { timeoutMs: requestTimeoutMs });
    } catch (error) {
      // Not repeated blindly: the flag is read instead.
      fault = faultOf(error);
    }
  }
  const state = await method.look({ timeoutMs: requestTimeoutMs });
  // The old image is confirmed, too: it may have come back before it was asked.
  if (state.running?.id !== id) return yield* earlierRuns(run, state, fault ?? notConfirmed);
  if (!state.running.confirmed) return yield* goBack(run, { ...seen, state }, fault);
  await adoptFirmware(run, state);
  yield* keepSettings(run);
  yield run.meter.at('restore', 1);
  return judged(run, null, { ...seen, state });
}

const notConfirmed: Fault = {
  code: 'command-refused',
  facts: { command: 'image confirm' },
  trace: [],
};

/** It is not to stay: let it revert now, and prove the revert. */
async function* goBack(
  run: Run,
  seen: Seen,
  refused: Fault | null,
): AsyncGenerator<FlashProgress, Outcome, void> {
  const lost = seen.lostReadings.length > 0;
  const fault: Fault = lost
    ? { code: 'readings-lost', facts: { readings: [...seen.lostReadings] }, trace: [] }
    : (refused ?? notConfirmed);
  const alreadyForGood = seen.state?.running?.confirmed === true;
  if (!run.entry.canRevert || alreadyForGood) return judged(run, fault, seen);
  const { id } = run.entry.target;
  const back = yield* restart(run, 'confirm', (state) => state.running?.id !== id);
  if (!back) return judged(run, fault, { ...seen, state: null });
  if (back.running?.id === id) return judged(run, fault, { ...seen, state: back });
  return yield* earlierRuns(run, back, fault);
}

/** The earlier image runs (again). What an update took away a revert does not always bring back. */
async function* earlierRuns(
  run: Run,
  state: FirmwareState,
  fault: Fault | null,
): AsyncGenerator<FlashProgress, Outcome, void> {
  const outcome = judged(run, fault ?? notTaken(run, state), {
    state,
    identity: 'same',
    lostReadings: [],
  });
  if (state.running?.id === run.entry.before.running?.id) yield* keepSettings(run);
  return outcome;
}

function notTaken({ entry }: Run, { running }: FirmwareState): Fault {
  const facts = { expected: entry.target.id, found: running?.id ?? '' };
  return { code: 'firmware-not-taken', facts, trace: [] };
}

/** Another device in its place is not taken for it. */
function replaced(run: Run): Outcome {
  const { fault } = run;
  const facts = fault?.facts ?? {};
  return ended('unknown', { key: 'flash_state_replaced', facts }, 'right-terminal', {
    fault,
    failedPhase: 'reidentify',
  });
}
