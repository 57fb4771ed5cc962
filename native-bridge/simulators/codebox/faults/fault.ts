/** What a fault is, and the ways to say one in a line. */
import { modelNames, type ModelName } from '../models/model.ts';
import type { TerminalFault } from '../../terminal-faults.ts';

/** `terminal`: true of the device or the world around it. `line`: of the cable, the port or the way firmware is taken. */
export type FaultKind = 'terminal' | 'line';

/**
 * How it goes away: writing the right settings over SMP, flashing good firmware, or only when
 * somebody does something about it (the control message).
 */
export type ClearedBy = 'setting' | 'firmware' | 'control';

export type FaultInfo<Name extends string = string> = TerminalFault<
  Name,
  FaultKind,
  ClearedBy,
  ModelName
>;

/** True until somebody does something about it. */
export function world<const Name extends string>(
  name: Name,
  check: string | null,
  simulates: string,
  models: readonly ModelName[] = modelNames,
): FaultInfo<Name> {
  return { name, simulates, kind: 'terminal', check, clearedBy: 'control', models };
}

export function setting<const Name extends string>(
  name: Name,
  check: string,
  settings: Readonly<Record<string, string>>,
  simulates: string,
  models: readonly ModelName[] = modelNames,
): FaultInfo<Name> {
  return { name, simulates, kind: 'terminal', check, clearedBy: 'setting', settings, models };
}

/** Of the firmware that is installed. */
export function installed<const Name extends string>(
  name: Name,
  check: string,
  simulates: string,
  models: readonly ModelName[] = modelNames,
): FaultInfo<Name> {
  return { name, simulates, kind: 'terminal', check, clearedBy: 'firmware', models };
}

export function line<const Name extends string>(name: Name, simulates: string): FaultInfo<Name> {
  return { name, simulates, kind: 'line', check: null, clearedBy: 'control', models: modelNames };
}
