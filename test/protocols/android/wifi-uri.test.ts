/** What a Wi-Fi network's QR code says, and what Android prints of the networks that it keeps. */
import { expect, it } from 'vitest';
import { parseKeptNetworks, parseWifiUri } from '../../../native-bridge/protocols/android/index.ts';

it.each([
  ['WIFI:T:WPA;S:Shop;P:secret12;;', { ssid: 'Shop', security: 'wpa2', passphrase: 'secret12' }],
  ['WIFI:S:Shop;P:secret12;T:SAE;;', { ssid: 'Shop', security: 'wpa3', passphrase: 'secret12' }],
  ['WIFI:T:nopass;S:Free;;', { ssid: 'Free', security: 'open', passphrase: null }],
  [
    String.raw`WIFI:T:WPA;S:A\;B\:C;P:a\\b\;c d;H:true;;`,
    { ssid: 'A;B:C', security: 'wpa2', passphrase: String.raw`a\b;c d` },
  ],
])('%s', (text, network) => {
  expect(parseWifiUri(text)).toEqual(network);
});

it.each([
  '',
  'secret12',
  'WIFI:T:WPA;S:Shop;;',
  'WIFI:T:WPA;P:secret12;;',
  'WIFI:T:WEP;S:Shop;P:secret12;;',
  `WIFI:T:WPA;S:${'x'.repeat(33)};P:secret12;;`,
])('%s is no network that can be joined', (text) => {
  expect(parseWifiUri(text)).toBeNull();
});

it('a name with blanks is one name', () => {
  const output = [
    'Network Id      SSID                         Security type',
    '0            LAOWANG 2F                       wpa2-psk',
    '12           CMCC-FREE                        open',
    'No networks',
  ].join('\n');
  expect(parseKeptNetworks(output)).toEqual([
    { id: 0, ssid: 'LAOWANG 2F' },
    { id: 12, ssid: 'CMCC-FREE' },
  ]);
});
