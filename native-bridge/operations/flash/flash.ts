/**
 * A flash: plan again, back up, send, verify, activate as a trial, restart, wait, re-identify,
 * confirm, restore (design: "The life of a flash"). It is not "done" before the terminal proved it,
 * and not "failed" while it may still be coming back. Cancel is honoured until the image is marked;
 * after that the flash runs to a state that can be named.
 *
 * A flash of what the terminal already holds goes on where it is: a part of it, all of it, marked,
 * or running on trial.
 */
import { BridgeFault, faultOf } from '../../contract/bridge-fault.ts';
import type { Fault } from '../../contract/fault.ts';
import type { FlashPhase, FlashProgress } from '../../contract/firmware.ts';
import type { Params, Progress, Result } from '../../contract/requests.ts';
import type { Connection } from '../../connections/connection.ts';
import { takeBackup } from '../backups/take-backup.ts';
import type { Context } from '../context.ts';
import { onlyBootLoader, proveSameTerminal } from '../same-terminal.ts';
import { theCase } from '../the-case.ts';
import { begin } from './begin.ts';
import { finish } from './finish.ts';
import { makePlan, type MadePlan } from './plan-flash.ts';
import { conclude, replaced } from './prove.ts';
import { concludeThrough } from './reconnect.ts';
import { isOwnBootLoader, isStillThere } from './identity.ts';
import { methodFor } from './methods.ts';
import type { Outcome } from './outcome.ts';
import { restart } from './restart.ts';
import { judged, unlooked, type Run } from './run.ts';
import { activate, sendImage, verifyUpload } from './send.ts';
import { firmwareIds, type FirmwareState, storedWith } from './method.ts';

const lookTimeoutMs = 3_000;

export async function* flash(
  context: Context,
  params: Params<'flash'>,
  signal: AbortSignal,
): AsyncGenerator<Progress<'flash'>, Result<'flash'>, void> {
  const startMs = performance.now();
  const connection = context.connections.get(params.terminalId);
  const hold = await connection.use('flash', 'flashing', null, signal);
  try {
    yield working('pre-flight');
    const made = await preFlight(context, connection, params, signal);
    const { id: caseId } = await theCase(context, connection, params.caseId);
    yield working('backup');
    const backup = await backedUp(context, connection, { made, caseId, signal });
    const run = await begin(context, connection, { made, params, caseId, backup, signal });
    const outcome = yield* shown(run, steps(run, made));
    return await finish(run, outcome, performance.now() - startMs);
  } finally {
    hold.release();
  }
}

/** A boot loader has no settings to tell. */
async function backedUp(
  context: Context,
  connection: Connection,
  { made, caseId, signal }: { made: MadePlan; caseId: string; signal: AbortSignal },
): ReturnType<typeof takeBackup> {
  if (made.found.state.answering === 'boot-loader') return null;
  return await takeBackup(context, connection, caseId, 'before-flash', signal);
}

/** Shown while the terminal is asked, which takes seconds on a slow line. */
function working(phase: FlashPhase): FlashProgress {
  return {
    phase,
    fraction: 0,
    sentBytes: null,
    totalBytes: null,
    bytesPerSecond: null,
    remainingMs: null,
    waitingFor: null,
    question: null,
    cancellable: true,
    keepConnected: false,
  };
}

/** Everything again at the moment of flashing: the same file, the same terminal, no new blocker. */
async function preFlight(
  context: Context,
  connection: Connection,
  params: Params<'flash'>,
  signal: AbortSignal,
): Promise<MadePlan> {
  await provenOrBootLoader(context, connection, signal);
  const made = await makePlan(context, connection, params.fileId, params.keyFileIds, signal);
  if (made.plan.image.fileSha256 !== params.acceptedSha256) {
    throw new BridgeFault('file-changed', { expected: params.acceptedSha256 });
  }
  const standing = made.plan.blockers.filter(
    (blocker) => !(blocker.allowable && params.allow.includes(blocker.code)),
  );
  if (standing.length > 0) {
    throw new BridgeFault('flash-blocked', { blockers: standing.map((b) => b.code) });
  }
  return made;
}

/**
 * A boot loader in its place has no number to tell: it is flashed as one that is only assumed, which
 * the plan says. An upload that was cut off leaves nothing in it to know it by.
 */
async function provenOrBootLoader(
  context: Context,
  connection: Connection,
  signal: AbortSignal,
): Promise<void> {
  try {
    await proveSameTerminal(context, connection, signal);
  } catch (error) {
    if (faultOf(error).code !== 'terminal-unproven') throw error;
    const state = await methodFor(connection).look({ timeoutMs: lookTimeoutMs, signal });
    // Any terminal of the model has such a boot loader: only one that holds its images is it.
    const known = firmwareIds(state).some((id) => connection.knownHashes.has(id));
    const taken = known || connection.identity.basis === 'assumed';
    if (state.answering === 'application' || !taken) throw error;
    onlyBootLoader(connection);
  }
}

/**
 * Shows each step's progress at the terminal's card as well, and adds what a reader needs that comes
 * in between: the plan, and since when it waits.
 */
export async function* shown(
  { connection, entry, meter }: Run,
  progress: AsyncGenerator<FlashProgress, Outcome, void>,
): AsyncGenerator<FlashProgress, Outcome, void> {
  const toVersion = entry.target.version;
  const detail = { key: 'activity_flashing', facts: { version: toVersion } };
  const plan = { toVersion, steps: [...meter.steps] };
  let wait = { of: '', sinceUtc: '' };
  for (;;) {
    const step = await progress.next();
    if (step.done === true) return step.value;
    const { phase, waitingFor, question, fraction } = step.value;
    const of = `${phase} ${waitingFor?.key ?? ''}`;
    if (of !== wait.of) wait = { of, sinceUtc: new Date().toISOString() };
    connection.report('flashing', question ?? waitingFor ?? detail, fraction);
    yield { ...step.value, plan, ...(waitingFor && { waitingSinceUtc: wait.sinceUtc }) };
  }
}

async function* steps(run: Run, made: MadePlan): AsyncGenerator<FlashProgress, Outcome, void> {
  const from = where(run, made.found.state);
  try {
    if (from === 'upload') {
      yield* sendImage(run, made.file, made.found);
      yield* verifyUpload(run);
    }
    run.signal.throwIfAborted();
    const marks = made.found.state.answering === 'application';
    if (marks && (from === 'upload' || from === 'activate')) yield* activate(run);
  } catch (error) {
    return yield* stopped(run, error);
  }
  try {
    const state = from === 'reidentify' ? made.found.state : yield* restarted(run);
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
