/**
 * What each fault of the simulated terminals should be named as, written from the playbook (its
 * table of symptoms and its ladder) and from the simulators' data sheet.
 */
import type { Row } from '../../support/under-symptoms.ts';
import * as common from './common-rows.ts';

export const network: readonly Row[] = [
  ...common.network,
  ['router-dns-silent', 'network', 'network_dns_server_silent', '1 4'],
  ['dns-broken', 'network', 'network_setting_wrong', '1 4'],
];

export const wireless: readonly Row[] = [
  ...common.wireless,
  ['sim-expired', 'cellular', 'sim_spare_unusable', ''],
];

/** In a shop where 4G is all there is. */
export const cellular: readonly Row[] = [
  ...common.cellular,
  ['no-network', 'cellular', 'cellular_unregistered', '1 4'],
  ['sim-expired', 'cellular', 'sim_expired', '1 4'],
  ['sim-plan-used-up', 'cellular', 'sim_used_up', '1 4'],
  ['sim-whitelist-without-dns', 'cellular', 'sim_whitelist_dns', '1 4'],
  ['carrier-dns-silent', 'network', 'network_dns_server_silent', '1 4'],
];

export const trust: readonly Row[] = [
  ...common.trust,
  ['clock-zone-wrong', 'clock', 'clock_zone_wrong', '2'],
];

export const parts = common.parts;

export const payment: readonly Row[] = [
  ...common.payment,
  // Answered with 03: nobody collects, so no order is anywhere else.
  ['merchant-number-mistyped', 'payment-settings', 'payment_merchant_unknown', '1 2'],
  ['device-not-filed', 'device-binding', 'binding_unfiled', '1 2 3 4'],
];

export const codeboxOnly: readonly Row[] = [
  ['mtu-blackhole', 'network', 'network_large_blocked', '1 4'],
  ['vpn-forbidden-up', 'vpn', 'vpn_forbidden_up', ''],
  // Without a computer that is shown a good one, an unknown issuer is all that is known.
  ['tls-proxy', 'tls', 'tls_issuer', '1 4'],
  ['qr-static-instead-of-dynamic', 'qr-mode', 'qr_mode_wrong', '1 2 4'],
  ['qr-payload-foreign', 'qr-mode', 'qr_payload_other_merchant', '3'],
  ['qr-presented-customer', 'qr-mode', 'qr_presented_wrong', '1'],
  ['qr-validity-too-long', 'qr-validity', 'qr_validity_long', '1 2'],
  ['qr-validity-too-short', 'qr-validity', 'qr_validity_short', '1 2'],
];

export const counterOnly: readonly Row[] = [
  ['mtu-blackhole', 'network', 'network_large_blocked_vpn', '1 4'],
  ['vpn-down', 'vpn', 'vpn_down_required', '1 4'],
  ['vpn-off', 'vpn', 'vpn_switched_off', '1 4'],
  ...common.scannerAndPrinter,
  ['scanner-slow', 'scanner', 'scanner_slow', '1'],
  ['qr-presented-merchant', 'qr-mode', 'qr_presented_wrong', '1'],
  ['two-acquirers', 'acquirer-apps', 'acquirer_apps_two', '3'],
];

/** Their traces stay when they are off: installed firmware, drops that were counted. */
export const lasting = {
  codebox: [['firmware-old', 'system-version', 'version_old', '1 2 4']],
  counter: [
    ['firmware-old', 'system-version', 'version_old', '1 2 4'],
    ['old-security-patch', 'system-version', 'version_patch_old', ''],
    ['vpn-flapping', 'vpn', 'vpn_drops', '1 4'],
  ],
} as const satisfies Readonly<Record<string, readonly Row[]>>;

/** Nothing fails and nothing is worth a word while the terminal is on Wi-Fi, and why. */
export const unseen: Readonly<Record<string, string>> = {
  'cellular-weak': 'a SIM that only stands by does no harm',
  'sim-absent': 'without a SIM there is none that could stand by',
  'sim-plan-used-up': 'it shows in use only: the SIM is registered and has an address',
  'sim-whitelist-without-dns': 'it shows in use only',
  'carrier-dns-silent': 'it shows in use only',
  'clock-off': 'nobody tells the right time; with an acquirer to ask it is named (account-faults)',
  'unsettled-transactions': 'no symptom comes of it: it is a reason not to flash',
};

/** Of the counter terminal's scanner: the self-test is well, and only the loop test shows them. */
export const unseenOnCounter: Readonly<Record<string, string>> = {
  ...unseen,
  'scanner-window-dirty': 'only codes held before it show it: the loop test does',
  'scanner-misses-damaged': 'only damaged codes held before it show it: the loop test does',
  'scanner-limits-length': 'only long codes held before it show it: the loop test does',
};
