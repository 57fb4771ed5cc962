/** Exact words among the answers, as conditions of the diagnosis. */
import { dontKnow, type Answers, type Symptom } from '../../contract/diagnosis.ts';
import type { Knowledge } from '../../contract/knowledge.ts';
import { cleanText } from '../../wording/index.ts';
import type { Understood } from '../answers/standing.ts';
import { questionRules, type QuestionRule } from '../questions/index.ts';
import { conditionIds, type ConditionId } from '../rules/index.ts';
import { meaningsOf } from './lookup.ts';

/** What is shown of the words as evidence. */
const excerptCharacters = 160;

const known: ReadonlySet<string> = new Set(conditionIds);
const isCondition = (id: string | null): id is ConditionId => id !== null && known.has(id);

/**
 * One condition for each question that asks for exact words (it has no choices): that of the best
 * meaning which points to one. `symptom` null: a routine visit, under any.
 */
export function understoodIn(
  answers: Answers,
  knowledge: Knowledge,
  symptom: Symptom | null,
  questions: readonly Pick<QuestionRule, 'id' | 'choices'>[] = questionRules,
): Understood[] {
  return questions.flatMap(({ id, choices }) => {
    const words = answers[id];
    if (choices.length > 0 || words === undefined || words === dontKnow) return [];
    for (const { condition } of meaningsOf(words, knowledge, symptom)) {
      if (!isCondition(condition)) continue;
      return [{ condition, question: id, excerpt: cleanText(words, excerptCharacters) }];
    }
    return [];
  });
}

/** Conditions that exact words can show under this symptom; response codes are read where it was tried. */
export function phrasedConditions(
  { phrases, responseCodes }: Pick<Knowledge, 'phrases' | 'responseCodes'>,
  symptom: Symptom | null,
): ReadonlySet<string> {
  const read = phrases.filter(({ symptoms }) => symptom === null || symptoms.includes(symptom));
  const codes = symptom === null || symptom === 'S1' || symptom === 'S2' ? responseCodes : [];
  return new Set([...read, ...codes].map(({ condition }) => condition).filter(isCondition));
}
