/** Android's settings tables, each a row of texts (`settings list global`). */
import type { Model } from '../models/model.ts';

export const tableNames = ['global', 'secure', 'system'] as const;
export type TableName = (typeof tableNames)[number];
export type Tables = Readonly<Record<TableName, Map<string, string>>>;

export function defaultTables(model: Model): Tables {
  const modern = model.firmware.sdk >= 28;
  return {
    global: new Map(Object.entries({ ...globals, ...(modern ? modernGlobals : oldGlobals) })),
    secure: new Map(Object.entries({ ...secures, ...vpnOf(model), ...merchantOf(model) })),
    system: new Map(Object.entries(systems)),
  };
}

const globals = {
  adb_enabled: '1',
  airplane_mode_on: '0',
  auto_time: '1',
  auto_time_zone: '1',
  bluetooth_on: '0',
  captive_portal_mode: '1',
  data_roaming: '0',
  development_settings_enabled: '0',
  device_provisioned: '1',
  mobile_data: '1',
  mode_ringer: '2',
  ntp_server: 'ntp.posbench.test',
  stay_on_while_plugged_in: '7',
  usb_mass_storage_enabled: '1',
  wifi_on: '1',
  wifi_scan_always_enabled: '0',
  wifi_sleep_policy: '2',
};

const oldGlobals = { captive_portal_server: 'portal.posbench.test' };

const modernGlobals = {
  adb_wifi_enabled: '0',
  captive_portal_http_url: 'http://portal.posbench.test/generate_204',
  captive_portal_https_url: 'https://portal.posbench.test/generate_204',
  private_dns_mode: 'opportunistic',
  package_verifier_user_consent: '-1',
};

const secures = {
  android_id: '5f1c0d7b92e84a36',
  default_input_method: 'com.android.inputmethod.latin/.LatinIME',
  install_non_market_apps: '1',
  location_mode: '0',
  user_setup_complete: '1',
};

const systems = {
  screen_brightness: '153',
  screen_brightness_mode: '0',
  screen_off_timeout: '1800000',
  time_12_24: '24',
  volume_music: '11',
};

function vpnOf({ apps, paysThroughVpn }: Model): Record<string, string> {
  if (!paysThroughVpn || apps.tunnel === null) return {};
  return { always_on_vpn_app: apps.tunnel.name, always_on_vpn_lockdown: '1' };
}

function merchantOf({ merchantStore, defaults }: Model): Record<string, string> {
  if (merchantStore.kind !== 'settings') return {};
  const { prefix } = merchantStore;
  return Object.fromEntries(Object.entries(defaults).map(([key, value]) => [prefix + key, value]));
}
