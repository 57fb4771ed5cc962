/** The payment platform: it makes orders, sends the news of them and pays out. */
import type { Rules } from './rule.ts';

export const platformRules = {
  'platform-down': {
    check: 'platform',
    verdict: 'fail',
    rung: 'platform',
    known: 'asked',
    produces: { S1: 'S', S2: 'S', S3: 'S', S4: 'S', S5: 'T' },
    who: 'platform',
    seat: 'platform',
  },
  // From the terminal, which may just have the wrong host.
  'platform-refuses': {
    check: 'platform',
    verdict: 'fail',
    rung: 'platform',
    known: 'derived',
    produces: { S1: 'S', S2: 'T', S4: 'S' },
    who: 'platform',
    seat: 'platform',
  },
} as const satisfies Rules;
