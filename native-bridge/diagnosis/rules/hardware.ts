/**
 * Battery and system version. Both act on what the terminal itself does (show a page, announce a
 * payment), and what we know of it is trade knowledge; the version also on whether the acquirer
 * takes the terminal's requests.
 */
import type { Rules } from './rule.ts';

export const hardwareRules = {
  'battery-empty': {
    check: 'battery',
    verdict: 'fail',
    rung: 'power',
    known: 'read',
    produces: { S1: 'T', S4: 'T' },
    who: 'merchant',
  },
  'battery-hot': {
    check: 'battery',
    verdict: 'fail',
    rung: 'power',
    known: 'read',
    produces: { S1: 'T', S4: 'T' },
    who: 'technician',
  },
  'battery-low': {
    check: 'battery',
    verdict: 'warn',
    rung: 'power',
    known: 'read',
    produces: {},
    who: 'merchant',
  },
  'battery-empty-charging': {
    check: 'battery',
    verdict: 'warn',
    rung: 'power',
    known: 'read',
    produces: {},
    who: 'merchant',
  },
  'battery-unhealthy': {
    check: 'battery',
    verdict: 'warn',
    rung: 'power',
    known: 'read',
    produces: {},
    who: 'technician',
  },
  'version-old': {
    check: 'system-version',
    verdict: 'fail',
    // What a version breaks is unspecific: whatever else fails is nearer to the symptom.
    rung: 'operation',
    known: 'read',
    produces: { S1: 'T', S2: 'T', S4: 'T' },
    who: 'technician',
    flash: true,
  },
  'version-refused': {
    check: 'system-version',
    verdict: 'fail',
    rung: 'operation',
    known: 'asked',
    produces: { S1: 'T', S2: 'T', S4: 'T' },
    who: 'acquirer',
    flash: true,
  },
  'version-not-admitted': {
    check: 'system-version',
    verdict: 'warn',
    rung: 'operation',
    known: 'read',
    produces: {},
    who: 'acquirer',
  },
  'version-on-trial': {
    check: 'system-version',
    verdict: 'warn',
    rung: 'operation',
    known: 'read',
    produces: {},
    who: 'technician',
  },
  'version-pending': {
    check: 'system-version',
    verdict: 'warn',
    rung: 'operation',
    known: 'read',
    produces: {},
    who: 'technician',
  },
} as const satisfies Rules;
