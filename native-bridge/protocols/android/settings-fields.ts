/** What the readings need of the tables (Settings.Global, Settings.Secure). */
import { parseSettingsList } from './settings.ts';
import { bitOf } from './values.ts';

type PrivateDnsMode = 'off' | 'opportunistic' | 'hostname';

export interface GlobalSettings {
  readonly automaticTime: boolean | '' | null;
  readonly automaticZone: boolean | '' | null;
  /** '' where nobody set it: Android 9 and later then try it, which is `opportunistic`. */
  readonly privateDnsMode: PrivateDnsMode | '' | null;
  readonly privateDnsHost: string | null;
  /** Of every network: `host:port`, or a script's address; '' where there is none. */
  readonly proxy: string | null;
  /** It stands where an app with the right to do so sets it, and nobody asked for it in `http_proxy`. */
  readonly proxySetDirectly: boolean | null;
  /** What the system does before a sign-in page: nothing, tell, leave the network. */
  readonly captivePortalMode: 'ignore' | 'prompt' | 'avoid' | '' | null;
  readonly airplaneMode: boolean | '' | null;
  readonly wifiOn: boolean | '' | null;
  /** Of the SIM that data goes over; null where it can't be told which that is. */
  readonly mobileDataOn: boolean | '' | null;
}

export interface SecureSettings {
  readonly alwaysOnVpnPackage: string | null;
  readonly alwaysOnVpnLockdown: boolean | '' | null;
}

type Table = ReadonlyMap<string, string>;

export function readGlobalSettings(text: string): GlobalSettings {
  const table = tableOf(text);
  const mode = textIn(table, 'private_dns_mode');
  return {
    automaticTime: flagIn(table, 'auto_time'),
    automaticZone: flagIn(table, 'auto_time_zone'),
    privateDnsMode: mode === '' ? '' : isPrivateDnsMode(mode) ? mode : null,
    privateDnsHost: textIn(table, 'private_dns_specifier'),
    proxy: table === null ? null : proxyIn(table),
    proxySetDirectly:
      table === null ? null : textIn(table, 'http_proxy') === '' && proxyIn(table) !== '',
    captivePortalMode: portalModeOf(textIn(table, 'captive_portal_mode')),
    airplaneMode: flagIn(table, 'airplane_mode_on'),
    wifiOn: wifiOf(textIn(table, 'wifi_on')),
    mobileDataOn: table === null ? null : mobileDataIn(table),
  };
}

export function readSecureSettings(text: string): SecureSettings {
  const table = tableOf(text);
  return {
    alwaysOnVpnPackage: textIn(table, 'always_on_vpn_app'),
    alwaysOnVpnLockdown: flagIn(table, 'always_on_vpn_lockdown'),
  };
}

/** Every terminal has some settings: none at all is another answer. */
function tableOf(text: string): Table | null {
  const table = parseSettingsList(text);
  return table.size < 3 ? null : table;
}

const textIn = (table: Table | null, key: string) =>
  table === null ? null : (table.get(key) ?? '').trim();

function flagIn(table: Table | null, key: string): boolean | '' | null {
  const text = textIn(table, key);
  return text === '' ? '' : bitOf(text ?? undefined);
}

const isPrivateDnsMode = (text: string | null): text is PrivateDnsMode =>
  text === 'off' || text === 'opportunistic' || text === 'hostname';

/**
 * Android takes `http_proxy` over into rows of its own, which a management app writes directly; `:0`
 * takes away what stands in any of them (ProxyTracker.loadGlobalProxy, setGlobalProxy).
 */
function proxyIn(table: Table): string | null {
  const asked = textIn(table, 'http_proxy');
  if (asked !== '' && asked !== null) return asked === ':0' ? '' : proxyOf(asked);
  const script = textIn(table, 'global_proxy_pac_url');
  if (script !== '' && script !== null) return /^\S{1,1024}$/.test(script) ? script : null;
  const host = textIn(table, 'global_http_proxy_host') ?? '';
  return host === '' ? '' : proxyOf(`${host}:${textIn(table, 'global_http_proxy_port') ?? ''}`);
}

const proxyOf = (text: string) => (/^\S{1,253}:\d{1,5}$/.test(text) ? text : null);

/**
 * With room for several SIMs each has a row under its subscription's number, and the row without one
 * is what the terminal was made with (DataEnabledSettings, DataSettingsManager: by getSimCount).
 */
function mobileDataIn(table: Table): boolean | '' | null {
  const ofSims = [...table.keys()].filter((key) => /^mobile_data\d{1,9}$/.test(key));
  if (ofSims.length === 0) return flagIn(table, 'mobile_data');
  const inUse = `mobile_data${textIn(table, 'multi_sim_data_call') ?? ''}`;
  if (ofSims.includes(inUse)) return flagIn(table, inUse);
  const [one = null, ...others] = new Set(ofSims.map((key) => flagIn(table, key)));
  return others.length === 0 ? one : null;
}

const portalModes = ['ignore', 'prompt', 'avoid'] as const;

function portalModeOf(text: string | null): (typeof portalModes)[number] | '' | null {
  return text === '' ? '' : (portalModes[Number(text ?? Number.NaN)] ?? null);
}

/** 0 off, 1 on, 2 on in spite of flight mode, 3 off because of it (WifiSettingsStore). */
function wifiOf(text: string | null): boolean | '' | null {
  if (text === '') return '';
  if (text === '1' || text === '2') return true;
  return text === '0' || text === '3' ? false : null;
}
