/** 3.3 Operation: one test payment watched step by step. The remedy is teaching, with a card to leave behind. */
import { look, outcome, type Check } from '../check.ts';
import { sentence } from '../../wording/index.ts';

export const operation: Check = {
  id: 'operation',
  rung: 'operation',
  needs: [],
  also: [],
  needsSettings: false,
  look: () =>
    look({
      otherwise: outcome('ask', sentence('ask_operation', {})),
      toldWell: sentence('fine_operation', {}),
    }),
};
