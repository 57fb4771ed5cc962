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
  {
    id: 'qr-fresh',
    kind: 'check',
    check: 'qr-validity',
    cost: 3,
    symptoms: ['S1', 'S2'],
    way: 'payer-scans',
    choices: [{ id: 'works', shows: ['qr-code-expired'] }, { id: 'same' }],
  },
  {
    id: 'order-announced',
    kind: 'check',
    check: 'order-state',
    cost: 5,
    symptoms: ['S4'],
    choices: [{ id: 'sent' }, { id: 'not-sent', shows: ['order-unannounced'] }],
  },
] as const satisfies QuestionRules;
