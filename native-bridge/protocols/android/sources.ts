/** Every dump that profiles can name, with the fields that it tells. */
import { parseBattery } from './battery.ts';
import { DATE_COMMAND, parseClock } from './clock.ts';
import { parseConnectivity } from './connectivity.ts';
import { parseDevicePolicy } from './device-policy.ts';
import { dump, type AndroidDump, type FieldValue } from './dump.ts';
import { outwardAddress, parseIpAddress } from './ip-address.ts';
import { parseIpRoute } from './ip-route.ts';
import { parsePackage } from './package.ts';
import { parsePowerSupply } from './power-supply.ts';
import { readGlobalSettings, readSecureSettings } from './settings-fields.ts';
import { parseSim } from './sim.ts';
import { parseStorage } from './storage.ts';
import { parseTelephony } from './telephony.ts';
import { parseNetworkTime, parseTimeDetector } from './time-source.ts';
import { parseUptime } from './uptime.ts';
import { parseUsb } from './usb.ts';
import { parseVpn } from './vpn.ts';
import { parseWifi } from './wifi.ts';

type Fields = Readonly<Record<string, FieldValue>>;

/** Where a thing is not there, what would be said of it is none: '' and not "unknown". */
function noneIf<Told extends Fields>(isAbsent: boolean, told: Told) {
  const entries = Object.entries(told).map(([name, value]) => [name, isAbsent ? '' : value]);
  return Object.fromEntries(entries) as { readonly [Name in keyof Told]: FieldValue };
}

function batteryFields(output: string) {
  const { present, powered, updatesStopped, ...told } = parseBattery(output);
  return { ...noneIf(present === false, told), present, powered, updatesStopped };
}

function wifiFields(output: string) {
  const { enabled, joined, ...told } = parseWifi(output);
  return { ...noneIf(joined === false, told), enabled, joined };
}

function packageFields(output: string) {
  const { installed, ...told } = parsePackage(output);
  return { ...noneIf(installed === false, told), installed };
}

const wifiNames = [
  'enabled',
  'joined',
  'ssid',
  'rssiDbm',
  'linkMbps',
  'frequencyMhz',
  'security',
] as const;

/** Documentation's own network (RFC 5737): a route to it is the default route. */
const anywhere = '192.0.2.1';

export const androidDumps = {
  battery: dump(
    ['dumpsys', 'battery'],
    [
      'present',
      'levelPercent',
      'status',
      'charging',
      'powered',
      'celsius',
      'millivolts',
      'health',
      'technology',
      /** true: the values are made up, by hand. */
      'updatesStopped',
    ],
    batteryFields,
  ),
  'power-supply': dump(
    ['sh', '-c', 'cat /sys/class/power_supply/*/uevent'],
    ['cycleCount', 'chargeFullMicroampHours', 'designMicroampHours', 'health'],
    parsePowerSupply,
  ),
  connectivity: dump(
    ['dumpsys', 'connectivity'],
    [
      'link',
      'internet',
      'validated',
      'captivePortal',
      'wifiCaptivePortal',
      'partial',
      'interfaceName',
      'address',
      'gateway',
      'dns',
      'privateDnsMode',
      'privateDnsHost',
      'privateDnsBroken',
      'proxy',
      'vpnUp',
      'vpnPackage',
    ],
    parseConnectivity,
  ),
  /** Android 12 and later. */
  vpn: dump(['dumpsys', 'vpn_management'], ['up', 'package'], parseVpn),
  /** Some megabytes where Wi-Fi has been busy. */
  wifi: dump(['dumpsys', 'wifi'], wifiNames, wifiFields),
  /** The same in a few lines; Android 11 and later. */
  'wifi-status': dump(['cmd', 'wifi', 'status'], wifiNames, wifiFields),
  telephony: dump(
    ['dumpsys', 'telephony.registry'],
    ['registered', 'operator', 'roaming', 'networkType', 'rsrpDbm', 'sinrDb', 'dataConnected'],
    parseTelephony,
  ),
  sim: dump(['getprop', 'gsm.sim.state'], ['sim'], parseSim),
  address: dump(['ip', 'addr'], ['address'], (output) => ({
    address: outwardAddress(parseIpAddress(output)),
  })),
  route: dump(
    ['ip', 'route', 'get', anywhere],
    ['gateway', 'interfaceName', 'sourceAddress'],
    parseIpRoute,
  ),
  storage: dump(['df', '-k', '/data'], ['dataFreeBytes', 'dataTotalBytes'], parseStorage),
  clock: dump(['sh', '-c', DATE_COMMAND], ['utc', 'zone'], parseClock),
  'network-time': dump(
    ['dumpsys', 'network_time_update_service'],
    ['ageSeconds'],
    parseNetworkTime,
  ),
  'time-detector': dump(
    ['dumpsys', 'time_detector'],
    ['automaticTime', 'sources'],
    parseTimeDetector,
  ),
  uptime: dump(['cat', '/proc/uptime'], ['seconds'], parseUptime),
  usb: dump(
    ['dumpsys', 'usb'],
    ['connected', 'configured', 'hostConnected', 'functions', 'powerRole', 'dataRole'],
    parseUsb,
  ),
  'settings-global': dump(
    ['settings', 'list', 'global'],
    [
      'automaticTime',
      'automaticZone',
      'privateDnsMode',
      'privateDnsHost',
      'proxy',
      'proxySetDirectly',
      'captivePortalMode',
      'airplaneMode',
      'wifiOn',
      'mobileDataOn',
    ],
    readGlobalSettings,
  ),
  'settings-secure': dump(
    ['settings', 'list', 'secure'],
    ['alwaysOnVpnPackage', 'alwaysOnVpnLockdown'],
    readSecureSettings,
  ),
  'device-policy': dump(['dumpsys', 'device_policy'], ['owner'], parseDevicePolicy),
  /** The package's name is appended to the command. */
  package: dump(
    ['dumpsys', 'package'],
    [
      'installed',
      'enabled',
      'versionName',
      'versionCode',
      'firstInstall',
      'lastUpdate',
      'signerDigest',
    ],
    packageFields,
  ),
} satisfies Readonly<Record<string, AndroidDump>>;

export type AndroidDumpName = keyof typeof androidDumps;
