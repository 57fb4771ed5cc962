/** Every condition that a check can find, and which conditions explain which. */
import { accountRules } from './account.ts';
import { announcingRules } from './announcing.ts';
import { cellularRules } from './cellular.ts';
import { networkExplanations } from './explains-network.ts';
import { hardwareRules } from './hardware.ts';
import { networkRules } from './network.ts';
import { ordersRules } from './orders.ts';
import { partsRules } from './parts.ts';
import { platformRules } from './platform.ts';
import { scannerRules } from './scanner.ts';
import { settingsRules } from './settings.ts';
import { terminalUseRules } from './terminal-use.ts';
import { trustRules } from './trust.ts';
import { wifiRules } from './wifi.ts';
import type { CheckId } from '../../contract/diagnosis.ts';
import type { Rule } from './rule.ts';

const all = {
  ...networkRules,
  ...wifiRules,
  ...cellularRules,
  ...trustRules,
  ...hardwareRules,
  ...partsRules,
  ...scannerRules,
  ...announcingRules,
  ...settingsRules,
  ...terminalUseRules,
  ...accountRules,
  ...platformRules,
  ...ordersRules,
};
export type ConditionId = keyof typeof all;

export const rules: Readonly<Record<ConditionId, Rule>> = all;
export const conditionIds = Object.keys(all) as ConditionId[];

/** What can be wrong by a check's own sight, as a cause can be. */
export const faultsOf = (check: CheckId): ConditionId[] =>
  conditionIds.filter((id) => rules[id].check === check && rules[id].verdict === 'fail');

const elsewhere: Readonly<Partial<Record<ConditionId, readonly ConditionId[]>>> =
  Object.fromEntries(
    [
      'binding-other-merchant',
      'counter-code-other-shop',
      'counter-code-personal',
      'counter-code-covered',
      'acquirer-apps-two',
      'qr-payload-other-merchant',
      'qr-payload-other-code',
      'qr-payee-other',
      'acquirer-unlicensed',
    ].map((cause) => [cause, ['order-missing']]),
  );

/**
 * What a condition explains in *other* checks: with it gone these are expected to go too. Within
 * a check the lowest rung leads.
 */
export const explanations: Readonly<Partial<Record<ConditionId, readonly ConditionId[]>>> = {
  ...networkExplanations,
  // The displayed code is made from the settings.
  'payment-merchant-number': [
    'qr-payload-other-merchant',
    'qr-payload-other-code',
    'order-missing',
  ],
  'payment-merchant-unknown': ['binding-merchant-unknown'],
  'payment-terminal-number': ['qr-payload-other-terminal', 'binding-unfiled'],
  'payment-channel': ['qr-payload-other-code', 'order-missing'],
  'payment-not-matching': ['binding-merchant-unknown', 'order-missing'],
  // The money went elsewhere, so this merchant has no order.
  ...elsewhere,
  tampered: ['key-missing'],
  'operation-not-waiting': ['order-password-pending', 'order-reversed'],
  'card-not-bound': ['settlement-pending', 'settlement-payout-failed'],
  'merchant-frozen': ['settlement-payout-failed'],
};

/** All of a list of conditions explained by one of another list. */
export function explainsAll(
  causes: readonly ConditionId[],
  conditions: readonly ConditionId[],
): boolean {
  return conditions.every((c) => causes.some((cause) => explanations[cause]?.includes(c) ?? false));
}
