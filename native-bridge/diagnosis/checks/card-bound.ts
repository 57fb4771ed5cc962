/** 4.1 Bank card: a settlement card is bound, and it is the one the merchant means. */
import type { Check } from '../check.ts';
import { sentence } from '../../wording/index.ts';
import { lookAtStatus } from './from-status.ts';

export const cardBound: Check = {
  id: 'card-bound',
  rung: 'binding',
  needs: ['account.cardBound'],
  also: [],
  needsSettings: false,
  look: (input, seen) =>
    lookAtStatus(input, seen, {
      reading: 'account.cardBound',
      conditions: { false: 'card-not-bound' },
      well: ['true'],
      fine: sentence('fine_card_bound', {}),
      toldWell: sentence('fine_card_bound_told', {}),
      // Which card it is, no service says in full.
      beyond: input.symptom === 'S5' ? sentence('ask_card', {}) : null,
    }),
};
