/**
 * The terminal answers again: recognise it, compare, confirm, read the flag back, restore what the
 * update lost. The same for a flash that just restarted it and for one that is taken up again at a
 * later visit. The verdict rests on what the terminal says after its restart.
 */
import { faultOf } from '../../contract/bridge-fault.ts';
import type { Fault } from '../../contract/fault.ts';
import type { FlashProgress } from '../../contract/firmware.ts';
import type { ReadingName } from '../../contract/reading.ts';
import { pause } from '../../ports/pause.ts';
import { takeReadings } from '../readings/take-readings.ts';
import { adoptFirmware } from './adopt.ts';
import { recognise } from './identity.ts';
import type { Seen } from './judge-common.ts';
import { contradicts, type FirmwareState, type StagedMethod } from './method.ts';
import { ended, type Outcome } from './outcome.ts';
import { restart } from './restart.ts';
import { enter, judged, learn, unlooked, type Run } from './run.ts';
import { otherModel, wrongModel } from './same-model.ts';
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
  run.silentMs = 0;
  await enter(run, 'reidentify');
  yield run.meter.at('reidentify', 0);
  const targetRuns = state.running?.id === run.entry.target.id;
  if (targetRuns) await learn(run, { ran: true });
  const known = yield* recognise(run, state);
  if (known === 'other') return replaced(run, run.fault);
  const seen: Seen = { ...unlooked, state, identity: known.identity };
  if (!targetRuns) return yield* earlierRuns(run, seen, known.fault);
  if (seen.identity !== 'same') return judged(run, known.fault, seen);
  const model = await otherModel(run);
  if (model) return yield* goBack(run, { ...seen, otherModel: model }, wrongModel(model));
  const lostReadings = await surelyLost(run);
  if (contradicts(state.running, run.entry.target)) {
    return yield* goBack(run, seen, contradiction(run, state));
  }
  if (lostReadings.length > 0) return yield* goBack(run, { ...seen, lostReadings }, null);
  const { method } = run;
  return method.course === 'staged' ? yield* confirm(run, method, seen) : yield* stays(run, seen);
}

/**
 * Silence is no answer: good firmware is not sent back for a line that was dead for a while. Throws
 * where the terminal says nothing at all, which is waited for like a cable that is out.
 */
async function surelyLost(run: Run): Promise<ReadingName[]> {
  const { missing, silent } = await lostSince(run);
  if (missing.length === 0 || !silent) return missing;
  await run.method.look({ timeoutMs: requestTimeoutMs });
  return (await lostSince(run)).missing;
}

/** Whether the terminal still tells what it told before; tried again while it is coming up. */
async function lostSince(run: Run): Promise<{ missing: ReadingName[]; silent: boolean }> {
  const { connection, entry, context } = run;
  // At a later visit another profile may have been chosen, which does not name them all.
  let missing = entry.vital.filter((name) => connection.profile.readings.has(name));
  let silent = false;
  for (let tries = 1; missing.length > 0; tries++) {
    if (run.unattended) run.signal.throwIfAborted();
    const deadline = AbortSignal.timeout(vitalTimeoutMs);
    const signal = run.unattended ? AbortSignal.any([deadline, run.signal]) : deadline;
    const { session, profile } = connection;
    const read = new Set<ReadingName>();
    try {
      for await (const { name, failure } of takeReadings(session, profile, missing, signal)) {
        if (failure === null) read.add(name);
        else silent ||= failure.code === 'reply-timeout';
      }
    } catch (error) {
      silent = true;
      context.log.info(`vital readings: ${faultOf(error).code}`);
    }
    if (run.unattended) run.signal.throwIfAborted();
    missing = missing.filter((name) => !read.has(name));
    if (missing.length === 0 || tries === vitalTries) break;
    await pause(vitalPauseMs);
  }
  return { missing, silent };
}

function contradiction({ entry }: Run, { running }: FirmwareState): Fault {
  const facts = { expected: entry.target.version, found: running?.version ?? '' };
  return { code: 'firmware-not-taken', facts, trace: [] };
}

/** What runs stays: there is nothing to confirm. */
async function* stays(run: Run, seen: Seen): AsyncGenerator<FlashProgress, Outcome, void> {
  const { state } = seen;
  await learn(run, { confirmed: true });
  if (state !== null) await adoptFirmware(run, state);
  yield* keepSettings(run);
  yield run.meter.at('restore', 1);
  return judged(run, null, { ...seen, settings: run.settings });
}

async function* confirm(
  run: Run,
  method: StagedMethod,
  seen: Seen,
): AsyncGenerator<FlashProgress, Outcome, void> {
  await enter(run, 'confirm');
  yield run.meter.at('confirm', 0);
  const { id } = run.entry.target;
  let fault: Fault | null = null;
  // Its trial may have ended by itself meanwhile: then there is nothing to confirm.
  const now = await method.look({ timeoutMs: requestTimeoutMs });
  if (now.running?.id === id && !now.running.confirmed) {
    try {
      await method.confirm({ timeoutMs: requestTimeoutMs });
    } catch (error) {
      // Not repeated blindly: the flag is read instead.
      fault = faultOf(error);
    }
  }
  const state = await method.look({ timeoutMs: requestTimeoutMs });
  // The old image is confirmed, too: it may have come back before it was asked.
  if (state.running?.id !== id) return yield* lookedAgain(run, state, fault ?? notConfirmed);
  if (!state.running.confirmed) return yield* goBack(run, { ...seen, state }, fault);
  await learn(run, { confirmed: true });
  await adoptFirmware(run, state);
  yield* keepSettings(run);
  yield run.meter.at('restore', 1);
  return judged(run, null, { ...seen, state, settings: run.settings });
}

/** Something else runs than a moment ago: a trial that ended, or another terminal on the line. */
async function* lookedAgain(
  run: Run,
  state: FirmwareState,
  fault: Fault,
): AsyncGenerator<FlashProgress, Outcome, void> {
  const known = yield* recognise(run, state);
  if (known === 'other') return replaced(run, run.fault);
  return yield* earlierRuns(run, { ...unlooked, state, identity: known.identity }, fault);
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
  // By itself nothing is restarted: the next step says so.
  if (!run.entry.canRevert || alreadyForGood || run.unattended) return judged(run, fault, seen);
  run.sentBack = fault;
  const { id } = run.entry.target;
  const back = yield* restart(run, 'confirm', (state) => state.running?.id !== id);
  if (!back) return judged(run, fault, { ...seen, state: null });
  if (back.running?.id === id) return yield* stayed(run, { ...seen, state: back }, fault);
  return yield* lookedAgain(run, back, fault);
}

/** It did not go back. A confirmation that came late made it stay: then all the rest is due. */
async function* stayed(
  run: Run,
  seen: Seen,
  fault: Fault,
): AsyncGenerator<FlashProgress, Outcome, void> {
  const { state } = seen;
  if (state === null) return judged(run, fault, seen);
  const known = yield* recognise(run, state);
  if (known === 'other') return replaced(run, run.fault);
  const now: Seen = { ...seen, identity: known.identity };
  if (state.running?.confirmed !== true || known.identity !== 'same') {
    return judged(run, known.fault ?? fault, now);
  }
  await learn(run, { confirmed: true });
  await adoptFirmware(run, state);
  yield* keepSettings(run);
  return judged(run, fault, { ...now, settings: run.settings });
}

/** The earlier image runs (again). What an update took away a revert does not always bring back. */
async function* earlierRuns(
  run: Run,
  seen: Seen,
  fault: Fault | null,
): AsyncGenerator<FlashProgress, Outcome, void> {
  const outcome = judged(
    run,
    fault ?? run.sentBack ?? run.stopped?.fault ?? notTaken(run, seen),
    seen,
  );
  const earlier = seen.state?.running?.id === run.entry.before.running?.id;
  // Another terminal's settings are not written to one that nobody knows.
  if (earlier && seen.identity === 'same') yield* keepSettings(run);
  return outcome;
}

function notTaken({ entry }: Run, { state }: Seen): Fault {
  const facts = { expected: entry.target.id, found: state?.running?.id ?? '' };
  return { code: 'firmware-not-taken', facts, trace: [] };
}

/** Another device in its place is not taken for it. */
export function replaced({ phase }: Run, fault: Fault | null): Outcome {
  const facts = fault?.facts ?? {};
  return ended('unknown', { key: 'flash_state_replaced', facts }, 'right-terminal', {
    fault,
    failedPhase: phase,
  });
}
