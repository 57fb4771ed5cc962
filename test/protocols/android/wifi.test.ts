import { describe, expect, it } from 'vitest';
import { androidDumps } from '../../../native-bridge/protocols/android/index.ts';
import { parseWifi } from '../../../native-bridge/protocols/android/wifi.ts';

const info = (name: string, rest = 'Security type: 4, Supplicant state: COMPLETED, RSSI: -61') =>
  `mWifiInfo SSID: ${name}, BSSID: 02:00:00:00:00:01, MAC: <none>, ${rest}`;
const speeds =
  'Link speed: 72Mbps, Tx Link speed: 65Mbps, Max Supported Tx Link speed: 144Mbps, Frequency: 2437MHz, Net ID: 3';

describe('dumpsys wifi', () => {
  it('is read', () => {
    const rest = `Security type: 2, Supplicant state: COMPLETED, RSSI: -61, ${speeds}`;
    expect(parseWifi(`Wi-Fi is enabled\n${info('"Shop 1"', rest)}\n`)).toEqual({
      enabled: true,
      joined: true,
      ssid: 'Shop 1',
      rssiDbm: -61,
      linkMbps: 72,
      frequencyMhz: 2437,
      security: 'psk',
    });
  });

  it.each([
    ['"[shop] 5G (new)"', '[shop] 5G (new)'],
    ['"a, BSSID: b"', 'a, BSSID: b'],
    ['"a, BSSID: null, RSSI: -1"', 'a, BSSID: null, RSSI: -1'],
    ['""quoted""', '"quoted"'],
    ['老王面馆', '老王面馆'],
    ['Plain name', 'Plain name'],
    ['<unknown ssid>', null],
    ['""', null],
    ['', null],
  ])('has the name %s', (printed, ssid) => {
    expect(parseWifi(info(printed)).ssid).toBe(ssid);
  });

  it.each([
    ['0', 'open'],
    ['1', 'wep'],
    ['2', 'psk'],
    ['4', 'sae'],
    ['6', 'owe'],
    ['-1', null],
    ['99', null],
  ])('has the security type %s', (type, security) => {
    expect(
      parseWifi(info('"x"', `Security type: ${type}, Supplicant state: COMPLETED`)).security,
    ).toBe(security);
  });

  it('until Android 10 tells the security among the configured networks', () => {
    const configured = (keys: string, algorithms: string) =>
      [
        info('x', 'Supplicant state: COMPLETED, RSSI: -61, Net ID: 3'),
        '* ID: 2 SSID: "other" PROVIDER-NAME: null',
        ' KeyMgmt: NONE Protocols: WPA RSN',
        ' AuthAlgorithms:',
        '- DSBLE ID: 3 SSID: "x" PROVIDER-NAME: null',
        ' NetworkSelectionStatus NETWORK_SELECTION_ENABLED',
        ` KeyMgmt: ${keys} Protocols: WPA RSN`,
        ` AuthAlgorithms:${algorithms}`,
      ].join('\n');
    expect(parseWifi(configured('WPA_PSK', '')).security).toBe('psk');
    expect(parseWifi(configured('NONE', '')).security).toBe('open');
    expect(parseWifi(configured('NONE', ' OPEN SHARED')).security).toBeNull();
    expect(parseWifi(info('x', 'Supplicant state: COMPLETED, Net ID: 3')).security).toBeNull();
  });

  it('has sentinels for what is not known', () => {
    const rest = 'Supplicant state: COMPLETED, RSSI: -127, Link speed: -1Mbps, Frequency: -1MHz';
    expect(parseWifi(info('"x"', rest))).toMatchObject({
      rssiDbm: null,
      linkMbps: null,
      frequencyMhz: null,
    });
  });

  it('may have two blocks on one line: the joined, primary one counts', () => {
    const second =
      'WifiInfo: SSID: "second", BSSID: 02:00:00:00:00:02, Supplicant state: COMPLETED, RSSI: -40, IsPrimary: 1';
    const first = info('"first"', 'Supplicant state: COMPLETED, RSSI: -70, IsPrimary: 0');
    expect(parseWifi(`${first} ${second}`)).toMatchObject({ ssid: 'second', rssiDbm: -40 });
    const left = info('"left"', 'Supplicant state: DISCONNECTED, RSSI: -70');
    expect(parseWifi(`${left} ${second}`)).toMatchObject({ joined: true, ssid: 'second' });
  });

  it.each(['DISCONNECTED', 'SCANNING', 'ASSOCIATED', 'UNINITIALIZED'])(
    'has joined nothing while it is %s',
    (state) => {
      const fields = androidDumps.wifi.parse(info('"x"', `Supplicant state: ${state}, RSSI: -61`));
      expect(Object.fromEntries(fields)).toMatchObject({ joined: 'false', ssid: '', rssiDbm: '' });
    },
  );

  it('that is off keeps values of the last network, which do not count', () => {
    const fields = androidDumps.wifi.parse(`Wi-Fi is disabled\n${info('"x"')}`);
    expect(Object.fromEntries(fields)).toMatchObject({
      enabled: 'false',
      joined: 'false',
      ssid: '',
    });
  });

  it('takes no line of a log for the state', () => {
    expect(parseWifi(`01-01 00:00:00 D/x: ${info('"x"')}`).joined).toBeNull();
  });

  it('in short form says that it is not connected', () => {
    expect(
      parseWifi('Wifi is enabled\nWifi scanning is always available\nWifi is not connected\n'),
    ).toMatchObject({ enabled: true, joined: false });
  });
});
