/** `dumpsys wifi`: of its hundreds of lines those that say what is joined, and enough around them. */
import { wifiInfo } from './wifi-info.ts';
import type { Device } from '../device/device.ts';
import type { SavedNetwork } from '../device/wifi.ts';
import { lines } from '../shell/command.ts';

export function wifi(device: Device): string {
  const { enabled } = device.wifi;
  const joined = device.wifi.joined();
  const state = !enabled ? 'StaDisabledState' : 'StaEnabledState';
  return lines(
    `Wi-Fi is ${enabled ? 'enabled' : 'disabled'}`,
    ...(device.model.firmware.sdk >= 29 ? ['Verbose logging is off'] : []),
    'Stay-awake conditions: 7',
    'mInIdleMode false',
    'mScanPending false',
    'WifiController:',
    ' total records=2',
    `curState=${state}`,
    `mPersistWifiState ${enabled ? 1 : 0}`,
    `mAirplaneModeOn ${device.airplaneMode}`,
    '',
    'Locks held:',
    '',
    ...stateMachine(device, joined !== null),
    '',
    'Dump of WifiConfigManager',
    'WifiConfigManager - Log Begin ----',
    'WifiConfigManager - Log End ----',
    'WifiConfigManager - Configured networks Begin ----',
    ...device.wifi.saved.flatMap((network) => configured(network, network.id === joined?.id)),
    'WifiConfigManager - Configured networks End ----',
    '',
  );
}

function stateMachine(device: Device, joined: boolean): string[] {
  const { network } = device;
  const links = joined
    ? `{InterfaceName: wlan0 LinkAddresses: [ ${network.address ?? ''}/${network.prefixLength} ] DnsAddresses: [ ${network.dns.map((server) => `/${server}`).join(',')} ] Domains: null MTU: 0 Routes: [ 192.168.31.0/24 -> 0.0.0.0 wlan0,0.0.0.0/0 -> ${network.gateway ?? ''} wlan0 ]}`
    : '{LinkAddresses: [ ] DnsAddresses: [ ] Domains: null MTU: 0 Routes: [ ]}';
  const detail = joined ? 'CONNECTED/CONNECTED' : 'DISCONNECTED/DISCONNECTED';
  return [
    device.model.firmware.sdk >= 29 ? 'WifiClientModeImpl:' : 'WifiStateMachine:',
    ' total records=4',
    `curState=${joined ? 'ConnectedState' : device.wifi.enabled ? 'DisconnectedState' : 'DefaultState'}`,
    `mLinkProperties ${links}`,
    `mWifiInfo ${wifiInfo(device)}`,
    joined
      ? `mDhcpResults IP address ${network.address ?? ''}/${network.prefixLength} Gateway ${network.gateway ?? ''}  DNS servers: [ ${network.dns.join(' ')} ] Domains null`
      : 'mDhcpResults null',
    `mNetworkInfo [type: WIFI[], state: ${detail}, reason: (unspecified), extra: (none), failover: false, available: ${joined}, roaming: false]`,
    `mLastSignalLevel ${joined ? 4 : -1}`,
  ];
}

/** WifiConfiguration.toString: which of them is joined, then how it is entered. */
function configured({ id, ssid, security }: SavedNetwork, isJoined: boolean): string[] {
  const open = security === 'open';
  return [
    `${isJoined ? '* ' : ''}ID: ${id} SSID: "${ssid}" PROVIDER-NAME: null BSSID: null FQDN: null PRIO: 0 HIDDEN: false`,
    ' NetworkSelectionStatus NETWORK_SELECTION_ENABLED',
    ` KeyMgmt: ${open ? 'NONE' : 'WPA_PSK'} Protocols: WPA RSN`,
    ' AuthAlgorithms:',
    ` PairwiseCiphers:${open ? '' : ' TKIP CCMP'}`,
    ` GroupCiphers:${open ? '' : ' WEP40 WEP104 TKIP CCMP'}`,
    ` PSK: ${open ? '' : '*'}`,
  ];
}
