/** One flash while it runs, or is taken up again: what its steps share. */
import { faultOf } from '../../contract/bridge-fault.ts';
import type { Fault } from '../../contract/fault.ts';
import type { FlashPhase, FlashResult } from '../../contract/firmware.ts';
import type { Connection } from '../../connections/connection.ts';
import type { Context } from '../context.ts';
import { advanceEntry } from '../journal-entry.ts';
import type { FlashEntry, FlashMarks } from './entry.ts';
import { judge } from './judge.ts';
import type { Attempt, Seen } from './judge-common.ts';
import type { FlashMethod } from './method.ts';
import type { Outcome } from './outcome.ts';
import type { FlashMeter } from './progress.ts';

export interface Run {
  readonly context: Context;
  readonly connection: Connection;
  readonly method: FlashMethod;
  readonly meter: FlashMeter;
  readonly entry: FlashEntry;
  readonly caseId: string;
  readonly journalId: string;
  /**
   * Of whoever asked for it; honoured until the image is marked, and of one that is looked at again
   * while its readings are taken.
   */
  readonly signal: AbortSignal;
  readonly swapTimeoutMs: number;
  /** Nobody watched the terminal all the time since the restart. */
  readonly late: boolean;
  /** Taken up by itself: nobody is there to be asked. */
  readonly unattended: boolean;
  /** It said who it is, or the technician did: only then are settings written to it. */
  proven: boolean;
  phase: FlashPhase;
  marks: FlashMarks;
  /** What stopped it in which step, where the terminal had to be waited for all the same. */
  stopped: { readonly fault: Fault; readonly phase: FlashPhase } | null;
  /** What recovery wrote of it. */
  recoveryText: readonly string[];
  silentMs: number;
  /** The line was lost after the restart: whoever answers now says anew who it is. */
  broke: boolean;
  /** Why it was sent back to the earlier image; null: it was not. */
  sentBack: Fault | null;
  /** Who answered in its place. */
  fault: Fault | null;
  settings: FlashResult['settings'];
}

/** From here on the flash runs to a state that can be named, whatever becomes of the records. */
export const noWayOut: ReadonlySet<FlashPhase> = new Set([
  'restart',
  'reidentify',
  'confirm',
  'restore',
]);

/** Says in the journal and to everybody where the flash is; the journal first. */
export async function enter(run: Run, phase: FlashPhase): Promise<void> {
  run.phase = phase;
  await write(run);
}

/** What was learnt, in the journal. */
export async function learn(run: Run, marks: Partial<FlashMarks>): Promise<void> {
  run.marks = { ...run.marks, ...marks };
  await write(run);
}

async function write(run: Run): Promise<void> {
  const { context, journalId, phase, marks } = run;
  try {
    await advanceEntry(context, journalId, phase, { ...marks });
  } catch (error) {
    if (!noWayOut.has(phase)) throw error;
    context.log.warn(`${phase} is not in the journal: ${faultOf(error).code}`);
  }
}

/** Nothing was seen. */
export const unlooked: Seen = {
  state: null,
  identity: 'unproven',
  lostReadings: [],
  settings: null,
};

/** The verdict on what was seen at this point of the run. */
export function judged(run: Run, fault: Fault | null, seen: Seen): Outcome {
  return judge(attemptOf(run, fault), seen);
}

function attemptOf(run: Run, fault: Fault | null): Attempt {
  const { entry, marks, late, silentMs, stopped } = run;
  const { course, file, target, before, canRevert, activatesLast, afterFlash } = entry;
  const { sentBytes, marking, marked, ran, confirmed } = marks;
  const sentFraction = file.sizeBytes === 0 ? 0 : sentBytes / file.sizeBytes;
  const phase = stopped?.phase ?? run.phase;
  const done = { phase, fault, sentFraction, marking, marked, ran, confirmed, late, silentMs };
  return { course, target, before, canRevert, activatesLast, afterFlash, ...done };
}
