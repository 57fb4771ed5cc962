/**
 * What each fault of the simulated terminals should be named as, written from the playbook (its
 * table of symptoms and its ladder) and from the simulators' data sheet.
 */
import type { Row } from '../../support/under-symptoms.ts';

export const network: readonly Row[] = [
  // The expected Wi-Fi leads where neither it nor 4G is there.
  ['no-network', 'wifi', 'wifi_not_joined', '1 4'],
  ['payment-host-unreachable', 'network', 'network_host_unreachable', '1 4'],
  ['packet-loss', 'network', 'network_loss_high', '1 4'],
  ['slow-network', 'network', 'network_slow', ''],
  ['jittery-network', 'network', 'network_jitter', ''],
  ['router-dns-silent', 'network', 'network_dns_server_silent', '1 4'],
  ['dns-broken', 'network', 'network_setting_wrong', '1 4'],
  ['wrong-payment-host', 'network', 'network_setting_wrong', '1 4'],
  ['platform-down', 'platform', 'platform_refuses', '1 2 4'],
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
  ['sim-expired', 'cellular', 'sim_spare_unusable', ''],
];

/** In a shop where 4G is all there is. */
export const cellular: readonly Row[] = [
  ['no-network', 'cellular', 'cellular_unregistered', '1 4'],
  ['cellular-weak', 'cellular', 'cellular_poor', '1 4'],
  ['sim-absent', 'cellular', 'sim_absent', '1 4'],
  ['sim-locked', 'cellular', 'sim_locked', '1 4'],
  ['sim-blocked', 'cellular', 'sim_blocked', '1 4'],
  ['sim-expired', 'cellular', 'sim_expired', '1 4'],
  ['sim-plan-used-up', 'cellular', 'sim_used_up', '1 4'],
  ['sim-whitelist-without-dns', 'cellular', 'sim_whitelist_dns', '1 4'],
  ['carrier-dns-silent', 'network', 'network_dns_server_silent', '1 4'],
];

export const trust: readonly Row[] = [
  ['clock-reset', 'clock', 'clock_behind', '1 2 4'],
  ['clock-zone-wrong', 'clock', 'clock_zone_wrong', '2'],
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
  // It erases the keys, so that payments are refused too.
  ['tampered', 'tamper', 'tampered', '1 2'],
  ['volume-muted', 'sound-device', 'sound_quiet', '4'],
  ['announcement-offline', 'sound-device', 'sound_offline', '4'],
];

export const payment: readonly Row[] = [
  ['wrong-merchant', 'payment-settings', 'payment_merchant_number', '1 2 3 4'],
  // Answered with 03: nobody collects, so no order is anywhere else.
  ['merchant-number-mistyped', 'payment-settings', 'payment_merchant_unknown', '1 2'],
  ['wrong-terminal-number', 'payment-settings', 'payment_terminal_number', '1 2 3 4'],
  ['wrong-channel', 'payment-settings', 'payment_channel', '1 2 3 4'],
  ['wrong-settlement-tail', 'payment-settings', 'payment_settlement_account', '5'],
  ['payment-method-closed', 'payment-settings', 'payment_methods', '1 2'],
  ['wrong-currency', 'payment-settings', 'payment_currency', '2'],
  ['not-activated', 'sign-in', 'not_activated', '1 2'],
  ['parameters-missing', 'sign-in', 'parameters_missing', '1 2'],
  ['main-key-missing', 'sign-in', 'key_missing', '1 2'],
  ['not-signed-in', 'sign-in', 'sign_in_needed', '1 2'],
  ['device-not-filed', 'device-binding', 'binding_unfiled', '1 2 3 4'],
  ['managed-pushback', 'system-version', 'version_managed', ''],
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
  ['scanner-dead', 'scanner', 'scanner_dead', '1'],
  ['scanner-illumination-dead', 'scanner', 'scanner_failed', '1'],
  ['scanner-slow', 'scanner', 'scanner_slow', '1'],
  ['scanner-misses-inverted', 'scanner', 'scanner_setting', '1'],
  ['printer-no-paper', 'printer', 'printer_paper_out', '4'],
  ['printer-lid-open', 'printer', 'printer_lid_open', '4'],
  ['printer-overheated', 'printer', 'printer_overheated', '4'],
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
};
