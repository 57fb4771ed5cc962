/**
 * How long ago something was. The computer's clock may be set while the program runs (a flat battery,
 * then the network's time), and an age taken from it would be a day or negative: the first time that a
 * moment is met its age is the clock's, from then on the computer's time since its start is added, which
 * counts its sleep and which nobody sets.
 */
import os from 'node:os';
import type { Context } from './context.ts';

interface Met {
  readonly ageMs: number;
  readonly uptimeMs: number;
}
/** A visit's cases, backups and journal entries are a handful. */
const mostMet = 1_000;
const byProgram = new WeakMap<Context['records'], Map<string, Met>>();
const uptimeMs = (): number => os.uptime() * 1_000;

/** Negative where the clock was set back before this program met it. */
export function ageMs({ records }: Pick<Context, 'records'>, utc: string): number {
  const met = byProgram.get(records) ?? new Map<string, Met>();
  byProgram.set(records, met);
  const before = met.get(utc);
  if (before) {
    // What is asked for again and again is not the oldest.
    met.delete(utc);
    met.set(utc, before);
    return before.ageMs + uptimeMs() - before.uptimeMs;
  }
  const [oldest] = met.keys();
  if (met.size >= mostMet && oldest !== undefined) met.delete(oldest);
  const age = Date.now() - Date.parse(utc);
  met.set(utc, { ageMs: age, uptimeMs: uptimeMs() });
  return age;
}
