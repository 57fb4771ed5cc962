/** One flash while it runs: what its steps share. */
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
}

/** Says in the journal and to everybody where the flash is; the journal first. */
export async function enter(run: Run, phase: FlashPhase): Promise<void> {
  run.phase = phase;
  await run.context.records.journalPhase(run.journalId, phase);
}
