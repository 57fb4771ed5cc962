/**
 * What each fault of the simulated Android terminals should be named as, written from the playbook and
 * from the simulator's data sheet. Both scan the payer's code and are on Wi-Fi, with 4G behind it.
 */
import type { Row } from '../../support/under-symptoms.ts';
import * as common from '../faults/common-rows.ts';
import type { AndroidModel } from '../../support/android-terminal.ts';

export const network: readonly Row[] = [
  ...common.network,
  // The vendor's service tells that the host is not reached, and not which server was silent.
  ['router-dns-silent', 'network', 'network_host_unreachable', '1 4'],
  ['proxy-set', 'network', 'network_proxy', '1 4'],
  ['proxy-managed', 'network', 'network_proxy_managed', '1 4'],
  ['captive-portal-mode-off', 'network', 'network_portal_check_off', ''],
  ['airplane-mode', 'network', 'network_airplane', '1 4'],
];

export const wireless = common.wireless;

/** With Wi-Fi switched off, in a shop that expects none. */
export const cellular: readonly Row[] = [
  ...common.cellular,
  // Android has no word for a cancelled SIM: the carrier does not let it in.
  ['sim-expired', 'cellular', 'cellular_unregistered', '1 4'],
  ['sim-plan-used-up', 'network', 'network_host_unreachable', '1 4'],
  ['mobile-data-off', 'cellular', 'mobile_data_off', '1 4'],
];

export const trust: readonly Row[] = [
  ...common.trust,
  ['clock-off', 'clock', 'clock_not_automatic', ''],
  ['clock-zone-wrong', 'clock', 'clock_zone_wrong', '2'],
];

export const parts: readonly Row[] = [
  ...common.parts,
  ['storage-full', 'system-version', 'storage_full', '1 2 4'],
  ['firmware-old', 'system-version', 'version_patch_old', ''],
  ['old-security-patch', 'system-version', 'version_patch_old', ''],
  ...common.scannerAndPrinter,
  ['scanner-slow', 'scanner', 'scanner_sluggish', ''],
];

export const payment: readonly Row[] = [
  ...common.payment,
  ['payment-app-missing', 'acquirer-apps', 'payment_app_missing', '1 2 4'],
  ['payment-app-disabled', 'acquirer-apps', 'payment_app_disabled', '1 2 4'],
  ['payment-app-asleep', 'acquirer-apps', 'payment_app_asleep', ''],
  ['payment-app-old', 'acquirer-apps', 'payment_app_old', '1 2 4'],
  ['scanner-app-disabled', 'scanner', 'scanner_app_disabled', '1'],
  ['two-acquirers', 'acquirer-apps', 'acquirer_apps_two', '3'],
  ['merchant-number-mistyped', 'payment-settings', 'payment_merchant_number', '1 2 3 4'],
  ['qr-static-instead-of-dynamic', 'qr-mode', 'qr_setting_wrong', '1 2 3'],
  ['qr-payload-foreign', 'qr-mode', 'qr_setting_wrong', '1 2 3'],
  ['qr-presented-merchant', 'qr-mode', 'qr_presented_wrong', '1'],
  // The vendor's service says that the sign-in was refused; why is asked.
  ['device-not-filed', 'sign-in', 'sign_in_needed', '1 2'],
];

export const own = {
  'at-700': [['vpn-forbidden-up', 'vpn', 'vpn_forbidden_blocks', '1 4']],
  'at-900': [
    ['dns-broken', 'network', 'network_private_dns', '1 4'],
    ['vpn-down', 'vpn', 'vpn_down_required', '1 4'],
    ['vpn-off', 'vpn', 'vpn_switched_off', '1 4'],
  ],
} as const satisfies Readonly<Record<AndroidModel, readonly Row[]>>;

/** Nothing fails and nothing is worth a word, and why. */
export const unseen: Readonly<Partial<Record<string, string>>> = {
  'cellular-weak': 'a SIM that only stands by does no harm',
  'sim-absent': 'without a SIM there is none that could stand by',
  'sim-expired': 'a SIM that stands by may be out of service for a while',
  'sim-plan-used-up': 'it shows in use only',
  'mobile-data-off': 'many a shop with Wi-Fi has it off on purpose',
  'qr-validity-too-long': 'it shows no codes: it scans the payer’s',
  'qr-validity-too-short': 'it shows no codes: it scans the payer’s',
  'scanner-misses-damaged': 'only damaged codes held before it show it: the loop test does',
  'unsettled-transactions': 'no symptom comes of it: it is a reason not to flash',
};
