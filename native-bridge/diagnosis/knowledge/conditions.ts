/** The one list of what a rule file's `condition` may name. */
import { conditionIds } from '../rules/index.ts';

/** Named by the trade knowledge before the rule that gives them their meaning. */
const awaited = [
  'sign-in-needed',
  'not-activated',
  'parameters-missing',
  'key-missing',
  'binding-other-merchant',
  'binding-unfiled',
  'merchant-frozen',
  'merchant-dormant',
  'merchant-papers-expired',
  'merchant-real-name',
  'receiving-limit',
  'receiving-credit-off',
  'receiving-method-closed',
  'receiving-closed',
  'order-password-pending',
  'order-reversed',
  'settlement-pending',
  'settlement-card-limit',
  'settlement-name-wrong',
  'settlement-payout-failed',
  'card-not-bound',
  'qr-code-expired',
  'clock-off',
  'tls-expired',
  'sim-used-up',
  'sim-locked',
  'sim-expired',
  'acquirer-unlicensed',
  'payer-balance',
  'payer-card-limit',
  'payer-risk',
] as const;

export const knownConditions: readonly string[] = [...new Set([...conditionIds, ...awaited])];
