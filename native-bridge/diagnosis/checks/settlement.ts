/**
 * Settlement: what became of the day's payout. That it is not due yet is how things are, and a
 * finding only where the money is missed.
 */
import type { Check } from '../check.ts';
import { sentence } from '../../wording/index.ts';
import { lookAtStatus } from './from-status.ts';

export const settlement: Check = {
  id: 'settlement',
  rung: 'announcement',
  needs: ['account.settlement'],
  also: [],
  needsSettings: false,
  look(input, seen) {
    const isMissed = input.symptom === 'S5';
    const isPending = seen.peek('account.settlement') === 'pending';
    return lookAtStatus(input, seen, {
      reading: 'account.settlement',
      conditions: {
        ...(isMissed ? { pending: 'settlement-pending' } : {}),
        'card-limit': 'settlement-card-limit',
        'name-wrong': 'settlement-name-wrong',
        failed: 'settlement-payout-failed',
      },
      well: ['normal', 'pending'],
      fine: sentence(isPending ? 'fine_settlement_pending' : 'fine_settlement', {}),
      toldWell: sentence('fine_settlement', {}),
      // Paid out is not yet booked.
      beyond: isMissed ? sentence('ask_settlement', {}) : null,
    });
  },
};
