/** 4.2 Merchant: in order at its acquirer, not frozen, dormant, with papers out of date or real-name unfinished. */
import type { Check } from '../check.ts';
import { sentence } from '../../wording/index.ts';
import { lookAtStatus } from './from-status.ts';

export const merchantStatus: Check = {
  id: 'merchant-status',
  rung: 'binding',
  needs: ['account.state'],
  also: [],
  needsSettings: false,
  look: (input, seen) =>
    lookAtStatus(input, seen, {
      reading: 'account.state',
      conditions: {
        frozen: 'merchant-frozen',
        dormant: 'merchant-dormant',
        'papers-expired': 'merchant-papers-expired',
        'real-name-unfinished': 'merchant-real-name',
      },
      well: ['normal'],
      fine: sentence('fine_merchant_normal', {}),
      toldWell: sentence('fine_merchant_normal', {}),
      beyond: null,
    }),
};
