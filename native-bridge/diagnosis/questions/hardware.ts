/** The terminal in the hand: what it shows, what it does. */
import type { QuestionRules } from './question.ts';

export const hardwareQuestions = [
  {
    id: 'version-admitted',
    kind: 'check',
    check: 'system-version',
    cost: 5,
    symptoms: ['S1', 'S2', 'S4'],
    choices: [{ id: 'yes' }, { id: 'no', shows: ['version-refused'] }],
  },
] as const satisfies QuestionRules;
