import { describe, expect, test } from 'vitest';
import type { Profile } from '../../native-bridge/terminals/profile.ts';
import { checkMerchant, withMerchant } from '../../native-bridge/terminals/merchant.ts';
import { check, good } from './support.ts';

const ssidSetting = `  wifi.ssid:
    key: wifi/ssid
    labels: { zh-CN: 名称, en: Name }
    type: text
    maxBytes: 32
    expected: PROFILE
`;
const text = good.replace('  wifi.password:', `${ssidSetting}  wifi.password:`);
const profile = check(text).value as Profile;

const file = (rest: string) => `format: 1\nmerchant: 老王面馆\n${rest}`;
const parse = (source: string) => checkMerchant(new TextEncoder().encode(source), 'm.yaml');

function apply(source: string) {
  const { value, problems } = parse(source);
  if (!value) throw new Error(JSON.stringify(problems));
  return withMerchant(profile, value);
}

const expectedOf = (model: Profile | null, key: string) =>
  model?.settings.find((setting) => setting.key === key)?.expected;

describe('a merchant’s file', () => {
  test('goes over the profile’s expectations', () => {
    const { value } = apply(file('settings: { payment.terminalNumber: 0010086421 }\n'));
    expect(value?.merchant).toBe('老王面馆');
    expect(expectedOf(value, 'payment.terminalNumber')).toBe('0010086421');
    expect(expectedOf(value, 'qr.mode')).toBe('dynamic');
  });

  test('says with the QR mode what the setting should be', () => {
    const { value } = apply(file('qrMode: static\n'));
    expect(value?.expected.qrMode).toBe('static');
    expect(expectedOf(value, 'qr.mode')).toBe('static');
  });

  test('says with the setting what the QR mode should be', () => {
    const { value } = apply(file('settings: { qr.mode: static }\n'));
    expect(value?.expected.qrMode).toBe('static');
  });

  test('names one Wi-Fi, which is then what is written', () => {
    const { value } = apply(file('wifiSsids: [SHOP]\n'));
    expect(value?.expected.wifiSsids).toEqual(['SHOP']);
    expect(expectedOf(value, 'wifi.ssid')).toBe('SHOP');
  });

  test('names two, of which none can be written unasked', () => {
    const { value } = apply(file('wifiSsids: [SHOP, SHOP-5G]\n'));
    expect(value?.expected.wifiSsids).toEqual(['SHOP', 'SHOP-5G']);
    expect(expectedOf(value, 'wifi.ssid')).toBeNull();
  });

  test('leaves alone what it does not mention', () => {
    const { value } = apply(file(''));
    expect(value?.expected).toEqual(profile.expected);
    expect(value?.settings).toEqual(profile.settings);
  });
});

describe('a merchant’s file that is wrong', () => {
  test.each([
    ['no merchant', 'format: 1\n', 1, 'the key merchant'],
    ['an unknown key', file('ssid: X\n'), 3, 'one of the keys'],
    ['an unknown mode', file('qrMode: fixed\n'), 3, 'one of static and dynamic'],
    ['an SSID of 33 bytes', file(`wifiSsids: [${'码'.repeat(11)}]\n`), 3, 'text of at most 32'],
    ['an address for a host', file('paymentHost: https://x/\n'), 3, 'a host name'],
  ])('%s', (_what, source, line, expected) => {
    const { value, problems } = parse(source);
    expect(value).toBeNull();
    expect(problems[0]).toMatchObject({ file: 'm.yaml', line });
    expect(problems[0]?.expected.startsWith(expected)).toBe(true);
  });

  test.each([
    [
      'an unknown setting',
      'settings:\n  payment.terminalNumbr: 1\n',
      4,
      'the key payment.terminalNumber',
    ],
    [
      'a setting of another profile',
      'settings:\n  printer.width: 1\n',
      4,
      'a setting of the profile box',
    ],
    [
      'a value of the wrong form',
      'settings:\n  payment.terminalNumber: T1\n',
      4,
      'text of the form',
    ],
    ['a value out of range', 'settings:\n  qr.validitySeconds: 5\n', 4, 'a whole number from 30'],
    ['a secret', 'settings:\n  wifi.password: hunter22\n', 4, 'no value: secrets'],
    [
      'two words on one thing',
      'settings:\n  qr.mode: static\nqrMode: dynamic\n',
      4,
      'the same value as qrMode',
    ],
    [
      'a Wi-Fi that is not among them',
      'settings:\n  wifi.ssid: C\nwifiSsids: [A, B]\n',
      4,
      'one of A and B',
    ],
  ])('%s', (_what, rest, line, expected) => {
    const { value, problems } = apply(file(rest));
    expect(value).toBeNull();
    expect(problems[0]).toMatchObject({ file: 'm.yaml', line });
    expect(problems[0]?.expected.startsWith(expected)).toBe(true);
  });

  test('names every problem at once', () => {
    const { problems } = apply(file('settings:\n  qr.mode: x\n  a: b\n  qr.validitySeconds: 1\n'));
    expect(problems.map(({ line }) => line)).toEqual([4, 5, 6]);
  });
});
