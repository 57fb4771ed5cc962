/** Every condition that a check can find, and which conditions explain which. */
import { announcingRules } from './announcing.ts';
import { hardwareRules } from './hardware.ts';
import { networkRules } from './network.ts';
import { partsRules } from './parts.ts';
import { platformRules } from './platform.ts';
import { settingsRules } from './settings.ts';
import type { Rule } from './rule.ts';

const all = {
  ...networkRules,
  ...hardwareRules,
  ...partsRules,
  ...announcingRules,
  ...settingsRules,
  ...platformRules,
};
export type ConditionId = keyof typeof all;

export const rules: Readonly<Record<ConditionId, Rule>> = all;
export const conditionIds = Object.keys(all) as ConditionId[];

const offline: readonly ConditionId[] = [
  'network-link-down',
  'network-no-address',
  'network-no-gateway',
  'network-dns-silent',
  'network-host-unreachable',
  'network-large-blocked',
  'network-loss-high',
  'sound-offline',
];

/**
 * What a condition explains in *other* checks: with it gone these are expected to go too. Within
 * a check the lowest rung leads.
 */
export const explanations: Readonly<Partial<Record<ConditionId, readonly ConditionId[]>>> = {
  'wifi-not-joined': offline,
  'wifi-wrong-network': offline,
  'wifi-poor': offline,
  'wifi-portal': [
    'network-dns-silent',
    'network-host-unreachable',
    'network-large-blocked',
    'sound-offline',
  ],
  // Announcements come over the same network.
  'network-link-down': ['sound-offline'],
  'network-no-address': ['sound-offline'],
  'network-no-gateway': ['sound-offline'],
  'network-dns-silent': ['sound-offline'],
  'platform-down': ['network-host-unreachable'],
  'platform-refuses': ['network-host-unreachable'],
  'network-setting-wrong': ['platform-refuses'],
  // The displayed code is made from the settings.
  'payment-merchant-number': ['qr-payload-other-merchant', 'qr-payload-other-code'],
  'payment-terminal-number': ['qr-payload-other-terminal'],
  'payment-channel': ['qr-payload-other-code'],
};

/** All of a list of conditions explained by one of another list. */
export function explainsAll(
  causes: readonly ConditionId[],
  conditions: readonly ConditionId[],
): boolean {
  return conditions.every((c) => causes.some((cause) => explanations[cause]?.includes(c) ?? false));
}
