/**
 * The first minute: who scans whom, whom it hits, since when. Told from memory, so one answer rules
 * out as much as a look would, and asking again costs nothing.
 */
import type { QuestionRules } from './question.ts';

export const openingQuestions = [
  {
    id: 'who-scans',
    kind: 'opening',
    check: null,
    cost: 1,
    symptoms: ['S1', 'S2', 'S3', 'S4'],
    choices: [
      { id: 'payer', drops: { ways: ['merchant-scans'] } },
      { id: 'merchant', drops: { ways: ['payer-scans'] } },
      { id: 'both', drops: { ways: ['merchant-scans', 'payer-scans'] } },
    ],
  },
  {
    id: 'payers',
    kind: 'opening',
    check: null,
    cost: 1,
    symptoms: ['S1', 'S2', 'S3', 'S4'],
    choices: [
      { id: 'one', keeps: { reaches: ['payer', 'wallet', 'amount'] } },
      { id: 'all', drops: { reaches: ['payer'] } },
    ],
  },
  {
    id: 'wallets',
    kind: 'opening',
    check: null,
    cost: 1,
    symptoms: ['S1', 'S2', 'S4'],
    choices: [
      { id: 'one', keeps: { reaches: ['wallet', 'payer'] } },
      { id: 'all', drops: { reaches: ['wallet'] } },
    ],
  },
  {
    id: 'amounts',
    kind: 'opening',
    check: null,
    cost: 1,
    symptoms: ['S2'],
    choices: [
      {
        id: 'large',
        keeps: { reaches: ['amount'], conditions: ['payer-balance', 'payer-card-limit'] },
      },
      { id: 'any', drops: { reaches: ['amount'] } },
    ],
  },
  {
    id: 'since',
    kind: 'opening',
    check: null,
    cost: 1,
    symptoms: ['S1', 'S2', 'S3', 'S4', 'S5'],
    choices: [
      { id: 'new-terminal', favours: { rungs: ['sign-in', 'binding', 'payment-settings'] } },
      { id: 'new-card', favours: { seats: ['account'] } },
      { id: 'moved', favours: { seats: ['shop-network', 'carrier'] } },
      { id: 'updated', favours: { rungs: ['operation', 'payment-settings', 'qr-mode'] } },
      { id: 'nothing' },
    ],
  },
] as const satisfies QuestionRules;
