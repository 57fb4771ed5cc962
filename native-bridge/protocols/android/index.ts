/** What Android terminals print, read: the commands' parsers, and the script that asks many at once. */
export { type AndroidDump } from './dump.ts';
export { contentQuery, contentUpdate, parseContentRow } from './content.ts';
export { tellingExitCode, toldExitCode, type ToldExit } from './exit-code.ts';
export { parseGetprop } from './getprop.ts';
export { logSince, parseLogLine } from './log.ts';
export { offersCacheOnly, parseInstallOutput, type InstallOutput } from './install-output.ts';
export { parsePackage } from './package.ts';
export { parsePackageList } from './package-list.ts';
export { splitScriptOutput, type ScriptSection, type ScriptStreams } from './script-output.ts';
export { composeScript, inScripts, type ScriptCommand } from './script.ts';
export { meantSetting, parseSettingsGet, parseSettingsList } from './settings.ts';
export { quoteCommand, quoteForShell, ShellArgumentError } from './shell-quote.ts';
export { androidDumps, type AndroidDumpName } from './sources.ts';
export { parseStorage } from './storage.ts';
export { decodeText } from './text.ts';
export { TIME_ZONE_API_LEVEL, TIME_ZONE_PROPERTY, timeZoneCommand } from './time-zone.ts';
export {
  parseKeptNetworks,
  WIFI_NETWORK_API_LEVEL,
  wifiForgetCommand,
  wifiJoinCommand,
  wifiNetworksCommand,
} from './wifi-networks.ts';
export { parseWifiUri, type WifiNetwork } from './wifi-uri.ts';
export { WIFI_SWITCH_API_LEVEL, wifiSwitchCommand, type WifiSwitch } from './wifi-switch.ts';
export { parseWifi } from './wifi.ts';
