/** `cmd wifi`, which a shell may use from Android 11 on (AOSP, WifiShellCommand). */
import { wifiInfo } from '../dumpsys/wifi-info.ts';
import type { Device } from '../device/device.ts';
import type { Printed } from '../shell/command.ts';
import { notPermitted, writing } from './writing.ts';

const CMD_WIFI_SDK = 30;

export function cmdWifi(args: readonly string[], device: Device): Printed {
  // The service is there before, and inherits a binder's answer to commands.
  if (device.model.firmware.sdk < CMD_WIFI_SDK)
    return { err: 'No shell command implementation.\n' };
  const [verb = '', ...rest] = args;
  switch (verb) {
    case 'status':
      return { out: status(device) };
    case 'set-wifi-enabled':
      return enable(rest[0], device);
    case 'connect-network':
      return connect(rest, device, true);
    case 'add-network':
      return connect(rest, device, false);
    case 'forget-network':
      return forget(rest[0], device);
    case 'list-networks':
      return { out: list(device) };
    case 'list-scan-results':
      return { out: scan(device) };
    default:
      return { err: `Unknown command: ${verb}\n`, code: 255 };
  }
}

function enable(word: string | undefined, device: Device): Printed {
  if (word !== 'enabled' && word !== 'disabled') return badArgument('set-wifi-enabled', word);
  const refused = { err: `Security exception: ${notPermitted('CHANGE_WIFI_STATE')}\n` };
  const write = () => device.settings.write('global', 'wifi_on', word === 'enabled' ? '1' : '0');
  return writing(device, { refused, taken: {}, write });
}

/** An exception while a command runs is printed with its trace, and ends it with -1. */
function badArgument(verb: string, word: string | undefined): Printed {
  const said =
    word === undefined
      ? `Argument expected after "${verb}"`
      : `Expected 'enabled' or 'disabled' as next arg but got '${word}'`;
  return thrown(verb, said);
}

const thrown = (verb: string, said: string): Printed => ({
  err: `Exception occurred while executing '${verb}':\njava.lang.IllegalArgumentException: ${said}\n`,
  code: 255,
});

function status(device: Device): string {
  if (!device.wifi.enabled)
    return 'Wifi is disabled\nWifi scanning is only available when wifi is enabled\n';
  const head =
    'Wifi is enabled\nWifi scanning is only available when wifi is enabled\n==== Primary ClientModeManager instance ====\n';
  const joined = device.wifi.joined();
  if (joined === null) return `${head}Wifi is not connected\n`;
  return `${head}Wifi is connected to "${joined.ssid}"\nWifiInfo: ${wifiInfo(device)}\nsuccessfulTxPackets: 48113\nretriedTxPackets: 1204\nlostTxPackets: 3\n`;
}

/** Whether it is joined nobody waits for: a wrong password shows later, in the state. */
function connect(
  [ssid, security, passphrase]: readonly string[],
  device: Device,
  join: boolean,
): Printed {
  const verb = join ? 'connect-network' : 'add-network';
  if (ssid === undefined || security === undefined) return badArgument(verb, undefined);
  const isOpen = security === 'open' || security === 'owe';
  if (!isOpen && security !== 'wpa2' && security !== 'wpa3') {
    return thrown(verb, `Unknown network type ${security}`);
  }
  if (!isOpen && passphrase === undefined) return badArgument(verb, undefined);
  return writing(device, {
    refused: { err: `Security exception: ${notPermitted('CHANGE_WIFI_STATE')}\n` },
    taken: { out: join ? 'Connection initiated \n' : 'Save successful\n' },
    write: () => {
      const kind = isOpen ? 'open' : 'wpa2';
      device.wifi.save({ ssid, security: kind, passphrase: passphrase ?? '' });
      if (join) device.wifi.choose(ssid);
    },
  });
}

function forget(id: string | undefined, device: Device): Printed {
  if (id === undefined) return badArgument('forget-network', undefined);
  const known = device.wifi.saved.some((each) => String(each.id) === id);
  return writing(device, {
    refused: { err: `Security exception: ${notPermitted('CHANGE_WIFI_STATE')}\n` },
    taken: { out: known ? 'Forget successful\n' : 'Forget failed\n' },
    write: () => device.wifi.forget(Number(id)),
  });
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
