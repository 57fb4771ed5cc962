import { describe, expect, it } from 'vitest';
import { parseConnectivity } from '../../../native-bridge/protocols/android/connectivity.ts';

interface Parts {
  readonly id?: string;
  readonly state?: string;
  readonly properties?: string;
  readonly transports?: string;
  readonly capabilities?: string;
  readonly info?: string;
}

const wifiProperties =
  'InterfaceName: wlan0 LinkAddresses: [ fe80::1/64,10.0.8.20/24 ] DnsAddresses: [ /10.0.8.1,/9.9.9.9 ] ' +
  'Domains: null MTU: 0 Routes: [ fe80::/64 -> :: wlan0 mtu 0,10.0.8.0/24 -> 0.0.0.0 wlan0 mtu 0,' +
  '0.0.0.0/0 -> 10.0.8.1 wlan0 mtu 0 ]';

/** As Android 12 to 15 print it. */
const agent = ({
  id = '101',
  state = 'WIFI CONNECTED extra: ',
  properties = wifiProperties,
  transports = 'WIFI',
  capabilities = 'INTERNET&NOT_VPN&VALIDATED',
  info = '',
}: Parts = {}) =>
  `  NetworkAgentInfo{network{${id}}  handle{1}  ni{${state}}  created=2026-01-01T00:00:00Z  ` +
  `lp{{${properties}}}  nc{[ Transports: ${transports} Capabilities: ${capabilities} ${info}]}  }`;

const dump = (active: string, ...agents: readonly string[]) =>
  ['NetworkProviders for:', '', `Active default network: ${active}`, '', 'Current Networks:']
    .concat(agents, ['', 'Status for known UIDs:', 'Network Requests:'])
    .join('\n');

const ims = agent({
  id: '100',
  state: 'MOBILE[LTE] CONNECTED extra: ims',
  transports: 'CELLULAR',
  capabilities: 'IMS&NOT_METERED&VALIDATED',
});

describe('dumpsys connectivity', () => {
  it('is read', () => {
    expect(parseConnectivity(dump('101', agent()))).toEqual({
      link: 'wifi',
      internet: true,
      validated: true,
      captivePortal: false,
      wifiCaptivePortal: false,
      partial: false,
      interfaceName: 'wlan0',
      address: '10.0.8.20',
      gateway: '10.0.8.1',
      dns: '10.0.8.1,9.9.9.9',
      privateDnsMode: null,
      privateDnsHost: '',
      privateDnsBroken: '',
      proxy: '',
      vpnUp: false,
      vpnPackage: '',
    });
  });

  it('is read as Android 7 prints it', () => {
    const old =
      '  NetworkAgentInfo{ ni{[type: ETHERNET[], state: CONNECTED/CONNECTED, reason: (unspecified), extra: "x"]}  ' +
      'network{12}  lp{{InterfaceName: eth0 LinkAddresses: [fe80::2/64,10.1.0.7/16,]  Routes: [10.1.0.0/16 -> 0.0.0.0 eth0,' +
      '0.0.0.0/0 -> 10.1.0.1 eth0,] DnsAddresses: [10.1.0.1,] Domains: null MTU: 0}}  ' +
      'nc{[ Transports: ETHERNET Capabilities: INTERNET&NOT_VPN&VALIDATED LinkUpBandwidth>=1Kbps]}  Score{70} }';
    expect(parseConnectivity(dump('12', old))).toMatchObject({
      link: 'ethernet',
      validated: true,
      address: '10.1.0.7',
      gateway: '10.1.0.1',
      dns: '10.1.0.1',
    });
  });

  it("does not take an operator's IMS, validated and listed first, for the network in use", () => {
    const offline = agent({ capabilities: 'INTERNET&NOT_VPN' });
    expect(parseConnectivity(dump('101', ims, offline))).toMatchObject({
      link: 'wifi',
      validated: false,
    });
    expect(parseConnectivity(dump('none', ims))).toMatchObject({ link: 'none', validated: '' });
  });

  it('tells a sign-in page and a network that reaches some hosts only', () => {
    const portal = agent({ capabilities: 'INTERNET&CAPTIVE_PORTAL' });
    expect(parseConnectivity(dump('101', portal))).toMatchObject({
      captivePortal: true,
      validated: false,
    });
    const partial = agent({ capabilities: 'INTERNET&PARTIAL_CONNECTIVITY' });
    expect(parseConnectivity(dump('101', partial))).toMatchObject({ partial: true });
  });

  it('tells the sign-in page of a Wi-Fi that a mobile network stands in for', () => {
    const portal = agent({ capabilities: 'INTERNET&CAPTIVE_PORTAL' });
    const mobile = agent({
      id: '102',
      state: 'MOBILE[LTE] CONNECTED extra: x',
      transports: 'CELLULAR',
    });
    expect(parseConnectivity(dump('102', portal, mobile))).toMatchObject({
      link: 'cellular',
      captivePortal: false,
      wifiCaptivePortal: true,
    });
    expect(parseConnectivity(dump('102', mobile))).toMatchObject({ wifiCaptivePortal: '' });
  });

  it('tells a private name server that does not answer, and not of a network that is named so', () => {
    const broken = agent({ capabilities: 'INTERNET', info: 'SSID: "x" PrivateDnsBroken ' });
    expect(parseConnectivity(dump('101', broken))).toMatchObject({ privateDnsBroken: true });
    const named = agent({ info: 'SSID: "PrivateDnsBroken" ' });
    expect(parseConnectivity(dump('101', named))).toMatchObject({ privateDnsBroken: '' });
  });

  it('has a link without a gateway over a mobile network', () => {
    const mobile = agent({
      transports: 'CELLULAR',
      properties:
        'InterfaceName: rmnet0 LinkAddresses: [ 10.66.1.2/30 ] DnsAddresses: [ ] Routes: [ 0.0.0.0/0 -> 0.0.0.0 rmnet0 mtu 0 ]',
    });
    expect(parseConnectivity(dump('101', mobile))).toMatchObject({
      link: 'cellular',
      address: '10.66.1.2',
      gateway: '',
      dns: '',
    });
  });

  it('has an address of IPv6 where there is no other', () => {
    const six = agent({
      properties:
        'InterfaceName: wlan0 LinkAddresses: [ fe80::9/64,2001:db8::9/64 ] DnsAddresses: [ /2001:db8::53 ] ' +
        'Routes: [ ::/0 -> fe80::1 wlan0 mtu 0 ]',
    });
    expect(parseConnectivity(dump('101', six))).toMatchObject({
      address: '2001:db8::9',
      gateway: 'fe80::1',
      dns: '2001:db8::53',
    });
  });

  it('tells private name servers, by name or by chance, and a proxy', () => {
    const strict = agent({
      properties: `${wifiProperties} UsePrivateDns: true PrivateDnsServerName: dns.example.org HttpProxy: [10.0.8.9] 3128 xl=`,
    });
    expect(parseConnectivity(dump('101', strict))).toMatchObject({
      privateDnsMode: 'hostname',
      privateDnsHost: 'dns.example.org',
      proxy: '10.0.8.9:3128',
    });
    const script = agent({
      properties: `${wifiProperties} UsePrivateDns: true HttpProxy: PAC Script: http://10.0.8.9/p.pac`,
    });
    expect(parseConnectivity(dump('101', script))).toMatchObject({
      privateDnsMode: 'opportunistic',
      privateDnsHost: '',
      proxy: 'http://10.0.8.9/p.pac',
    });
  });

  it('takes a tunnel for a tunnel: it says that it is up, and nothing of the network below', () => {
    const tunnel = agent({
      id: '102',
      state: 'VPN CONNECTED extra: VPN:com.example.tunnel',
      transports: 'WIFI|VPN',
      capabilities: 'INTERNET&VALIDATED',
    });
    const up = { vpnUp: true, vpnPackage: 'com.example.tunnel' };
    const offline = agent({ capabilities: 'INTERNET' });
    expect(parseConnectivity(dump('101', tunnel, offline))).toMatchObject({
      ...up,
      validated: false,
    });
    expect(parseConnectivity(dump('none', tunnel))).toMatchObject({ ...up, link: 'none' });
  });

  describe('with a tunnel for the default network', () => {
    const tunnel = (transports: string) =>
      agent({
        id: '102',
        state: 'VPN CONNECTED extra: VPN:com.example.tunnel',
        properties:
          'InterfaceName: tun0 LinkAddresses: [ 10.88.0.2/32 ] DnsAddresses: [ /10.88.0.1 ] ' +
          'Routes: [ 0.0.0.0/0 -> 0.0.0.0 tun0 mtu 0 ]',
        transports,
        capabilities: 'INTERNET&VALIDATED',
      });
    const mobile = (id: string) =>
      agent({ id, state: 'MOBILE[LTE] CONNECTED extra: cmnet', transports: 'CELLULAR' });

    it('address, gateway and name servers are those of the network that carries it', () => {
      const offline = agent({ capabilities: 'INTERNET' });
      expect(
        parseConnectivity(dump('102', offline, mobile('100'), tunnel('WIFI|VPN'))),
      ).toMatchObject({
        link: 'wifi',
        address: '10.0.8.20',
        gateway: '10.0.8.1',
        dns: '10.0.8.1,9.9.9.9',
        validated: false,
        vpnUp: true,
      });
    });

    it('they are unknown where several could carry it', () => {
      const several = dump('102', agent(), mobile('100'), tunnel('VPN'));
      const untold = { link: null, address: null, gateway: null, dns: null, vpnUp: true };
      expect(parseConnectivity(several)).toMatchObject(untold);
    });
  });

  it('has no tunnel while that is disconnected', () => {
    const down = agent({ id: '102', state: 'VPN DISCONNECTED extra: VPN:a.b', transports: 'VPN' });
    expect(parseConnectivity(dump('101', agent(), down))).toMatchObject({
      vpnUp: false,
      vpnPackage: '',
    });
  });

  it("is not led astray by a network's name", () => {
    const named = agent({
      state: 'WIFI CONNECTED extra: "lp{{LinkAddresses: [ 6.6.6.6/8"',
      info: 'TransportInfo: <SSID: " Capabilities: CAPTIVE_PORTAL">',
    });
    expect(parseConnectivity(dump('101', named))).toMatchObject({
      address: '10.0.8.20',
      captivePortal: false,
    });
  });

  it('that ends early leaves unknown what it did not say', () => {
    const whole = dump('101', agent());
    expect(parseConnectivity(whole.slice(0, whole.indexOf('  NetworkAgentInfo')))).toMatchObject({
      link: null,
      validated: null,
      vpnUp: null,
    });
    const lacksDefault = dump('107', agent());
    expect(parseConnectivity(lacksDefault)).toMatchObject({ link: null, address: null });
  });

  it('does not know links that are none of the usual ones', () => {
    expect(parseConnectivity(dump('101', agent({ transports: 'PPPOE' })))).toMatchObject({
      link: null,
      validated: true,
    });
  });
});
