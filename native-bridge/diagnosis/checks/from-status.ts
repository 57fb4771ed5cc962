/**
 * Checks of what a status service says where a profile names one, and of what the merchant's app
 * shows where none does: one reading whose words stand for conditions, and a question for the rest.
 */
import type { Sentence } from '../../contract/common.ts';
import type { ReadingName } from '../../contract/reading.ts';
import { look, observePlain, outcome, type Look } from '../check.ts';
import { entryOf } from '../entry-of.ts';
import { fromReadings } from '../evidence.ts';
import type { CheckInput } from '../input.ts';
import type { ConditionId } from '../rules/index.ts';
import type { Seen } from '../seen.ts';
import { sentence } from '../../wording/index.ts';

export interface StatusSource {
  readonly reading: ReadingName;
  /** The reading's words; any other than these and `well` is no word at all. */
  readonly conditions: Readonly<Partial<Record<string, ConditionId>>>;
  readonly well: readonly string[];
  readonly fine: Sentence;
  /** Where only answers tell: that all is well. */
  readonly toldWell: Sentence;
  /** What the reading does not tell and is to be asked; null: nothing. */
  readonly beyond: Sentence | null;
}

export function lookAtStatus(input: CheckInput, seen: Seen, source: StatusSource): Look {
  const { reading, conditions, well, fine, toldWell, beyond } = source;
  const value = seen.flagOrText(reading);
  const state = value === null ? null : String(value);
  const evidence = fromReadings(input, reading);
  const condition = state === null ? undefined : entryOf(conditions, state);
  if (condition !== undefined) {
    const otherwise = outcome('pass', fine, evidence);
    return look({ observations: [observePlain(condition, { evidence })], otherwise });
  }
  if (state !== null && well.includes(state)) {
    if (beyond === null) return look({ otherwise: outcome('pass', fine, evidence) });
    const cleared = Object.values(conditions).filter((one) => one !== undefined);
    return look({ otherwise: outcome('ask', beyond, evidence), toldWell, cleared });
  }
  const otherwise =
    state === null && !seen.offered(reading)
      ? outcome('ask', sentence('ask_app', {}))
      : outcome('unknown', sentence('unread_no_source', {}));
  return look({ otherwise, toldWell });
}
