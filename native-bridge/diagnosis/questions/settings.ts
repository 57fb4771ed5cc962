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
  // What it says of itself: response codes 77, 97 and 03 among it.
  {
    id: 'terminal-says',
    kind: 'check',
    check: null,
    cost: 2,
    symptoms: ['S1', 'S2'],
    choices: [
      { id: 'sign-in', shows: ['sign-in-needed'] },
      { id: 'activation', shows: ['not-activated'] },
      { id: 'parameters', shows: ['parameters-missing'] },
      { id: 'key', shows: ['key-missing'] },
      { id: 'unfiled', shows: ['binding-unfiled'] },
      { id: 'merchant', shows: ['binding-merchant-unknown'] },
      { id: 'other-name', shows: ['binding-other-merchant'] },
      { id: 'other' },
    ],
  },
  {
    id: 'test-payment',
    kind: 'check',
    check: 'operation',
    cost: 3,
    symptoms: ['S1', 'S2', 'S3', 'S4'],
    choices: [
      { id: 'amount', shows: ['operation-amount'] },
      { id: 'mode', shows: ['operation-mode'] },
      { id: 'app', shows: ['operation-wrong-app'] },
      { id: 'aim', shows: ['operation-aim'] },
      { id: 'waiting', shows: ['operation-not-waiting'] },
      { id: 'right' },
    ],
  },
  {
    id: 'counter-payee',
    kind: 'check',
    check: 'counter-code',
    cost: 2,
    symptoms: ['S3'],
    way: 'payer-scans',
    choices: [
      { id: 'own' },
      { id: 'other', shows: ['counter-code-other-shop'] },
      { id: 'person', shows: ['counter-code-personal'] },
      { id: 'covered', shows: ['counter-code-covered'] },
    ],
  },
  {
    id: 'acquirer-app',
    kind: 'check',
    check: 'acquirer-apps',
    cost: 2,
    symptoms: ['S3'],
    choices: [{ id: 'one' }, { id: 'ours' }, { id: 'other', shows: ['acquirer-apps-two'] }],
  },
] as const satisfies QuestionRules;
