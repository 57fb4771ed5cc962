/**
 * Comparison (对比法): one thing is exchanged for another, and all else stays. It proves more than
 * any log. `works`: with the other one it goes; `same`: it fails just so.
 */
import type { QuestionRules, Selector } from './question.ts';

const tried = (cured: Selector, kept: Selector = cured) =>
  [
    { id: 'works', keeps: kept },
    { id: 'same', drops: cured },
  ] as const;

export const comparisonQuestions = [
  {
    id: 'other-payer',
    kind: 'comparison',
    check: null,
    cost: 3,
    symptoms: ['S1', 'S2'],
    choices: tried({ reaches: ['payer'] }, { reaches: ['payer', 'wallet', 'amount'] }),
  },
  {
    id: 'other-wallet',
    kind: 'comparison',
    check: null,
    cost: 3,
    symptoms: ['S1', 'S2', 'S4'],
    choices: tried({ reaches: ['wallet'] }, { reaches: ['wallet', 'payer'] }),
  },
  {
    id: 'smaller-amount',
    kind: 'comparison',
    check: null,
    cost: 3,
    symptoms: ['S2'],
    // A payer's own limit or balance lets small amounts pass too.
    choices: tried(
      { reaches: ['amount'] },
      { reaches: ['amount'], conditions: ['payer-balance', 'payer-card-limit'] },
    ),
  },
  {
    id: 'hotspot',
    kind: 'comparison',
    check: null,
    cost: 3,
    symptoms: ['S1', 'S4'],
    choices: tried({ seats: ['shop-network', 'carrier'] }),
  },
  {
    id: 'other-sim',
    kind: 'comparison',
    check: null,
    cost: 5,
    symptoms: ['S1', 'S4'],
    choices: tried({ seats: ['carrier'] }),
  },
  // The other one stands in the same shop and takes payments for the same merchant.
  {
    id: 'other-terminal',
    kind: 'comparison',
    check: null,
    cost: 3,
    symptoms: ['S1', 'S2', 'S4'],
    choices: tried(
      { seats: ['terminal'] },
      { seats: ['terminal', 'carrier', 'code', 'people', 'phone'] },
    ),
  },
] as const satisfies QuestionRules;
