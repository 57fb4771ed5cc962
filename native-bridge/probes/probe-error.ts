/** What went wrong with one step: a problem of the contract, its facts, and what was seen. */
import type { Facts } from '../contract/common.ts';
import type { ProbeProblem } from '../contract/probe-step.ts';

export class ProbeError extends Error {
  override readonly name = 'ProbeError';
  readonly problem: ProbeProblem;
  readonly facts: Facts;
  readonly raw: string;

  constructor(problem: ProbeProblem, facts: Facts = {}, raw = '', options?: ErrorOptions) {
    super(`${problem} ${JSON.stringify(facts)}`, options);
    this.problem = problem;
    this.facts = facts;
    this.raw = raw;
  }
}

/** The system's code of an error, of the first of several attempts too; empty: it has none. */
export function codeOf(error: unknown): string {
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  if (!(error instanceof Error) || !('code' in error)) return '';
  return typeof error.code === 'string' ? error.code : '';
}

/** Code and message, as evidence. */
export function rawOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(rawOf).join('; ').slice(0, 1_000);
  const text = error instanceof Error ? error.message : String(error);
  return text.slice(0, 500);
}
