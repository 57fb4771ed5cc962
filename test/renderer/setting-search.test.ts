/** What typed words find among a terminal's settings. */
import { expect, test } from 'vitest';
import type { SettingRow } from '../../native-bridge/contract/correction.ts';
import { settingsAbout } from '../../renderer/state/setting-search.ts';

const row = (key: string, zh: string, en: string, more: Partial<SettingRow> = {}): SettingRow => ({
  key,
  labels: { 'zh-CN': zh, en },
  type: 'text',
  current: null,
  expected: null,
  secret: false,
  restartNeeded: false,
  differs: false,
  failure: null,
  backup: null,
  ...more,
});

const rows = [
  row('payment.merchantNumber', '商户号', 'Merchant number', { current: '898310048160001' }),
  row('wifi.ssid', 'Wi-Fi 名称', 'Wi-Fi name', { current: 'LAOWANG-2F', expected: 'SHOP-5G' }),
  row('wifi.psk', 'Wi-Fi 密码', 'Wi-Fi password', { secret: true, current: 'training' }),
];

test.each([
  ['', 3],
  ['商户', 1],
  ['MERCHANT', 1],
  ['wifi.', 2],
  ['wi-fi name', 1],
  ['shop-5g', 1],
  ['８９８', 1],
  ['name wi-fi', 1],
  // What a secret says is found by nobody.
  ['training', 0],
  ['printer', 0],
])('“%s” finds %i', (typed, count) => {
  expect(settingsAbout(rows, typed)).toHaveLength(count);
});
