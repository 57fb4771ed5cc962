/**
 * What stays in doubt of a check after all that was read and told: faults that could not be read, and
 * those that somebody was asked about and did not know. What an answer cleared or ruled out is
 * settled; what nobody was asked yet is no doubt but a question, and stands beside the cause as one.
 */
import type { CheckId } from '../../contract/diagnosis.ts';
import { faultsOf, type ConditionId } from '../rules/index.ts';
import type { Standing } from './standing.ts';

export interface Settled {
  readonly check: CheckId;
  /** Seen to be absent. */
  readonly cleared: readonly ConditionId[];
  /** What it decides by could not be read. */
  readonly isUnread: boolean;
}

export function leftOpen(
  { check, cleared, isUnread }: Settled,
  { absent, out, unsure }: Standing,
): ConditionId[] {
  return faultsOf(check)
    .filter((id) => isUnread || unsure.has(id))
    .filter((id) => !cleared.includes(id) && !absent.has(id) && !out.has(id));
}
