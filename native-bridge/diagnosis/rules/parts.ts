/** The parts of the terminal: its seal, the slip printer. */
import type { Rules } from './rule.ts';

export const partsRules = {
  // The keys are gone with it: nothing can be signed, so nothing is taken.
  tampered: {
    check: 'tamper',
    verdict: 'fail',
    rung: 'power',
    known: 'read',
    produces: { S1: 'T', S2: 'T' },
    who: 'vendor',
    seat: 'terminal',
    common: 0.3,
  },
  'printer-paper-out': {
    check: 'printer',
    verdict: 'fail',
    rung: 'announcement',
    known: 'read',
    produces: { S4: 'T' },
    who: 'merchant',
    seat: 'terminal',
    common: 3,
  },
  'printer-lid-open': {
    check: 'printer',
    verdict: 'fail',
    rung: 'announcement',
    known: 'read',
    produces: { S4: 'T' },
    who: 'merchant',
    seat: 'terminal',
  },
  'printer-overheated': {
    check: 'printer',
    verdict: 'fail',
    rung: 'announcement',
    known: 'read',
    produces: { S4: 'T' },
    who: 'merchant',
    seat: 'terminal',
  },
  'printer-failed': {
    check: 'printer',
    verdict: 'fail',
    rung: 'announcement',
    known: 'read',
    produces: { S4: 'T' },
    who: 'vendor',
    seat: 'terminal',
  },
} as const satisfies Rules;
