/**
 * 4.3 Receiving: switched on, within its limits, for this wallet and kind of card. No service knows
 * the payer's side (balance, the card's limit, risk control): of a refusal it is asked, unless every
 * payer is refused.
 */
import type { CheckInput } from '../input.ts';
import type { Check } from '../check.ts';
import { sentence } from '../../wording/index.ts';
import { lookAtStatus } from './from-status.ts';

export const receiving: Check = {
  id: 'receiving',
  rung: 'binding',
  needs: ['account.receiving'],
  also: [],
  needsSettings: false,
  look(input, seen) {
    return lookAtStatus(input, seen, {
      reading: 'account.receiving',
      conditions: {
        closed: 'receiving-closed',
        'limit-reached': 'receiving-day-limit',
        'limit-low': 'receiving-limit',
        'method-closed': 'receiving-method-closed',
        'credit-off': 'receiving-credit-off',
      },
      well: ['normal'],
      fine: sentence('fine_receiving', {}),
      toldWell: sentence('fine_receiving_told', {}),
      beyond: isPayerInDoubt(input) ? sentence('ask_payer_side', {}) : null,
    });
  },
};

function isPayerInDoubt({ symptom, answers }: CheckInput): boolean {
  return symptom === 'S2' && answers['payers'] !== 'all' && answers['other-payer'] !== 'same';
}
