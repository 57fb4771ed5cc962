/**
 * `svc wifi|data`. A program of its own until Android 11, which an exception kills without a word;
 * from 12 on a script that hands Wi-Fi to `cmd wifi` (AOSP, frameworks/base/cmds/svc). A shell may
 * switch Wi-Fi since Android 9; mobile data it may all along (MODIFY_PHONE_STATE).
 */
import type { Device } from '../device/device.ts';
import { lines, type PlainCommand, type Printed } from '../shell/command.ts';
import { cmdWifi } from './wifi.ts';
import { notPermitted, writing } from './writing.ts';

const WIFI_PERMISSION_SDK = 28;
const SCRIPT_SDK = 31;
const killed: Printed = { err: 'Killed\n', code: 137 };

const wifiHelp = lines(
  'Control the Wi-Fi manager',
  '',
  'usage: svc wifi [enable|disable]',
  '         Turn Wi-Fi on or off.',
  '',
);
const dataHelp = lines(
  'Control mobile data connectivity',
  '',
  'usage: svc data [enable|disable]',
  '         Turn mobile data on or off.',
  '',
);
const help = lines(
  'Available commands:',
  '    help     Show information about the subcommands',
  '    data     Control mobile data connectivity',
  '    wifi     Control the Wi-Fi manager',
);

export const svc: PlainCommand = ([what = '', verb = ''], device) => {
  const on = verb === 'enable' ? true : verb === 'disable' ? false : null;
  if (what === 'wifi') return on === null ? usage(wifiHelp, device) : wifi(on, device);
  if (what !== 'data') return { err: help };
  if (on === null) return usage(dataHelp, device);
  device.settings.write('global', 'mobile_data', on ? '1' : '0');
  return {};
};

function wifi(on: boolean, device: Device): Printed {
  const { sdk } = device.model.firmware;
  if (sdk >= SCRIPT_SDK) return cmdWifi(['set-wifi-enabled', `${on ? 'en' : 'dis'}abled`], device);
  if (sdk < WIFI_PERMISSION_SDK) return killed;
  const refused = { err: `Wi-Fi operation failed: ${notPermitted('CHANGE_WIFI_STATE')}\n` };
  const write = () => device.settings.write('global', 'wifi_on', on ? '1' : '0');
  return writing(device, { refused, taken: {}, write });
}

/** The script prints it and ends with 1, the program on its error output and ends well. */
const usage = (text: string, { model }: Device): Printed =>
  model.firmware.sdk >= SCRIPT_SDK ? { out: text, code: 1 } : { err: text };
