/** The command line. */
import { parseArgs } from 'node:util';
import { parseFault } from './faults.ts';

export interface Options {
  /** How late an answer is with the faults slow and uneven. */
  readonly slowMs: number;
  /** How far the Date header is off with the fault wrong-clock. */
  readonly clockOffMs: number;
  /** Where the training CA's certificate is written; null: nowhere. */
  readonly caFile: string | null;
  readonly faults: readonly string[];
  readonly listFaults: boolean;
}

/** A command line that can't be used; the message says why. */
export class UsageError extends Error {}

const HOUR_MS = 3_600_000;
const text = { type: 'string' } as const;
const declared = {
  'slow-ms': text,
  'clock-off-hours': text,
  'ca-file': text,
  faults: text,
  'list-faults': { type: 'boolean' },
} as const;

export function parseOptions(args: readonly string[]): Options {
  const values = parse(args);
  const number = (name: 'slow-ms' | 'clock-off-hours', fallback: number, min: number): number => {
    const given = values[name];
    if (given === undefined) return fallback;
    const value = Number(given);
    if (given === '' || !Number.isFinite(value) || value < min) {
      throw new UsageError(`--${name} wants a number from ${min}, not ${given}`);
    }
    return value;
  };
  return {
    slowMs: number('slow-ms', 2_500, 0),
    clockOffMs: number('clock-off-hours', 7, -24 * 366) * HOUR_MS,
    caFile: values['ca-file'] ?? null,
    faults: faultNames(values.faults ?? ''),
    listFaults: values['list-faults'] === true,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: declared }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function faultNames(list: string): string[] {
  const names = list.split(',').filter((name) => name !== '');
  const unknown = names.filter((name) => parseFault(name) === null);
  if (unknown.length > 0) throw new UsageError(`no such fault: ${unknown.join(', ')}`);
  return names;
}
