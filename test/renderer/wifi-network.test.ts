/** What is typed is what the terminal is told, whatever characters are in it. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseWifiUri } from '../../native-bridge/protocols/android/wifi-uri.ts';
import {
  networkLacks,
  networkText,
  readNetwork,
  wifiSecurities,
  type TypedNetwork,
} from '../../renderer/state/wifi-network.ts';

const typed = fc.record({
  ssid: fc.string({ minLength: 1, maxLength: 32 }),
  security: fc.constantFrom(...wifiSecurities),
  password: fc.string({ minLength: 8, maxLength: 63 }),
});

it('comes back as it was typed', () => {
  fc.assert(
    fc.property(typed, (network) => {
      const { ssid, security, password } = network;
      const passphrase = security === 'open' ? null : password;
      expect(parseWifiUri(networkText(network))).toEqual({ ssid, security, passphrase });
      expect(readNetwork(networkText(network))).toEqual({ ...network, password: passphrase ?? '' });
    }),
  );
});

it.each<[string, Partial<TypedNetwork>, ReturnType<typeof networkLacks>]>([
  ['no name', { ssid: '' }, 'name'],
  ['a name of 33 bytes', { ssid: '饭'.repeat(11) }, 'name'],
  ['a short password', { password: 'seven77' }, 'password'],
  ['a long password', { password: 'x'.repeat(64) }, 'password'],
  ['no password, and needs none', { security: 'open', password: '' }, null],
])('with %s', (_, part, lacks) => {
  const network: TypedNetwork = {
    ssid: 'shop',
    security: 'wpa2',
    password: 'long enough',
    ...part,
  };
  expect(networkLacks(network)).toBe(lacks);
  expect(networkText(network) === '').toBe(lacks !== null);
});
