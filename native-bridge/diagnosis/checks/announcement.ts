/** Announcements on the merchant's phone: no cable reaches it, so it is asked. */
import { look, outcome, type Check } from '../check.ts';
import { sentence } from '../../wording/index.ts';

export const announcement: Check = {
  id: 'announcement',
  rung: 'announcement',
  needs: [],
  also: [],
  needsSettings: false,
  look: () => look({ otherwise: outcome('ask', sentence('ask_announcement', {})) }),
};
