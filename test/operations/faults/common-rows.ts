/**
 * What both kinds of simulated terminals should be named as with the same fault: the code box and the
 * counter terminal over SMP, the Android terminals over ADB. Written from the playbook.
 */
import type { Row } from '../../support/under-symptoms.ts';

export const network: readonly Row[] = [
  // The expected Wi-Fi leads where neither it nor 4G is there.
  ['no-network', 'wifi', 'wifi_not_joined', '1 4'],
  ['payment-host-unreachable', 'network', 'network_host_unreachable', '1 4'],
  ['packet-loss', 'network', 'network_loss_high', '1 4'],
  ['slow-network', 'network', 'network_slow', ''],
  ['jittery-network', 'network', 'network_jitter', ''],
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
];

/** In a shop where 4G is all there is. */
export const cellular: readonly Row[] = [
  ['cellular-weak', 'cellular', 'cellular_poor', '1 4'],
  ['sim-absent', 'cellular', 'sim_absent', '1 4'],
  ['sim-locked', 'cellular', 'sim_locked', '1 4'],
  ['sim-blocked', 'cellular', 'sim_blocked', '1 4'],
];

export const trust: readonly Row[] = [
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
  // It erases the keys, so that payments are refused too.
  ['tampered', 'tamper', 'tampered', '1 2'],
  ['volume-muted', 'sound-device', 'sound_quiet', '4'],
  ['announcement-offline', 'sound-device', 'sound_offline', '4'],
];

export const payment: readonly Row[] = [
  ['wrong-merchant', 'payment-settings', 'payment_merchant_number', '1 2 3 4'],
  ['wrong-terminal-number', 'payment-settings', 'payment_terminal_number', '1 2 3 4'],
  ['wrong-channel', 'payment-settings', 'payment_channel', '1 2 3 4'],
  ['wrong-settlement-tail', 'payment-settings', 'payment_settlement_account', '5'],
  ['payment-method-closed', 'payment-settings', 'payment_methods', '1 2'],
  ['wrong-currency', 'payment-settings', 'payment_currency', '2'],
  ['not-activated', 'sign-in', 'not_activated', '1 2'],
  ['parameters-missing', 'sign-in', 'parameters_missing', '1 2'],
  ['main-key-missing', 'sign-in', 'key_missing', '1 2'],
  ['not-signed-in', 'sign-in', 'sign_in_needed', '1 2'],
  ['managed-pushback', 'system-version', 'version_managed', ''],
];

/** Of terminals that have them. */
export const scannerAndPrinter: readonly Row[] = [
  ['scanner-dead', 'scanner', 'scanner_dead', '1'],
  ['scanner-illumination-dead', 'scanner', 'scanner_failed', '1'],
  ['scanner-misses-inverted', 'scanner', 'scanner_setting', '1'],
  ['printer-no-paper', 'printer', 'printer_paper_out', '4'],
  ['printer-lid-open', 'printer', 'printer_lid_open', '4'],
  ['printer-overheated', 'printer', 'printer_overheated', '4'],
];
