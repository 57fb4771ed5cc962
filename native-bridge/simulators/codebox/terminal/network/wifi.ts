/** The shop's Wi-Fi, and the public one next door, as the terminal's radio finds them. */
import type { FaultSet } from '../../faults.ts';
import type { Settings } from '../settings.ts';

export interface WifiState {
  readonly state: 'COMPLETED' | 'SCANNING' | 'DISCONNECTED' | 'INTERFACE_DISABLED';
  readonly ssid: string;
  readonly bssid: string;
  readonly channel: number;
  readonly security: string;
  readonly rssiDbm: number;
  readonly portal: string | null;
}

const SHOP = { ssid: 'LAOWANG-2F', psk: 'posbench-training' };
const PUBLIC_SSID = 'CMCC-FREE';
const WEAK_DBM = -88;

export function wifiState(settings: Settings, faults: FaultSet): WifiState {
  const ssid = settings.active('wifi/ssid');
  const off = { ssid, bssid: '', channel: 0, security: '', rssiDbm: 0, portal: null };
  if (settings.active('wifi/enabled') === '0') return { state: 'INTERFACE_DISABLED', ...off };
  const open = ssid === PUBLIC_SSID;
  if (faults.has('no-network') || (!open && ssid !== SHOP.ssid)) {
    return { state: 'SCANNING', ...off };
  }
  if (!open && settings.active('wifi/psk') !== SHOP.psk) return { state: 'DISCONNECTED', ...off };
  return {
    state: 'COMPLETED',
    ssid,
    ...(open
      ? { bssid: '8C:53:C3:0E:11:40', channel: 11, security: 'OPEN' }
      : { bssid: '5A:11:C0:20:31:07', channel: 6, security: 'WPA2-PSK' }),
    rssiDbm: faults.has('wifi-weak') ? WEAK_DBM : open ? -71 : -52,
    portal: faults.has('wifi-captive-portal') ? 'http://192.168.31.1/login' : null,
  };
}
