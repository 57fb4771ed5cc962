/**
 * `dumpsys connectivity`: the networks that are up, with what they can (NetworkCapabilities) and
 * where they lead (LinkProperties). Android 13 writes agents in another form than Android 7.
 */
import { wifiInfo } from './wifi-info.ts';
import { APN } from '../device/cellular.ts';
import type { Device } from '../device/device.ts';
import type { NetworkState } from '../device/network.ts';
import { lines } from '../shell/command.ts';

const NETWORK_ID = 103;
const VPN_ID = 104;

export function connectivity(device: Device): string {
  const { network, vpn } = device;
  const modern = device.model.firmware.sdk >= 30;
  const active = network.link === 'none' ? 'none' : String(vpn.up === null ? NETWORK_ID : VPN_ID);
  const agents = [
    ...(network.link === 'none' ? [] : [agent(device, network, modern)]),
    ...(network.link === 'none' || vpn.up === null ? [] : [vpnAgent(vpn.up, network, modern)]),
  ];
  return lines(
    ...(modern
      ? [
          'NetworkProviders for:',
          '  5: WifiNetworkFactory',
          '  6: TelephonyNetworkFactory[0]',
          '  4: VpnNetworkProvider:0',
        ]
      : [
          'NetworkFactories for: PhoneSwitcherNetworkRequstListener WIFI TelephonyNetworkFactory[0] WIFI_UT',
        ]),
    '',
    `Active default network: ${active}`,
    '',
    'Current Networks:',
    ...agents.flatMap((text) => [
      `  ${text}`,
      '    Requests: REQUEST:2 LISTEN:4 BACKGROUND_REQUEST:0 total:6',
    ]),
    '',
    'Restrict background: false',
    '',
    ...(modern ? privateDns(device) : []),
    'mLegacyTypeTracker:',
    '  Supported types: 0 1 2 3 4 5 7 10 11 12 14 15 17',
    '  Current state:',
    `    ${legacy(network)}`,
    '',
    'Bad Wi-Fi avoidance: unrestricted',
    '',
  );
}

function privateDns({ settings: { tables } }: Device): string[] {
  const mode = tables.global.get('private_dns_mode') ?? 'off';
  const server = tables.global.get('private_dns_specifier') ?? '';
  return ['Private DNS:', `  mode: ${mode}`, `  specifier: ${server}`, ''];
}

function legacy({ link }: NetworkState): string {
  if (link === 'none') return '';
  return link === 'wifi'
    ? '1 [NetworkAgentInfo [WIFI () - 103]]'
    : '0 [NetworkAgentInfo [MOBILE (LTE) - 103]]';
}

function agent(device: Device, network: NetworkState, modern: boolean): string {
  const wifi = network.link === 'wifi';
  const type = wifi ? 'WIFI CONNECTED extra: ' : `MOBILE[LTE] CONNECTED extra: ${APN}`;
  const capabilities = capabilitiesOf(device, network);
  const links = linkProperties(device, network);
  const { proxy } = device.settings;
  const lp = `lp{{${links}${proxy === '' ? '' : ` HttpProxy: [${proxy.replace(':', '] ')}`}}}`;
  const nc = `nc{[ ${capabilities} ]}`;
  if (modern) {
    const score = network.validated ? 'EVER_VALIDATED&IS_VALIDATED' : 'EVER_EVALUATED';
    return `NetworkAgentInfo{network{${NETWORK_ID}}  handle{446676611213}  ni{${type}}  Score(Policies : TRANSPORT_PRIMARY&IS_UNMETERED&${score} ; KeepConnected : 0)  created ${network.validated} lastValidated ${network.validated ? 41_446 : 0}  ${lp}  ${nc}  factorySerialNumber=5}`;
  }
  const evaluated = `everValidated{${network.validated}}  lastValidated{${network.validated}}  created{true} lingering{false} explicitlySelected{false} acceptUnvalidated{false} everCaptivePortalDetected{${network.portal}} lastCaptivePortalDetected{${network.portal}}`;
  const shown = wifi
    ? `[type: WIFI[], state: CONNECTED/CONNECTED, reason: (unspecified), extra: "${device.wifi.joined()?.ssid ?? ''}", failover: false, available: true, roaming: false, metered: false]`
    : `[type: MOBILE[LTE], state: CONNECTED/CONNECTED, reason: connected, extra: ${APN}, failover: false, available: true, roaming: false, metered: true]`;
  return `NetworkAgentInfo{ ni{${shown}}  network{${NETWORK_ID}}  ${lp}  ${nc}  Score{${network.validated ? 60 : 20}}  ${evaluated} }`;
}

function capabilitiesOf(device: Device, network: NetworkState): string {
  const wifi = network.link === 'wifi';
  const { sdk } = device.model.firmware;
  const all = [
    ...(wifi ? ['NOT_METERED'] : []),
    'INTERNET',
    'NOT_RESTRICTED',
    'TRUSTED',
    'NOT_VPN',
    ...(network.validated ? ['VALIDATED'] : []),
    ...(network.portal && device.settings.tables.global.get('captive_portal_mode') !== '0'
      ? ['CAPTIVE_PORTAL']
      : []),
    ...(sdk >= 28 ? ['NOT_ROAMING', 'FOREGROUND', 'NOT_CONGESTED', 'NOT_SUSPENDED'] : []),
  ];
  const transport = `Transports: ${wifi ? 'WIFI' : 'CELLULAR'} Capabilities: ${all.join('&')}`;
  const speed = wifi
    ? 'LinkUpBandwidth>=12000Kbps LinkDnBandwidth>=60000Kbps'
    : 'LinkUpBandwidth>=51200Kbps LinkDnBandwidth>=102400Kbps';
  if (!wifi) return `${transport} ${speed} Specifier: <1>`;
  const signal = `SignalStrength: ${device.wifi.joined()?.rssiDbm ?? -127}`;
  return sdk >= 30
    ? `${transport} ${speed} TransportInfo: <${wifiInfo(device)}> ${signal}`
    : `${transport} ${speed} ${signal}`;
}

function linkProperties({ settings: { tables }, model }: Device, network: NetworkState): string {
  const { interface: name, address, prefixLength, gateway, dns, link } = network;
  const list = dns.map((server) => `/${server}`).join(',');
  const mode = tables.global.get('private_dns_mode') ?? 'off';
  const server = tables.global.get('private_dns_specifier') ?? '';
  const secure =
    model.firmware.sdk < 28 || mode === 'off'
      ? ''
      : ` UsePrivateDns: true${mode === 'hostname' ? ` PrivateDnsServerName: ${server}` : ''}`;
  const local = link === 'wifi' ? '192.168.31.0/24' : '10.77.14.200/29';
  return `InterfaceName: ${name ?? ''} LinkAddresses: [ ${address ?? ''}/${prefixLength} ] DnsAddresses: [ ${list} ]${secure} Domains: null MTU: 0 TcpBufferSizes: 524288,1048576,2097152,262144,524288,1048576 Routes: [ ${local} -> 0.0.0.0 ${name ?? ''} mtu 0,0.0.0.0/0 -> ${gateway ?? ''} ${name ?? ''} mtu 0 ]`;
}

function vpnAgent(owner: string, { validated, link }: NetworkState, modern: boolean): string {
  const below = link === 'wifi' ? 'WIFI' : 'CELLULAR';
  const capabilities = `Transports: ${below}|VPN Capabilities: INTERNET&NOT_RESTRICTED&TRUSTED${validated ? '&VALIDATED' : ''}`;
  const lp =
    'lp{{InterfaceName: tun0 LinkAddresses: [ 10.88.0.2/32 ] DnsAddresses: [ /10.88.0.1 ] Domains: null MTU: 1400 Routes: [ 0.0.0.0/0 -> 0.0.0.0 tun0 mtu 0 ]}}';
  if (!modern)
    return `NetworkAgentInfo{ ni{[type: VPN[], state: CONNECTED/CONNECTED, reason: (unspecified), extra: (none), failover: false, available: true, roaming: false, metered: false]}  network{${VPN_ID}}  ${lp}  nc{[ ${capabilities} ]}  Score{101} everValidated{false} }`;
  return `NetworkAgentInfo{network{${VPN_ID}}  handle{450971578509}  ni{VPN CONNECTED extra: VPN:${owner}}  Score(Policies : IS_VPN ; KeepConnected : 0)  ${lp}  nc{[ ${capabilities} TransportInfo: <VpnTransportInfo{type=1, sessionId=${owner}}> OwnerUid: 10052 ]}  factorySerialNumber=4}`;
}
