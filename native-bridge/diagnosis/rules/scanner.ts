/** The scanner that reads payers' codes: by its readings, and by the loop test (checks/scanner-loop). */
import type { Rules } from './rule.ts';

const scanner = { check: 'scanner', rung: 'scanner', known: 'read', seat: 'terminal' } as const;
/** It can only be missed where the merchant scans the payer. */
const fails = {
  ...scanner,
  verdict: 'fail',
  produces: { S1: 'T' },
  way: 'merchant-scans',
} as const;
const warns = { ...scanner, verdict: 'warn', produces: {}, who: 'technician' } as const;

export const scannerRules = {
  'scanner-dead': {
    ...fails,
    produces: { S1: 'S' },
    who: 'vendor',
  },
  'scanner-failed': {
    ...fails,
    produces: { S1: 'S' },
    who: 'vendor',
  },
  'scanner-slow': {
    ...fails,
    who: 'technician',
  },
  'scanner-window': {
    ...fails,
    who: 'merchant',
    common: 3,
  },
  // Wallets in dark mode show a light code on dark ground.
  'scanner-setting': {
    ...fails,
    who: 'technician',
    reach: 'payer',
  },
  'scanner-sluggish': {
    ...warns,
  },
  // Scratched screens, creased paper: codes of everyday that only error correction reads.
  'scanner-no-correction': {
    ...fails,
    who: 'vendor',
  },
  'scanner-light': {
    ...fails,
    who: 'vendor',
  },
  // As the setting, of an engine whose setting nobody can read.
  'scanner-inverted': {
    ...fails,
    who: 'technician',
    reach: 'payer',
  },
  // A limit of length, or kinds of text that are not passed on: neutral codes are read, a wallet's not.
  'scanner-form': {
    ...fails,
    who: 'technician',
    reach: 'wallet',
  },
  'scanner-unsteady': {
    ...fails,
    who: 'vendor',
  },
  // Or the terminal was in no screen that scans.
  'scanner-reads-nothing': {
    ...fails,
    known: 'derived',
    who: 'technician',
  },
  'scanner-misses-some': {
    ...warns,
  },
  'scanner-alters': {
    ...warns,
  },
  'scanner-app-disabled': {
    check: 'scanner',
    verdict: 'fail',
    rung: 'scanner',
    known: 'read',
    produces: { S1: 'T' },
    who: 'technician',
    seat: 'terminal',
  },
} as const satisfies Rules;
