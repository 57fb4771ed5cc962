/** What stands in papers, in menus and on a phone's screen. */
import type { QuestionRules } from './question.ts';

export const settingsQuestions = [
  {
    id: 'payment-match',
    kind: 'check',
    check: 'payment-settings',
    cost: 2,
    symptoms: ['S1', 'S2', 'S3', 'S4'],
    choices: [{ id: 'yes' }, { id: 'no', shows: ['payment-not-matching'] }],
  },
  {
    id: 'qr-payee',
    kind: 'check',
    check: 'qr-mode',
    cost: 2,
    symptoms: ['S3'],
    way: 'payer-scans',
    choices: [{ id: 'yes' }, { id: 'no', shows: ['qr-payee-other'] }],
  },
] as const satisfies QuestionRules;
