/**
 * 5.2 Support: whom to call for *this* cause. It finds nothing itself: before a cause is known there
 * is nobody to call; when it is, support.ts fills it in.
 */
import { look, outcome, type Check } from '../check.ts';
import { sentence } from '../../wording/index.ts';

export const support: Check = {
  id: 'support',
  rung: 'announcement',
  needs: [],
  also: [],
  needsSettings: false,
  look: () => look({ otherwise: outcome('not-applicable', sentence('absent_support', {})) }),
};
