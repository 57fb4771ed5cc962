/** The payment platform (it makes orders, sends the news of them and pays out) and how long codes are good for. */
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
  // The status service itself says so.
  'platform-reported-down': {
    check: 'platform',
    verdict: 'fail',
    rung: 'platform',
    known: 'read',
    produces: { S1: 'S', S2: 'S', S3: 'S', S4: 'S', S5: 'T' },
    who: 'platform',
    seat: 'platform',
  },
  // Neither the terminal nor the computer, which is online, reaches the host.
  'platform-host-down': {
    check: 'platform',
    verdict: 'fail',
    rung: 'platform',
    known: 'derived',
    produces: { S1: 'S', S2: 'T', S4: 'S' },
    who: 'acquirer',
    seat: 'platform',
  },
  'platform-degraded': {
    check: 'platform',
    verdict: 'warn',
    rung: 'platform',
    known: 'read',
    produces: {},
    who: 'platform',
    seat: 'platform',
  },
  'qr-validity-short': {
    check: 'qr-validity',
    verdict: 'fail',
    rung: 'qr-validity',
    known: 'read',
    produces: { S1: 'T', S2: 'S' },
    who: 'technician',
    seat: 'terminal',
    way: 'payer-scans',
  },
  // The order behind a code closes after two hours, however long the code is shown.
  'qr-validity-long': {
    check: 'qr-validity',
    verdict: 'fail',
    rung: 'qr-validity',
    known: 'read',
    produces: { S1: 'T', S2: 'S' },
    who: 'technician',
    seat: 'terminal',
    way: 'payer-scans',
  },
  'qr-validity-unlike': {
    check: 'qr-validity',
    verdict: 'warn',
    rung: 'qr-validity',
    known: 'read',
    produces: {},
    who: 'technician',
    seat: 'terminal',
    way: 'payer-scans',
  },
  // No reading: neither an EMVCo code nor a mainland address says when it was made or until when it is
  // good, and terminals tell their setting, not the age of what stands on the screen. A fresh one tells.
  'qr-code-expired': {
    check: 'qr-validity',
    verdict: 'fail',
    rung: 'qr-validity',
    known: 'asked',
    produces: { S1: 'T', S2: 'S' },
    who: 'technician',
    seat: 'people',
    way: 'payer-scans',
    common: 3,
  },
} as const satisfies Rules;
