/**
 * What tells the merchant of a payment: the loudspeaker and the merchant's own phone. An
 * announcement that stays away is heard as "no money" (S4), though the money is there.
 */
import type { Rules } from './rule.ts';

export const announcingRules = {
  'sound-quiet': {
    check: 'sound-device',
    verdict: 'fail',
    rung: 'announcement',
    known: 'read',
    produces: { S4: 'S' },
    who: 'technician',
    seat: 'terminal',
    common: 3,
  },
  'sound-offline': {
    check: 'sound-device',
    verdict: 'fail',
    rung: 'announcement',
    known: 'read',
    produces: { S4: 'S' },
    who: 'technician',
    seat: 'terminal',
    common: 3,
  },
  'sound-dead': {
    check: 'sound-device',
    verdict: 'fail',
    rung: 'announcement',
    known: 'asked',
    produces: { S4: 'T' },
    who: 'vendor',
    seat: 'terminal',
  },
  // It announces what another merchant is paid.
  'sound-not-bound': {
    check: 'sound-device',
    verdict: 'fail',
    rung: 'binding',
    known: 'asked',
    produces: { S3: 'T', S4: 'S' },
    who: 'technician',
    seat: 'account',
    common: 3,
  },
  'sound-wallets-off': {
    check: 'sound-device',
    verdict: 'fail',
    rung: 'announcement',
    known: 'asked',
    produces: { S4: 'S' },
    who: 'merchant',
    seat: 'account',
    reach: 'wallet',
  },
  'phone-muted': {
    check: 'announcement',
    verdict: 'fail',
    rung: 'announcement',
    known: 'asked',
    produces: { S4: 'T' },
    who: 'merchant',
    seat: 'phone',
  },
  'phone-permission': {
    check: 'announcement',
    verdict: 'fail',
    rung: 'announcement',
    known: 'asked',
    produces: { S4: 'T' },
    who: 'merchant',
    seat: 'phone',
  },
  'phone-app-killed': {
    check: 'announcement',
    verdict: 'fail',
    rung: 'announcement',
    known: 'asked',
    produces: { S4: 'T' },
    who: 'merchant',
    seat: 'phone',
  },
  'phone-other-account': {
    check: 'announcement',
    verdict: 'fail',
    rung: 'announcement',
    known: 'asked',
    produces: { S4: 'T' },
    who: 'merchant',
    seat: 'phone',
  },
} as const satisfies Rules;
