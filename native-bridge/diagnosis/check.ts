/**
 * A check: one pure function from the input to what it saw. It names *conditions* (rules/); what a
 * condition means, whose words it has and which symptom it can produce is data.
 */
import type { CheckId, Evidence, Remedy, Rung } from '../contract/diagnosis.ts';
import type { Sentence } from '../contract/common.ts';
import type { ReadingName } from '../contract/reading.ts';
import {
  sentence,
  snakeOfKebab,
  type FactsOf,
  type KebabToSnake,
  type MessageKey,
} from '../wording/index.ts';
import type { CheckInput } from './input.ts';
import type { ConditionId } from './rules/index.ts';
import type { Seen } from './seen.ts';

type Found<Condition extends ConditionId> = `found_${KebabToSnake<Condition>}`;

/** Fails to compile while a condition has no words. */
type WordsOf<Condition extends ConditionId> = Found<Condition> & MessageKey;

/** A condition that holds, with the facts of its sentence and what it rests on. */
export interface Observation {
  readonly condition: ConditionId;
  readonly headline: Sentence;
  readonly evidence: Evidence[];
  /** Settings whose expected value would remove it. */
  readonly settings: readonly string[];
  /** Independent signs for it less signs against it. */
  readonly agreement: number;
  /** True though something speaks against it as the cause (another way works): a cause only where nothing else is. */
  readonly weak: boolean;
  /** Told by an answer, where the check itself could not see it. */
  readonly isTold?: boolean;
}

export interface Backing {
  readonly evidence: Evidence[];
  readonly settings?: readonly string[];
  readonly agreement?: number;
  readonly weak?: boolean;
}

export function observe<Condition extends ConditionId>(
  condition: Condition,
  facts: FactsOf<WordsOf<Condition>>,
  { evidence, settings = [], agreement = 0, weak = false }: Backing,
): Observation {
  const key = `found_${snakeOfKebab(condition)}` as WordsOf<Condition>;
  return { condition, headline: sentence(key, facts), evidence, settings, agreement, weak };
}

/** A condition whose words have no facts: they are the condition's own, and the rules' test holds them. */
export function observePlain(condition: ConditionId, backing: Backing): Observation {
  const { evidence, settings = [], agreement = 0, weak = false } = backing;
  const headline = { key: `found_${snakeOfKebab(condition)}`, facts: {} };
  return { condition, headline, evidence, settings, agreement, weak };
}

/** What a check says when no condition holds and all it decides by could be read. */
export interface Outcome {
  readonly verdict: 'pass' | 'ask' | 'unknown' | 'not-applicable';
  readonly headline: Sentence;
  readonly evidence: Evidence[];
  /** Signs for a pass less signs against it, and less what it had to do without. */
  readonly agreement: number;
  /** What would settle it, where it is open. */
  readonly next?: Remedy;
}

export interface Look {
  readonly observations: readonly Observation[];
  readonly otherwise: Outcome;
  /** Settings that it decides by and that could not be read: their labels. */
  readonly unreadSettings: readonly Readonly<Record<'zh-CN' | 'en', string>>[];
  /** Where only answers tell: the headline when they say that all is well. */
  readonly toldWell: Sentence | null;
  /** Conditions that what was read shows to be absent, though the check has yet to ask for others. */
  readonly cleared: readonly ConditionId[];
}

export interface Check {
  readonly id: CheckId;
  /** Where it stands while nothing fails. */
  readonly rung: Rung;
  /** Readings it decides by, where the model has them. */
  readonly needs: readonly ReadingName[];
  /** Readings it shows or takes as context; it does without them. */
  readonly also: readonly ReadingName[];
  readonly needsSettings: boolean;
  look(input: CheckInput, seen: Seen): Look;
}

/** A look with only what differs from the usual. */
export function look(parts: Partial<Look> & Pick<Look, 'otherwise'>): Look {
  return { observations: [], unreadSettings: [], toldWell: null, cleared: [], ...parts };
}

export function outcome(
  verdict: Outcome['verdict'],
  headline: Sentence,
  evidence: Evidence[] = [],
  agreement = 0,
): Outcome {
  return { verdict, headline, evidence, agreement };
}
