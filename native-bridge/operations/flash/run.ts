/** One flash while it runs: what its steps share. */
import { faultOf } from '../../contract/bridge-fault.ts';
import type { FlashPhase } from '../../contract/firmware.ts';
import type { Connection } from '../../connections/connection.ts';
import type { Context } from '../context.ts';
import type { MadePlan } from './plan-flash.ts';
import type { FlashMeter } from './progress.ts';

export interface Run {
  readonly context: Context;
  readonly connection: Connection;
  readonly made: MadePlan;
  readonly meter: FlashMeter;
  readonly signal: AbortSignal;
  readonly journalId: string;
  sentBytes: number;
  phase: FlashPhase;
  /** What was last seen running. */
  seenVersion: string;
}

/** From here on the flash runs to a state that can be named, whatever becomes of the records. */
const noWayOut: ReadonlySet<FlashPhase> = new Set(['restart', 'reidentify', 'confirm']);

/** Says in the journal and to everybody where the flash is; the journal first. */
export async function enter(run: Run, phase: FlashPhase): Promise<void> {
  run.phase = phase;
  const { records, log } = run.context;
  try {
    await records.journalPhase(run.journalId, phase);
  } catch (error) {
    if (!noWayOut.has(phase)) throw error;
    log.warn(`${phase} is not in the journal: ${faultOf(error).code}`);
  }
}
