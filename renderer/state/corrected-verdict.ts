/** The verdict of a flash that a later look replaced, from the events of its case. */
import type { CaseEvent } from '../../native-bridge/contract/case.ts';
import type { FlashVerdict } from '../../native-bridge/contract/firmware.ts';

export interface Given {
  readonly verdict: FlashVerdict;
  readonly atUtc: string;
}

export interface CorrectedVerdict {
  /** The one that was replaced, and when it was given. */
  readonly was: Given;
  readonly now: Given;
}

/** Of the newest flash in the case; null: its verdict stands as it was first given. */
export function correctedVerdict(events: readonly CaseEvent[]): CorrectedVerdict | null {
  const flashes = events.filter((event) => event.kind === 'flash');
  const newest = flashes.at(-1);
  if (newest === undefined) return null;
  // What was said of a flash before this one is not what it replaced.
  const first = flashes.findLastIndex(({ flash }) => !flash.corrects);
  const said = flashes
    .slice(Math.max(first, 0))
    .map(({ flash, atUtc }): Given => ({ verdict: flash.verdict, atUtc }));
  const replaced = said.findLastIndex(({ verdict }) => verdict !== newest.flash.verdict);
  const [was, now] = [said[replaced], said[replaced + 1]];
  return was === undefined || now === undefined ? null : { was, now };
}
