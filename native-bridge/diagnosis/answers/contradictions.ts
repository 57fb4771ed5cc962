/** Answers that can't both be true: said, and asked again, rather than believed by turns. */
import type { Answers, Contradiction } from '../../contract/diagnosis.ts';
import { choiceWords, perLocale, say, sentence } from '../../wording/index.ts';
import type { Standing } from './standing.ts';

type Answer = readonly [question: string, choice: string];

/** What was told at the opening, and what the same thing came to when it was tried. */
const opposites: readonly (readonly [Answer, Answer])[] = [
  [
    ['payers', 'all'],
    ['other-payer', 'works'],
  ],
  [
    ['payers', 'one'],
    ['other-payer', 'same'],
  ],
  [
    ['wallets', 'all'],
    ['other-wallet', 'works'],
  ],
  [
    ['wallets', 'one'],
    ['other-wallet', 'same'],
  ],
  [
    ['amounts', 'any'],
    ['smaller-amount', 'works'],
  ],
  [
    ['amounts', 'large'],
    ['smaller-amount', 'same'],
  ],
];

/** What one page says is well, and what another record of the same account says of it. */
const records: readonly (readonly [Answer, Answer])[] = [
  [
    ['card-page', 'right'],
    ['settlement-record', 'no-card'],
  ],
  [
    ['card-page', 'right'],
    ['settlement-record', 'other-card'],
  ],
  [
    ['card-page', 'none'],
    ['settlement-record', 'booked'],
  ],
  [
    ['merchant-page', 'normal'],
    ['settlement-record', 'held'],
  ],
  // The terminal was answered with 97 or 03, or shows another merchant.
  [
    ['filed', 'filed'],
    ['terminal-says', 'unfiled'],
  ],
  [
    ['filed', 'filed'],
    ['terminal-says', 'merchant'],
  ],
  [
    ['filed', 'filed'],
    ['terminal-says', 'other-name'],
  ],
];

export function contradictionsIn(answers: Answers, standing: Standing): Contradiction[] {
  const stated = [...opposites, ...records]
    .filter((pair) => pair.every(([question, choice]) => answers[question] === choice))
    .map(([one, other]) => between(one, other));
  return unique([...stated, ...withShown(standing)]);
}

/** Something was seen, and another answer says that it can't be the reason. */
function withShown({ shown, out }: Standing): Contradiction[] {
  return [...shown].flatMap(([condition, told]) => {
    const against = out.get(condition);
    const first = told[0];
    if (against === undefined || first === undefined || first.question === against.question) {
      return [];
    }
    return [between([first.question, first.answer], [against.question, against.answer])];
  });
}

function between(one: Answer, other: Answer): Contradiction {
  const wordsOf = ([question, choice]: Answer) =>
    perLocale((locale) => {
      const asked = say({ key: `question_${question.replaceAll('-', '_')}`, facts: {} }, locale);
      return `${asked} ${say(choiceWords(question, choice), locale)}`;
    });
  return {
    questions: [one[0], other[0]],
    what: sentence('answers_contradict', { one: wordsOf(one), other: wordsOf(other) }),
  };
}

function unique(all: readonly Contradiction[]): Contradiction[] {
  const byPair = new Map(all.map((one) => [[...one.questions].sort().join(' '), one]));
  return [...byPair.values()];
}
