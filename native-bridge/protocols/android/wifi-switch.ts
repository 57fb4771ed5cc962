/**
 * Wi-Fi on or off. The shell has CHANGE_WIFI_STATE since Android 9 (packages/Shell/AndroidManifest.xml
 * of 7.1 has it not, that of 9 has); `svc wifi` is there all along, and passes it on to
 * `cmd wifi set-wifi-enabled` where that is newer. Neither prints anything where it went well.
 */
export const WIFI_SWITCH_API_LEVEL = 28;

export type WifiSwitch = 'on' | 'off';

export function wifiSwitchCommand(position: WifiSwitch): readonly string[] {
  return ['svc', 'wifi', position === 'on' ? 'enable' : 'disable'];
}
