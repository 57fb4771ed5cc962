/**
 * A flash, the straight way: plan again, upload, verify, activate as a trial, restart, wait,
 * re-identify, confirm (design: "The life of a flash"). It is not "done" before the terminal
 * proved it, and not "failed" while it may still be coming back. Cancel is honoured until the
 * image is marked; after that the flash runs to a state that can be named.
 */
import { BridgeFault, faultOf } from '../../contract/bridge-fault.ts';
import type { FlashProgress, FlashResult } from '../../contract/firmware.ts';
import type { Params, Progress, Result } from '../../contract/requests.ts';
import type { Connection } from '../../connections/connection.ts';
import type { Context } from '../context.ts';
import { isSameTerminal } from '../same-terminal.ts';
import { theCase } from '../the-case.ts';
import { outcomeBeforeRestart } from './look.ts';
import { FlashMeter } from './progress.ts';
import { makePlan, type MadePlan } from './plan-flash.ts';
import { ended, type Outcome } from './outcome.ts';
import { proveAndConfirm } from './prove.ts';
import type { Run } from './run.ts';
import { activate, sendImage, verifyUpload } from './send.ts';

export async function* flash(
  context: Context,
  params: Params<'flash'>,
  signal: AbortSignal,
): AsyncGenerator<Progress<'flash'>, Result<'flash'>, void> {
  const startMs = performance.now();
  const connection = context.connections.get(params.terminalId);
  const hold = await connection.use('flash', 'flashing', null, signal);
  try {
    yield lookingFirst;
    const made = await preFlight(context, connection, params, signal);
    const { id: caseId } = await theCase(context, connection, params.caseId);
    await note(context, caseId, { kind: 'image', image: made.plan.image });
    const journalId = await context.records.journalBegin({
      request: 'flash',
      terminalId: connection.terminalId,
      caseId,
      phase: 'pre-flight',
      facts: { version: made.plan.toVersion, hash: made.plan.image.imageHash ?? '' },
    });
    const meter = new FlashMeter(made.plan.steps);
    const run: Run = {
      context,
      connection,
      made,
      meter,
      signal,
      journalId,
      sentBytes: 0,
      phase: 'upload',
      seenVersion: made.plan.fromVersion ?? '',
    };
    const outcome = yield* shown(run, steps(run));
    const result = resultOf(run, caseId, params.allow, outcome, performance.now() - startMs);
    return await recorded(run, result);
  } finally {
    hold.release();
  }
}

/** Shown while the plan is made again, which takes seconds on a slow line. */
const lookingFirst: FlashProgress = {
  phase: 'pre-flight',
  fraction: 0,
  sentBytes: null,
  totalBytes: null,
  bytesPerSecond: null,
  remainingMs: null,
  waitingFor: null,
  cancellable: true,
  keepConnected: false,
};

/** What is on the terminal is said even where it can't be written down; the fault says that then. */
async function recorded(run: Run, result: FlashResult): Promise<FlashResult> {
  const { context, journalId } = run;
  try {
    await note(context, result.caseId, { kind: 'flash', flash: result });
    await context.records.journalEnd(journalId);
    return result;
  } catch (error) {
    const fault = faultOf(error);
    context.log.warn(`the flash is not in the case: ${fault.code}`);
    return { ...result, fault: result.fault ?? fault };
  }
}

/** Everything again at the moment of flashing: the same file, the same terminal, no new blocker. */
async function preFlight(
  context: Context,
  connection: Connection,
  params: Params<'flash'>,
  signal: AbortSignal,
): Promise<MadePlan> {
  await isSameTerminal(connection, signal);
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
 * Shows each step's progress at the terminal's card as well, and adds what a reader needs that comes
 * in between: the plan, and since when it waits.
 */
async function* shown(
  run: Run,
  progress: AsyncGenerator<FlashProgress, Outcome, void>,
): AsyncGenerator<FlashProgress, Outcome, void> {
  const { connection, made } = run;
  const { toVersion, steps: planned } = made.plan;
  const detail = { key: 'activity_flashing', facts: { version: toVersion } };
  let wait = { of: '', sinceUtc: '' };
  for (;;) {
    const step = await progress.next();
    if (step.done === true) return step.value;
    const { phase, waitingFor, fraction } = step.value;
    const of = `${phase} ${waitingFor?.key ?? ''}`;
    if (of !== wait.of) wait = { of, sinceUtc: new Date().toISOString() };
    connection.report('flashing', waitingFor ?? detail, fraction);
    const plan = { toVersion, steps: planned };
    yield { ...step.value, plan, ...(waitingFor && { waitingSinceUtc: wait.sinceUtc }) };
  }
}

async function* steps(run: Run): AsyncGenerator<FlashProgress, Outcome, void> {
  try {
    yield* sendImage(run);
    yield* verifyUpload(run);
    run.signal.throwIfAborted();
    yield* activate(run);
  } catch (error) {
    const { plan, file } = run.made;
    return await outcomeBeforeRestart(run.connection, {
      fault: faultOf(error, run.signal.aborted),
      phase: run.phase,
      fromVersion: plan.fromVersion ?? '',
      newHash: plan.image.imageHash ?? '',
      sentFraction: run.sentBytes / file.bytes.length,
      before: run.made.found.state,
    });
  }
  try {
    return yield* proveAndConfirm(run);
  } catch (error) {
    const facts = { version: run.seenVersion };
    return ended('unknown', { key: 'flash_state_unreachable', facts }, 'reconnect', {
      fault: faultOf(error),
      failedPhase: run.phase,
    });
  }
}

type Noted =
  { kind: 'image'; image: MadePlan['plan']['image'] } | { kind: 'flash'; flash: FlashResult };

async function note(context: Context, caseId: string, event: Noted): Promise<void> {
  await context.records.appendEvent(caseId, { ...event, atUtc: new Date().toISOString() });
}

function resultOf(
  run: Run,
  caseId: string,
  allow: readonly string[],
  outcome: Outcome,
  durationMs: number,
): FlashResult {
  const { plan } = run.made;
  return {
    caseId,
    terminalId: run.connection.terminalId,
    verdict: outcome.verdict,
    fromVersion: plan.fromVersion,
    toVersion: plan.toVersion,
    runningVersion: outcome.running?.version ?? null,
    runningHash: outcome.running?.hash ?? null,
    confirmed: outcome.confirmed,
    fault: outcome.fault,
    failedPhase: outcome.failedPhase,
    state: outcome.state,
    next: outcome.next,
    allowed: plan.blockers.map((b) => b.code).filter((code) => allow.includes(code)),
    durationMs: Math.round(durationMs),
    sentBytes: run.sentBytes,
  };
}
