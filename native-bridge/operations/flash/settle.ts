/**
 * A flash that was left open (the program was killed, the terminal was silent past its deadline) is
 * settled when its terminal answers again: looked at, recognised, confirmed where everything
 * agrees, and its verdict corrected in the case. Nothing is sent and nothing is restarted by
 * itself: what remains to be done is the result's next step.
 */
import { faultOf } from '../../contract/bridge-fault.ts';
import type { FlashResult } from '../../contract/firmware.ts';
import type { Connection } from '../../connections/connection.ts';
import { ageMs } from '../age.ts';
import type { Context } from '../context.ts';
import { defaultSwapTimeoutMs } from './begin.ts';
import { endEarlier, openFlashes, readable, type OpenFlash } from './entry.ts';
import { finish } from './finish.ts';
import { isOwnBootLoader, isStillThere } from './identity.ts';
import { shown } from './flash.ts';
import { judged, unlooked, type Run } from './run.ts';
import { formats, methodFor } from './methods.ts';
import { FlashMeter } from './progress.ts';
import { conclude, replaced } from './prove.ts';

const lookTimeoutMs = 5_000;

/** The connection then says what became of it; cancelled, it waits for another time. Never throws. */
export async function settleFlash(
  context: Context,
  connection: Connection,
  signal: AbortSignal = new AbortController().signal,
): Promise<void> {
  try {
    const entries = await openFlashes(context, connection.terminalId);
    const open = entries.map((entry) => ({ entry, flash: readable(context, entry) }));
    const newest = open.findLast(({ flash }) => flash !== null);
    if (!newest?.flash) return;
    // A program that was killed while it began another left both open.
    const superseded = entries.slice(0, entries.indexOf(newest.entry));
    connection.remark({ settledFlash: await settleOne(context, connection, newest.flash, signal) });
    await endEarlier(context, superseded);
  } catch (error) {
    const fault = faultOf(error);
    context.log.warn(`open flash not settled: ${fault.code} ${JSON.stringify(fault.facts)}`);
  }
}

const pollTimeoutMs = 1_200;

/**
 * For a terminal whose line stayed open while it was silent: where it answers again, its flash is
 * settled. Costs one short request; what was settled as it is is left alone. Never throws.
 */
export async function settleIfBack(context: Context, connection: Connection): Promise<void> {
  try {
    const hold = await connection.line.acquire('poll', pollTimeoutMs);
    try {
      const state = await methodFor(connection, null).look({ timeoutMs: pollTimeoutMs });
      if (!connection.isNews(JSON.stringify(state))) return;
    } finally {
      hold.release();
    }
  } catch (error) {
    context.log.debug(`not back yet: ${faultOf(error).code}`);
    return;
  }
  await settleFlash(context, connection);
}

async function settleOne(
  context: Context,
  connection: Connection,
  open: OpenFlash,
  signal: AbortSignal,
): Promise<FlashResult> {
  const startMs = performance.now();
  const hold = await connection.use('flash', 'flashing', null, signal);
  try {
    const run = takeUp(context, connection, open, signal);
    const steps = shown(run, looks(run));
    for (;;) {
      const step = await steps.next();
      if (step.done === true) return await finish(run, step.value, performance.now() - startMs);
    }
  } finally {
    hold.release();
  }
}

function takeUp(
  context: Context,
  connection: Connection,
  open: OpenFlash,
  signal: AbortSignal,
): Run {
  const { journalId, caseId, phase, entry, sentBytes, marking, marked, ran, confirmed } = open;
  return {
    context,
    connection,
    method: methodFor(connection, formats[entry.course]),
    meter: new FlashMeter([]),
    entry,
    caseId,
    journalId,
    signal,
    swapTimeoutMs: connection.profile.firmware?.swapTimeoutMs ?? defaultSwapTimeoutMs,
    late: true,
    unattended: true,
    proven: false,
    phase,
    marks: { sentBytes, marking, marked, ran, confirmed },
    broke: false,
    sentBack: null,
    stopped: null,
    recoveryText: [],
    // A clock that was set back tells only that it was silent.
    silentMs: Math.max(1, ageMs(context, open.startedUtc)),
    fault: null,
    settings: null,
  };
}

async function* looks(run: Run): ReturnType<typeof conclude> {
  try {
    const state = await run.method.look({ timeoutMs: lookTimeoutMs, signal: run.signal });
    // Before the mark nothing that runs can have changed, and nothing is confirmed.
    const { marking, marked } = run.marks;
    if (state.running?.id === run.entry.target.id || marking || marked) {
      return yield* conclude(run, state);
    }
    const application = state.answering === 'application';
    const own = application ? await isStillThere(run) : isOwnBootLoader(run, state);
    return judged(run, null, { ...unlooked, state, identity: own ? 'same' : 'unproven' });
  } catch (error) {
    // Nobody looked to the end: nothing is known that was not known before.
    if (run.signal.aborted) throw error;
    const fault = faultOf(error);
    if (fault.code === 'terminal-replaced') return replaced(run, fault);
    return judged(run, fault, unlooked);
  }
}
