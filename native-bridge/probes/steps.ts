/** One step: its work timed, its end put into the contract's shape. */
import type { Facts } from '../contract/common.ts';
import type { ProbeStep, ProbeStepName } from '../contract/probe-step.ts';
import { maskSecrets } from '../protocols/masking.ts';
import { ProbeError } from './probe-error.ts';
import { okSentence, problemSentence } from './words.ts';

const maxRawCharacters = 2_048;

export interface Done<T> {
  readonly value: T;
  readonly facts: Facts;
  readonly raw: string;
}

/** `value` null: it failed. Throws what is no ProbeError: that it was cancelled. */
export async function runStep<T>(
  name: ProbeStepName,
  common: Facts,
  work: () => Promise<Done<T>>,
): Promise<{ step: ProbeStep; value: T | null }> {
  const startedMs = performance.now();
  const timeMs = () => Math.round((performance.now() - startedMs) * 10) / 10;
  try {
    const done = await work();
    const facts = { ...common, ...done.facts };
    const ended = { timeMs: timeMs(), facts, raw: shown(done.raw) };
    const what = okSentence(name, facts);
    return {
      value: done.value,
      step: { step: name, outcome: 'ok', problem: null, what, ...ended },
    };
  } catch (error) {
    if (!(error instanceof ProbeError)) throw error;
    return { value: null, step: failedStep(name, error, common, timeMs()) };
  }
}

export function failedStep(
  step: ProbeStepName,
  { problem, facts: own, raw }: Pick<ProbeError, 'problem' | 'facts' | 'raw'>,
  common: Facts,
  timeMs: number,
): ProbeStep {
  const facts = { ...common, ...own };
  const what = problemSentence(problem, facts);
  return { step, outcome: 'failed', problem, timeMs, what, facts, raw: shown(raw) };
}

export function skippedStep(step: ProbeStepName, facts: Facts): ProbeStep {
  const what = { key: 'probe_skipped', facts: {} };
  return { step, outcome: 'skipped', problem: null, timeMs: null, what, facts, raw: '' };
}

/** Masked first: half of a card number is not told from another number. */
const shown = (raw: string): string => maskSecrets(raw).slice(0, maxRawCharacters);
