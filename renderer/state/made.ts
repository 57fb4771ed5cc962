/** What was made of a case, and how that ended. */
import type { Fault } from '../../native-bridge/contract/fault.ts';

export type Made = 'report' | 'summary' | 'bundle';

/** How it ended; `leftOut` only of a bundle. */
export type Outcome =
  | {
      readonly kind: 'saved';
      readonly name: string;
      readonly leftOut: readonly string[];
      /** The signature's file. */
      readonly signedAs: string | null;
      /** Why there is none. */
      readonly unsigned: Fault | null;
    }
  | { readonly kind: 'copied' }
  | { readonly kind: 'not-copied' }
  | { readonly kind: 'not-saved'; readonly fault: Fault };

/** Also in a part of it: a signature that lacks, something that was left out. */
export function hasFailed(outcome: Outcome | null): boolean {
  if (outcome?.kind === 'saved') return outcome.unsigned !== null || outcome.leftOut.length > 0;
  return outcome !== null && outcome.kind !== 'copied';
}
