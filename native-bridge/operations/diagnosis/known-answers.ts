/** Answers as they may go into a diagnosis: each belongs to a question and is one of its choices. */
import { BridgeFault } from '../../contract/bridge-fault.ts';
import { dontKnow, type Answers } from '../../contract/diagnosis.ts';
import { questionRules } from '../../diagnosis/index.ts';
import { maskSecrets } from '../../protocols/masking.ts';

/**
 * What was heard in its own words is masked before it goes anywhere. Throws `bad-request` where an
 * answer belongs to no question, or to no choice of it.
 */
export function knownAnswers(answers: Answers): Answers {
  const known = Object.entries(answers).map(([id, answer]) => {
    const choices = questionRules.find((question) => question.id === id)?.choices;
    const isWords = choices?.length === 0;
    const fits = isWords || answer === dontKnow || choices?.some((one) => one.id === answer);
    if (choices === undefined || fits !== true) {
      const expected = choices === undefined ? questionRules : [...choices, { id: dontKnow }];
      throw new BridgeFault('bad-request', {
        path: `answers.${id}`,
        expected: expected.map((one) => one.id).join(' | '),
      });
    }
    return [id, isWords ? maskSecrets(answer) : answer] as const;
  });
  return Object.fromEntries(known);
}
