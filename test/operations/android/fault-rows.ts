/**
 * What each fault of the simulated Android terminals should be named as, written from the playbook and
 * from the simulator's data sheet. Both scan the payer's code and are on Wi-Fi, with 4G behind it.
 */
import type { Row } from '../../support/under-symptoms.ts';
import type { AndroidModel } from '../../support/android-terminal.ts';

export const network: readonly Row[] = [
  // The expected Wi-Fi leads where neither it nor 4G is there.
  ['no-network', 'wifi', 'wifi_not_joined', '1 4'],
  ['payment-host-unreachable', 'network', 'network_host_unreachable', '1 4'],
  ['packet-loss', 'network', 'network_loss_high', '1 4'],
  ['slow-network', 'network', 'network_slow', ''],
  ['jittery-network', 'network', 'network_jitter', ''],
  // The vendor's service tells that the host is not reached, and not which server was silent.
  ['router-dns-silent', 'network', 'network_host_unreachable', '1 4'],
  ['wrong-payment-host', 'network', 'network_setting_wrong', '1 4'],
  ['platform-down', 'platform', 'platform_refuses', '1 2 4'],
  ['proxy-set', 'network', 'network_proxy', '1 4'],
  ['captive-portal-mode-off', 'network', 'network_portal_check_off', ''],
  ['airplane-mode', 'network', 'network_airplane', '1 4'],
];

export const wireless: readonly Row[] = [
  ['wifi-weak', 'wifi', 'wifi_poor', '1 4'],
  ['wifi-wrong-ssid', 'wifi', 'wifi_wrong_network', '1 4'],
  ['wifi-captive-portal', 'wifi', 'wifi_portal', '1 4'],
  ['wifi-not-joined', 'wifi', 'wifi_not_joined', '1 4'],
  ['wifi-off', 'wifi', 'wifi_not_joined', '1 4'],
  // A SIM that only stands by.
  ['sim-locked', 'cellular', 'sim_spare_unusable', ''],
  ['sim-blocked', 'cellular', 'sim_spare_unusable', ''],
];

/** With Wi-Fi switched off, in a shop that expects none. */
export const cellular: readonly Row[] = [
  ['cellular-weak', 'cellular', 'cellular_poor', '1 4'],
  ['sim-absent', 'cellular', 'sim_absent', '1 4'],
  ['sim-locked', 'cellular', 'sim_locked', '1 4'],
  ['sim-blocked', 'cellular', 'sim_blocked', '1 4'],
  // Android has no word for a cancelled SIM: the carrier does not let it in.
  ['sim-expired', 'cellular', 'cellular_unregistered', '1 4'],
  ['sim-plan-used-up', 'network', 'network_host_unreachable', '1 4'],
  ['mobile-data-off', 'cellular', 'mobile_data_off', '1 4'],
];

export const trust: readonly Row[] = [
  ['clock-off', 'clock', 'clock_not_automatic', ''],
  ['clock-reset', 'clock', 'clock_behind', '1 2 4'],
  ['certificate-expired-at-host', 'tls', 'tls_expired', '1 4'],
  ['certificate-not-yet-valid', 'tls', 'tls_not_yet_valid', '1 4'],
  ['certificate-wrong-name', 'tls', 'tls_name', '1 4'],
  ['certificate-unknown-issuer', 'tls', 'tls_issuer', '1 4'],
];

export const parts: readonly Row[] = [
  ['battery-low', 'battery', 'battery_empty', '1 4'],
  ['battery-empty-not-charging', 'battery', 'battery_empty', '1 4'],
  ['battery-hot', 'battery', 'battery_hot', '1 4'],
  ['battery-worn', 'battery', 'battery_unhealthy', ''],
  ['storage-full', 'system-version', 'storage_full', '1 2 4'],
  ['firmware-old', 'system-version', 'version_patch_old', ''],
  ['old-security-patch', 'system-version', 'version_patch_old', ''],
  ['tampered', 'tamper', 'tampered', '1 2'],
  ['volume-muted', 'sound-device', 'sound_quiet', '4'],
  ['announcement-offline', 'sound-device', 'sound_offline', '4'],
  ['scanner-dead', 'scanner', 'scanner_dead', '1'],
  ['scanner-illumination-dead', 'scanner', 'scanner_failed', '1'],
  ['scanner-slow', 'scanner', 'scanner_sluggish', ''],
  ['scanner-misses-inverted', 'scanner', 'scanner_setting', '1'],
  ['printer-no-paper', 'printer', 'printer_paper_out', '4'],
  ['printer-lid-open', 'printer', 'printer_lid_open', '4'],
  ['printer-overheated', 'printer', 'printer_overheated', '4'],
];

export const payment: readonly Row[] = [
  ['payment-app-missing', 'acquirer-apps', 'payment_app_missing', '1 2 4'],
  ['payment-app-disabled', 'acquirer-apps', 'payment_app_disabled', '1 2 4'],
  ['payment-app-old', 'acquirer-apps', 'payment_app_old', '1 2 4'],
  ['scanner-app-disabled', 'scanner', 'scanner_app_disabled', '1'],
  ['two-acquirers', 'acquirer-apps', 'acquirer_apps_two', '3'],
  ['wrong-merchant', 'payment-settings', 'payment_merchant_number', '1 2 3 4'],
  ['merchant-number-mistyped', 'payment-settings', 'payment_merchant_number', '1 2 3 4'],
  ['wrong-terminal-number', 'payment-settings', 'payment_terminal_number', '1 2 3 4'],
  ['wrong-channel', 'payment-settings', 'payment_channel', '1 2 3 4'],
  ['wrong-settlement-tail', 'payment-settings', 'payment_settlement_account', '5'],
  ['payment-method-closed', 'payment-settings', 'payment_methods', '1 2'],
  ['wrong-currency', 'payment-settings', 'payment_currency', '2'],
  ['qr-static-instead-of-dynamic', 'qr-mode', 'qr_setting_wrong', '1 2 3'],
  ['qr-payload-foreign', 'qr-mode', 'qr_setting_wrong', '1 2 3'],
  ['qr-presented-merchant', 'qr-mode', 'qr_presented_wrong', '1'],
  ['not-activated', 'sign-in', 'not_activated', '1 2'],
  ['parameters-missing', 'sign-in', 'parameters_missing', '1 2'],
  ['main-key-missing', 'sign-in', 'key_missing', '1 2'],
  ['not-signed-in', 'sign-in', 'sign_in_needed', '1 2'],
  // The vendor's service says that the sign-in was refused; why is asked.
  ['device-not-filed', 'sign-in', 'sign_in_needed', '1 2'],
  ['managed-pushback', 'system-version', 'version_managed', ''],
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
  'clock-zone-wrong': 'no merchant says yet in which zone the shop is',
  'qr-validity-too-long': 'it shows no codes: it scans the payer’s',
  'qr-validity-too-short': 'it shows no codes: it scans the payer’s',
  'scanner-misses-damaged': 'only damaged codes held before it show it: the loop test does',
  'unsettled-transactions': 'no symptom comes of it: it is a reason not to flash',
};

export const unseenOn900: Readonly<Record<string, string>> = {
  'payment-app-asleep': 'no profile reads yet which apps the system may put to sleep',
};
