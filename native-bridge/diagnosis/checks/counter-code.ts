/**
 * The code on the counter is the shop's own: scanned for real, the payee's name read, stopped before
 * paying. No terminal knows what hangs beside it.
 */
import { look, outcome, type Check } from '../check.ts';
import { sentence } from '../../wording/index.ts';

export const counterCode: Check = {
  id: 'counter-code',
  rung: 'binding',
  needs: [],
  also: [],
  needsSettings: false,
  look: () =>
    look({
      otherwise: outcome('ask', sentence('ask_counter_code', {})),
      toldWell: sentence('fine_counter_code', {}),
    }),
};
