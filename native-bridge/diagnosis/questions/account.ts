/** The merchant's account: what its app, its papers and its bank say. */
import type { QuestionRules } from './question.ts';

export const accountQuestions = [
  {
    id: 'card-page',
    kind: 'check',
    check: 'card-bound',
    cost: 2,
    symptoms: ['S5'],
    choices: [
      { id: 'right' },
      { id: 'none', shows: ['card-not-bound'] },
      { id: 'other', shows: ['card-other'] },
    ],
  },
  {
    id: 'merchant-page',
    kind: 'check',
    check: 'merchant-status',
    cost: 2,
    symptoms: ['S2', 'S5'],
    choices: [
      { id: 'normal' },
      { id: 'frozen', shows: ['merchant-frozen'] },
      { id: 'dormant', shows: ['merchant-dormant'] },
      { id: 'papers', shows: ['merchant-papers-expired'] },
      { id: 'real-name', shows: ['merchant-real-name'] },
    ],
  },
  {
    id: 'receiving-page',
    kind: 'check',
    check: 'receiving',
    cost: 2,
    symptoms: ['S1', 'S2'],
    choices: [
      { id: 'normal' },
      { id: 'closed', shows: ['receiving-closed'] },
      { id: 'day-limit', shows: ['receiving-day-limit'] },
      { id: 'single-limit', shows: ['receiving-limit'] },
      { id: 'method', shows: ['receiving-method-closed'] },
      { id: 'credit', shows: ['receiving-credit-off'] },
    ],
  },
  {
    id: 'payer-page',
    kind: 'check',
    check: 'receiving',
    cost: 2,
    symptoms: ['S2'],
    choices: [
      { id: 'fine' },
      { id: 'balance', shows: ['payer-balance'] },
      { id: 'card-limit', shows: ['payer-card-limit'] },
      { id: 'risk', shows: ['payer-risk'] },
    ],
  },
  {
    id: 'filed',
    kind: 'check',
    check: 'device-binding',
    cost: 5,
    symptoms: ['S1', 'S2', 'S3', 'S4'],
    choices: [
      { id: 'filed' },
      { id: 'other-merchant', shows: ['binding-other-merchant'] },
      { id: 'unfiled', shows: ['binding-unfiled'] },
      { id: 'merchant-unknown', shows: ['binding-merchant-unknown'] },
    ],
  },
  {
    id: 'licensed',
    kind: 'check',
    check: 'licence',
    cost: 2,
    symptoms: ['S3', 'S5'],
    choices: [{ id: 'yes' }, { id: 'no', shows: ['acquirer-unlicensed'] }],
  },
] as const satisfies QuestionRules;
