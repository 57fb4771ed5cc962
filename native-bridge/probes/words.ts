/** A step, a problem, a place in words: keys of the wording with the facts they need. */
import type { Facts, Sentence } from '../contract/common.ts';
import type { ProbePlace, ProbeProblem, ProbeStepName } from '../contract/probe-step.ts';
import { snakeOfKebab, type KebabToSnake, type MessageKey } from '../wording/index.ts';

/** Each fails to compile while one has no words. */
const problemKey = (
  problem: ProbeProblem,
): MessageKey & `probe_problem_${KebabToSnake<ProbeProblem>}` =>
  `probe_problem_${snakeOfKebab(problem)}`;
const okKey = (step: ProbeStepName): MessageKey & `probe_ok_${KebabToSnake<ProbeStepName>}` =>
  `probe_ok_${snakeOfKebab(step)}`;
const placeKey = (place: ProbePlace): MessageKey & `probe_place_${KebabToSnake<ProbePlace>}` =>
  `probe_place_${snakeOfKebab(place)}`;
const nextKey = (place: ProbePlace): MessageKey & `probe_next_${KebabToSnake<ProbePlace>}` =>
  `probe_next_${snakeOfKebab(place)}`;

export const problemSentence = (problem: ProbeProblem, facts: Facts): Sentence => ({
  key: problemKey(problem),
  facts,
});
export const okSentence = (step: ProbeStepName, facts: Facts): Sentence => ({
  key: okKey(step),
  facts,
});
export const placeSentence = (place: ProbePlace, facts: Facts): Sentence => ({
  key: placeKey(place),
  facts,
});
export const nextSentence = (place: ProbePlace, facts: Facts): Sentence => ({
  key: nextKey(place),
  facts,
});
