import { describe, expect, it } from 'vitest';
import { checkIdSchema, rungs } from '../../native-bridge/contract/diagnosis.ts';
import { readingNames, unitSchema } from '../../native-bridge/contract/reading.ts';
import {
  checkLabel,
  formatBytes,
  formatDuration,
  formatReading,
  formatTime,
  readingLabel,
  rungLabel,
  settingWords,
  unitWords,
} from '../../native-bridge/wording/index.ts';
import { locales } from './messages.ts';

describe('a value', () => {
  it.each([
    ['wifi.rssiDbm', -58, 'dBm', '−58 dBm', '−58 dBm'],
    ['battery.levelPercent', 19, 'percent', '19 %', '19%'],
    ['battery.celsius', 31.25, 'celsius', '31.3 °C', '31.3 °C'],
    ['battery.millivolts', 3712, 'millivolts', '3,712 mV', '3,712 mV'],
    ['battery.charging', false, 'none', 'not charging', '未充电'],
    ['qr.mode', 'dynamic', 'none', 'dynamic', '动态码'],
    ['qr.mode', 'sideways', 'none', 'sideways', 'sideways'],
    ['battery.health', 'worn', 'none', 'worn out', '老化'],
    ['battery.health', 'Over-Voltage', 'none', 'voltage too high', '电压过高'],
    ['battery.health', 'puffy', 'none', 'puffy', 'puffy'],
    ['network.paymentHostReached', 'no link', 'none', 'no network', '没有网络'],
    ['firmware.bootloaderMode', 'overwrite-only', 'none', 'overwrite only', '直接覆盖'],
    ['payment.currency', '156', 'none', '156 · Chinese Yuan', '156 · 人民币'],
    ['payment.currency', 'USD', 'none', 'USD · US Dollar', 'USD · 美元'],
    ['payment.currency', '999', 'none', '999', '999'],
    ['payment.lastResponseCode', '00', 'none', '00 · approved', '00 · 交易成功'],
    ['payment.lastResponseCode', 'A0', 'none', 'A0 · MAC check failed', 'A0 · MAC 校验错'],
    ['payment.lastResponseCode', 'Z9', 'none', 'Z9', 'Z9'],
    ['payment.methods', 'wechat,alipay', 'none', 'WeChat Pay, Alipay', '微信支付、支付宝'],
    ['payment.methods', 'wechat, newpay', 'none', 'WeChat Pay, newpay', '微信支付、newpay'],
    ['payment.acquirerApps', 'com.one,com.two', 'none', 'com.one,com.two', 'com.one,com.two'],
    ['printer.state', 'paper-out', 'none', 'out of paper', '缺纸'],
    ['vpn.up', true, 'none', 'up', '已连通'],
    ['firmware.version', '2.1.0', 'none', '2.1.0', '2.1.0'],
    ['device.uptimeSeconds', 93784, 'seconds', '1 d 2 h', '1 天 2 小时'],
    ['battery.levelPercent', null, 'percent', 'not read', '读不到'],
  ] as const)('%s of %s %s reads as people say it', (name, value, unit, en, zh) => {
    expect(formatReading({ name, value, unit }, 'en')).toBe(en);
    expect(formatReading({ name, value, unit }, 'zh-CN')).toBe(zh);
  });

  it.each([
    ['wifi.enabled', '1', 'on', '开'],
    ['scanner.inverse', '0', 'off', '关'],
    ['payment.currency', '156', 'Chinese Yuan', '人民币'],
    ['payment.methods', 'alipay,unionpay', 'UnionPay', '银联'],
    ['payment.channel', 'acq-east', null, null],
  ])('%s set to %s has words where there are some', (key, value, en, zh) => {
    const [inEnglish, inChinese] = [
      settingWords(key, value, 'en'),
      settingWords(key, value, 'zh-CN'),
    ];
    if (en === null) expect([inEnglish, inChinese]).toEqual([null, null]);
    else
      expect([inEnglish, inChinese]).toEqual([
        expect.stringContaining(en),
        expect.stringContaining(zh),
      ]);
  });

  it.each([
    [0, '0 ms'],
    [38.4, '38 ms'],
    [4500, '4.5 s'],
    [80_000, '1 min 20 s'],
    [120_000, '2 min'],
    [7_500_000, '2 h 5 min'],
    [86_430_000, '1 d'],
  ])('a duration of %d ms is written %s', (durationMs, text) => {
    expect(formatDuration(durationMs, 'en')).toBe(text);
  });

  it('a size is written in the step that reads best', () => {
    expect([512, 12_800, 1_258_291].map((n) => formatBytes(n, 'en'))).toEqual([
      '512 B',
      '12.5 KB',
      '1.2 MB',
    ]);
  });

  it('a time is exact and in the zone of the place', () => {
    expect(formatTime('2026-07-01T16:20:30.000Z', 'Asia/Shanghai')).toBe('2026-07-02 00:20:30');
    expect(formatTime('not a time')).toBe('not a time');
  });
});

it.each(locales)('everything that is shown has a name in %s', (locale) => {
  const names = [
    ...readingNames.map((name) => readingLabel(name, locale)),
    ...checkIdSchema.options.map((id) => checkLabel(id, locale)),
    ...rungs.map((rung) => rungLabel(rung, locale)),
    ...unitSchema.options.map((unit) => unitWords(unit, locale)),
  ];
  expect(names.filter((name) => name.startsWith('['))).toEqual([]);
  expect(new Set(readingNames.map((name) => readingLabel(name, locale))).size).toBe(
    readingNames.length,
  );
});
