/** WifiInfo.toString() as each version of Android writes it. */
import type { Device } from '../device/device.ts';

export function wifiInfo(device: Device): string {
  const joined = device.wifi.joined();
  const { sdk } = device.model.firmware;
  if (joined === null) return unjoined(device, sdk);
  const { ssid, bssid, rssiDbm, linkMbps, frequencyMhz, id, security } = joined;
  if (sdk < 29) {
    return `SSID: ${ssid}, BSSID: ${bssid}, MAC: 9c:a5:25:61:0d:3e, Supplicant state: COMPLETED, RSSI: ${rssiDbm}, Link speed: ${linkMbps}Mbps, Frequency: ${frequencyMhz}MHz, Net ID: ${id}, Metered hint: false, score: 60`;
  }
  const address = device.network.address ?? '0.0.0.0';
  const speeds = `Link speed: ${linkMbps}Mbps, Tx Link speed: ${linkMbps}Mbps, Max Supported Tx Link speed: 433Mbps, Rx Link speed: ${linkMbps}Mbps, Max Supported Rx Link speed: 433Mbps`;
  return `SSID: "${ssid}", BSSID: ${bssid}, MAC: 9c:a5:25:61:0d:3e, IP: /${address}, Security type: ${security === 'open' ? 0 : 2}, Supplicant state: COMPLETED, Wi-Fi standard: 5, RSSI: ${rssiDbm}, ${speeds}, Frequency: ${frequencyMhz}MHz, Net ID: ${id}, Metered hint: false, score: 60, isUsable: true, CarrierMerged: false, SubscriptionId: -1, IsPrimary: 1`;
}

function unjoined({ wifi }: Device, sdk: number): string {
  const state = wifi.enabled ? 'DISCONNECTED' : 'UNINITIALIZED';
  const middle = sdk < 29 ? '' : 'Security type: -1, ';
  return `SSID: <unknown ssid>, BSSID: <none>, MAC: 02:00:00:00:00:00, ${middle}Supplicant state: ${state}, RSSI: -127, Link speed: -1Mbps, Frequency: -1MHz, Net ID: -1, Metered hint: false, score: 0`;
}
