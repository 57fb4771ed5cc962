/** Only regular channels: whoever collects, by slip or bill, is a licensed acquirer (no 二清). */
import { look, outcome, type Check } from '../check.ts';
import { sentence } from '../../wording/index.ts';

export const licence: Check = {
  id: 'licence',
  rung: 'binding',
  needs: [],
  also: [],
  needsSettings: false,
  look: () =>
    look({
      otherwise: outcome('ask', sentence('ask_licensed', {})),
      toldWell: sentence('fine_licensed', {}),
    }),
};
