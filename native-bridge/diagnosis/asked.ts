/** What a check says where only a person can tell: by the answer, or that it waits for one. */
import type { Evidence } from '../contract/diagnosis.ts';
import type { Sentence } from '../contract/common.ts';
import { look, outcome, type Look, type Observation } from './check.ts';
import { fromAnswer } from './evidence.ts';
import type { CheckInput } from './input.ts';
import { answerTo } from './questions.ts';
import { sentence } from '../wording/index.ts';

export interface Asking {
  readonly question: NonNullable<Look['question']>;
  /** What was read about it, shown beside the question. */
  readonly shown: Evidence[];
  /** Headlines for "yes, all is well" and while there is no answer. */
  readonly yes: Sentence;
  readonly waiting: Sentence;
  /** What a "no" means, given the evidence with the answer in it. */
  no(evidence: Evidence[]): Observation;
}

export function askedLook(input: CheckInput, asking: Asking): Look {
  const { question, shown, yes, waiting } = asking;
  const evidence = [...fromAnswer(input, question.id), ...shown];
  const unknown = outcome('unknown', sentence('unread_answer', {}), evidence);
  switch (answerTo(input, question.id)) {
    case 'yes':
      return look({ question, otherwise: outcome('pass', yes, evidence, -1) });
    case 'no':
      return look({ question, otherwise: unknown, observations: [asking.no(evidence)] });
    case 'unknown':
      return look({ question, otherwise: unknown });
    case null:
      return look({ question, otherwise: outcome('ask', waiting, evidence) });
  }
}
