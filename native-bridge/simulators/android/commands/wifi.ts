/** `svc wifi|data`, and `cmd wifi` where Android has it (from 11 on). */
import { wifiInfo } from '../dumpsys/wifi-info.ts';
import type { Device } from '../device/device.ts';
import type { PlainCommand, Printed } from '../shell/command.ts';

const CMD_WIFI_SDK = 30;

export const svc: PlainCommand = ([what = '', verb = ''], device) => {
  const key = what === 'wifi' ? 'wifi_on' : what === 'data' ? 'mobile_data' : null;
  if (key === null || !/^(en|dis)able$/.test(verb)) {
    return { out: `Control the ${what === '' ? 'system' : what} manager\n`, code: 0 };
  }
  device.settings.write('global', key, verb === 'enable' ? '1' : '0');
  return {};
};

export function cmdWifi(args: readonly string[], device: Device): Printed {
  if (device.model.firmware.sdk < CMD_WIFI_SDK)
    return { err: "Can't find service: wifi\n", code: 20 };
  const [verb = '', ...rest] = args;
  switch (verb) {
    case 'status':
      return { out: status(device) };
    case 'set-wifi-enabled':
      device.settings.write('global', 'wifi_on', rest[0] === 'enabled' ? '1' : '0');
      return {};
    case 'connect-network':
      return connect(rest, device, true);
    case 'add-network':
      return connect(rest, device, false);
    case 'forget-network':
      return device.wifi.forget(Number(rest[0]))
        ? { out: 'Forget successful\n' }
        : { out: 'Forget failed with code: 0\n' };
    case 'list-networks':
      return { out: list(device) };
    case 'list-scan-results':
      return { out: scan(device) };
    default:
      return { err: `Unknown command: ${verb}\n`, code: 255 };
  }
}

function status(device: Device): string {
  if (!device.wifi.enabled)
    return 'Wifi is disabled\nWifi scanning is only available when wifi is enabled\n';
  const head =
    'Wifi is enabled\nWifi scanning is only available when wifi is enabled\n==== Primary ClientModeManager instance ====\n';
  const joined = device.wifi.joined();
  if (joined === null) return `${head}Wifi is not connected\n`;
  return `${head}Wifi is connected to "${joined.ssid}"\nWifiInfo: ${wifiInfo(device)}\nsuccessfulTxPackets: 48113\nretriedTxPackets: 1204\nlostTxPackets: 3\n`;
}

function connect(
  [ssid = '', security = '', passphrase = '']: readonly string[],
  device: Device,
  join: boolean,
): Printed {
  if (
    !['open', 'wpa2', 'wpa3', 'owe'].includes(security) ||
    (security !== 'open' && passphrase === '')
  ) {
    return { err: `Invalid network type ${security}\n`, code: 255 };
  }
  device.wifi.save({ ssid, security: security === 'open' ? 'open' : 'wpa2', passphrase });
  if (join) device.wifi.choose(ssid);
  return { out: join ? 'Connection initiated \n' : 'Save successful\n' };
}

function list({ wifi }: Device): string {
  const head = 'Network Id      SSID                         Security type\n';
  const row = ({ id, ssid, security }: (typeof wifi.saved)[number]): string =>
    `${String(id).padEnd(12)} ${ssid.padEnd(32)} ${security === 'open' ? 'open' : 'wpa2-psk'}\n`;
  return head + wifi.saved.map(row).join('');
}

function scan({ wifi }: Device): string {
  if (!wifi.enabled) return 'Wifi is disabled\n';
  const head =
    '    BSSID              Frequency      RSSI           Age(sec)     SSID                                 Flags\n';
  const row = (point: ReturnType<typeof wifi.inTheAir>[number]): string => {
    const flags = point.security === 'open' ? '[ESS]' : '[WPA2-PSK-CCMP][RSN-PSK-CCMP][ESS]';
    const rssi = `${point.rssiDbm}(0:${point.rssiDbm}/1:${point.rssiDbm - 3})`;
    return `  ${point.bssid}       ${point.frequencyMhz}    ${rssi}     2.114    ${point.ssid.padEnd(32)} ${flags}\n`;
  };
  return head + wifi.inTheAir().map(row).join('');
}
