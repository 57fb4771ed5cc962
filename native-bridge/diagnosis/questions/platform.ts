/** What the platform, its app and its bills say. */
import type { QuestionRules } from './question.ts';

export const platformQuestions = [
  {
    id: 'platform-up',
    kind: 'check',
    check: 'platform',
    cost: 3,
    symptoms: ['S1', 'S2', 'S3', 'S4', 'S5'],
    choices: [{ id: 'yes' }, { id: 'no', shows: ['platform-down'] }],
  },
] as const satisfies QuestionRules;
