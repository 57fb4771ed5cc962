/**
 * A flash: plan again, back up, send, verify, activate as a trial, restart, wait, re-identify,
 * confirm, restore (design: "The life of a flash"). It is not "done" before the terminal proved it,
 * and not "failed" while it may still be coming back. Cancel is honoured until the image is marked;
 * after that the flash runs to a state that can be named.
 *
 * How it goes in between depends on who takes the firmware: the running system and its boot loader by
 * stages (staged-steps), a recovery that it is handed over to (handed-over), or a boot loader that
 * writes its partitions (fastboot).
 */
import { BridgeFault, faultOf } from '../../contract/bridge-fault.ts';
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
import { methodFor } from './methods.ts';
import type { Outcome } from './outcome.ts';
import type { Run } from './run.ts';
import { stagedSteps } from './staged-steps.ts';
import { partitionedSteps } from './fastboot/steps.ts';
import { handedOverSteps } from './handed-over/steps.ts';
import { firmwareIds } from './method.ts';

const lookTimeoutMs = 3_000;

export async function* flash(
  context: Context,
  params: Params<'flash'>,
  signal: AbortSignal,
): AsyncGenerator<Progress<'flash'>, Result<'flash'>, void> {
  const startMs = performance.now();
  const connection = context.connections.get(params.terminalId);
  const hold = await connection.use('flash', 'flashing', null, signal);
  let made: MadePlan | null = null;
  try {
    yield working('pre-flight');
    made = await preFlight(context, connection, params, signal);
    const { id: caseId } = await theCase(context, connection, params.caseId);
    yield working('backup');
    const backup = await backedUp(context, connection, { made, caseId, signal });
    const run = await begin(context, connection, { made, params, caseId, backup, signal });
    const outcome = yield* shown(run, steps(run, made));
    return await finish(run, outcome, performance.now() - startMs);
  } finally {
    hold.release();
    await made?.file.close();
  }
}

function steps(run: Run, made: MadePlan): AsyncGenerator<FlashProgress, Outcome, void> {
  const { found } = made;
  switch (made.course) {
    case 'staged':
      return stagedSteps(run, made.method, made.file, found);
    case 'handed-over':
      return handedOverSteps(run, made.method, made.file, found.state);
    case 'partitioned':
      return partitionedSteps(run, made.method, made.file, found);
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
  try {
    assertAccepted(made, params);
    return made;
  } catch (error) {
    await made.file.close();
    throw error;
  }
}

function assertAccepted({ plan }: MadePlan, { acceptedSha256, allow }: Params<'flash'>): void {
  if (plan.image.fileSha256 !== acceptedSha256) {
    throw new BridgeFault('file-changed', { expected: acceptedSha256 });
  }
  const standing = plan.blockers.filter(
    (blocker) => !(blocker.allowable && allow.includes(blocker.code)),
  );
  if (standing.length > 0) {
    throw new BridgeFault('flash-blocked', { blockers: standing.map((b) => b.code) });
  }
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
    const method = methodFor(connection, null);
    const state = await method.look({ timeoutMs: lookTimeoutMs, signal });
    // Any terminal of the model has such a boot loader: only one that holds its images is it.
    const known = firmwareIds(state).some((id) => connection.knownHashes.has(id));
    // A recovery is at the same address: of the USB device by its number, or of the network.
    const sameAddress = method.course !== 'staged';
    const taken = known || sameAddress || connection.identity.basis === 'assumed';
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
