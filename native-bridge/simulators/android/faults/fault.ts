/** What a fault is, and the ways to say one in a few lines. */
import { modelNames, type ModelName } from '../models/model.ts';
import type { TerminalFault } from '../../terminal-faults.ts';

/**
 * `terminal`: true of the terminal or the world around it. `flash`: of the way a system is installed.
 * `line`: bad manners of its ADB or fastboot side.
 */
export type FaultKind = 'terminal' | 'flash' | 'line';

/**
 * How it goes away: by writing the right settings, by flashing good firmware, by installing an app,
 * or only when somebody does something about it (the control message).
 */
export type ClearedBy = 'setting' | 'firmware' | 'app' | 'control';

/**
 * A setting is addressed as `merchant/KEY`, or `global/KEY`, `secure/KEY`, `system/KEY` of Android's
 * tables (an empty value: deleted).
 */
export interface FaultInfo<Name extends string = string> extends TerminalFault<
  Name,
  FaultKind,
  ClearedBy,
  ModelName
> {
  readonly simulatesZh: string;
}

type Words = readonly [en: string, zh: string];
type Models = readonly ModelName[];

function info<const Name extends string>(
  name: Name,
  [simulates, simulatesZh]: Words,
  rest: Omit<FaultInfo, 'name' | 'simulates' | 'simulatesZh'>,
): FaultInfo<Name> {
  return { name, simulates, simulatesZh, ...rest };
}

/** True until somebody does something about it. */
export function world<const Name extends string>(
  name: Name,
  check: string | null,
  words: Words,
  models: Models = modelNames,
): FaultInfo<Name> {
  return info(name, words, { kind: 'terminal', check, clearedBy: 'control', models });
}

export function setting<const Name extends string>(
  name: Name,
  check: string,
  settings: Readonly<Record<string, string>>,
  words: Words,
  models: Models = modelNames,
): FaultInfo<Name> {
  return info(name, words, { kind: 'terminal', check, clearedBy: 'setting', settings, models });
}

/** Of an app: gone when a good one is installed or it is switched on again. */
export function app<const Name extends string>(
  name: Name,
  words: Words,
  models: Models = modelNames,
): FaultInfo<Name> {
  const check = 'acquirer-apps';
  return info(name, words, { kind: 'terminal', check, clearedBy: 'app', models });
}

/** Of the firmware that is installed. */
export function installed<const Name extends string>(
  name: Name,
  words: Words,
  models: Models = modelNames,
): FaultInfo<Name> {
  const check = 'system-version';
  return info(name, words, { kind: 'terminal', check, clearedBy: 'firmware', models });
}

export function flash<const Name extends string>(
  name: Name,
  words: Words,
  models: Models = modelNames,
): FaultInfo<Name> {
  return info(name, words, { kind: 'flash', check: null, clearedBy: 'control', models });
}

export function line<const Name extends string>(
  name: Name,
  words: Words,
  models: Models = modelNames,
): FaultInfo<Name> {
  return info(name, words, { kind: 'line', check: null, clearedBy: 'control', models });
}
