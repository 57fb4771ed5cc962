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
    seat: 'terminal',
  },
  'battery-hot': {
    check: 'battery',
    verdict: 'fail',
    rung: 'power',
    known: 'read',
    produces: { S1: 'T', S4: 'T' },
    who: 'technician',
    seat: 'terminal',
  },
  'battery-low': {
    check: 'battery',
    verdict: 'warn',
    rung: 'power',
    known: 'read',
    produces: {},
    who: 'merchant',
    seat: 'terminal',
  },
  'battery-empty-charging': {
    check: 'battery',
    verdict: 'warn',
    rung: 'power',
    known: 'read',
    produces: {},
    who: 'merchant',
    seat: 'terminal',
  },
  'battery-unhealthy': {
    check: 'battery',
    verdict: 'warn',
    rung: 'power',
    known: 'read',
    produces: {},
    who: 'technician',
    seat: 'terminal',
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
    seat: 'terminal',
  },
  'version-refused': {
    check: 'system-version',
    verdict: 'fail',
    rung: 'operation',
    known: 'asked',
    produces: { S1: 'T', S2: 'T', S4: 'T' },
    who: 'acquirer',
    flash: true,
    seat: 'terminal',
  },
  'version-not-admitted': {
    check: 'system-version',
    verdict: 'warn',
    rung: 'operation',
    known: 'read',
    produces: {},
    who: 'acquirer',
    seat: 'terminal',
  },
  'version-on-trial': {
    check: 'system-version',
    verdict: 'warn',
    rung: 'operation',
    known: 'read',
    produces: {},
    who: 'technician',
    seat: 'terminal',
  },
  'version-pending': {
    check: 'system-version',
    verdict: 'warn',
    rung: 'operation',
    known: 'read',
    produces: {},
    who: 'technician',
    seat: 'terminal',
  },
} as const satisfies Rules;
