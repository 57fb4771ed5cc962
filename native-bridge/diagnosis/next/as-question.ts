/** A question as it is put to a person: its words, its choices, "don't know" last. */
import { dontKnow, type CheckId, type Choice, type Question } from '../../contract/diagnosis.ts';
import { choiceWords, isMessageKey } from '../../wording/index.ts';
import type { CheckInput } from '../input.ts';
import type { ChoiceRule, QuestionRule } from '../questions/index.ts';

const keyOf = (...parts: readonly string[]): string => parts.join('_').replaceAll('-', '_');

export function asQuestion(
  rule: QuestionRule,
  input: Pick<CheckInput, 'answers'>,
  rulesOut: (choice: ChoiceRule) => CheckId[] = () => [],
): Question {
  const how = keyOf('how', rule.id);
  const choices = rule.choices.map((choice): Choice => {
    return { id: choice.id, text: choiceWords(rule.id, choice.id), rulesOut: rulesOut(choice) };
  });
  const unknown = { id: dontKnow, text: choiceWords(rule.id, dontKnow), rulesOut: [] };
  return {
    id: rule.id,
    kind: rule.kind,
    text: { key: keyOf('question', rule.id), facts: {} },
    how: isMessageKey(how) ? { key: how, facts: {} } : null,
    check: rule.check,
    choices: choices.length === 0 ? [] : [...choices, unknown],
    answer: input.answers[rule.id] ?? null,
  };
}
