/** A healthy terminal as the checks see one, and ways to make it unwell. */
import type { SettingRow } from '../../native-bridge/contract/correction.ts';
import type { Answers, Symptom } from '../../native-bridge/contract/diagnosis.ts';
import type { Reading, ReadingName, ReadingValue } from '../../native-bridge/contract/reading.ts';
import type { CheckInput, ModelFacts } from '../../native-bridge/diagnosis/index.ts';
import type { ScannerTest } from '../../native-bridge/contract/scanner.ts';
import { loopTest } from './loop-tests.ts';
import { hardwareAnswers, hardwareSettings, hardwareValues } from './scenarios-hardware.ts';
import { networkSettings, networkValues } from './scenarios-network.ts';
import { encodeMerchantPresented } from '../../native-bridge/protocols/emvco/index.ts';

import { healthyAccountAnswers, healthyAccountValues } from './healthy-account.ts';

export const atUtc = '2026-07-01T10:20:30.000Z';

export const merchant = {
  number: '898310048160001',
  name: '红灯笼面馆',
  terminal: '21004793',
  otherNumber: '898310048160999',
  /** The acquirer has none of this number. */
  nobodysNumber: '898310048160010',
};

/** An EMVCo code as a terminal shows it; each part can be another. */
export function payload(
  parts: {
    number?: string;
    name?: string;
    terminal?: string;
    currency?: string;
    initiation?: string;
  } = {},
): string {
  const number = parts.number ?? merchant.number;
  const terminal = parts.terminal ?? merchant.terminal;
  const local = parts.name ?? merchant.name;
  const two = (text: string): string => String(Array.from(text).length).padStart(2, '0');
  return encodeMerchantPresented([
    { id: '00', value: '01' },
    { id: '01', value: parts.initiation ?? '12' },
    { id: '26', value: `0016cn.posbench.test01${two(number)}${number}` },
    { id: '52', value: '5812' },
    { id: '53', value: parts.currency ?? '156' },
    { id: '58', value: 'CN' },
    { id: '59', value: 'HONG DENGLONG' },
    { id: '60', value: 'HANGZHOU' },
    { id: '62', value: `07${two(terminal)}${terminal}` },
    { id: '64', value: `0002ZH01${two(local)}${local}` },
  ]);
}

/** Readings of a healthy dynamic-code terminal on Wi-Fi. */
export const healthyValues: Readonly<Partial<Record<ReadingName, ReadingValue>>> = {
  'firmware.version': '2.1.0',
  'firmware.confirmed': true,
  'firmware.pending': false,
  'battery.levelPercent': 83,
  'battery.charging': false,
  'battery.celsius': 29.5,
  'battery.millivolts': 3987,
  'battery.health': 'good',
  'network.link': 'wifi',
  'network.address': '192.168.31.57/24',
  'network.gateway': '192.168.31.1',
  'network.dns': '192.168.31.1',
  'network.dnsAnswers': true,
  'network.paymentHostReached': true,
  'network.latencyMs': 38,
  'network.lossPercent': 0,
  'network.largeRequestsPass': true,
  'wifi.joined': true,
  'wifi.ssid': 'HONGDENGLONG-2F',
  'wifi.rssiDbm': -52,
  'wifi.security': 'WPA2-PSK',
  'wifi.captivePortal': false,
  'cellular.registered': true,
  'cellular.operator': 'CMCC',
  'cellular.rsrpDbm': -94,
  'payment.merchantName': merchant.name,
  'payment.merchantNumber': merchant.number,
  'payment.terminalNumber': merchant.terminal,
  'payment.channel': 'acq-east',
  'payment.methods': 'wechat,alipay',
  'payment.settlementTail': '4821',
  'qr.mode': 'dynamic',
  'qr.presented': 'merchant',
  'qr.payload': payload(),
  'qr.validitySeconds': 120,
  ...networkValues,
  ...hardwareValues,
  ...healthyAccountValues,
};

/** Setting keys, the reading from the same place, and what each should be. */
const settings: readonly (readonly [string, ReadingName | null, string])[] = [
  ['pay/mid', 'payment.merchantNumber', merchant.number],
  ['pay/merchant_name', 'payment.merchantName', merchant.name],
  ['pay/tid', 'payment.terminalNumber', merchant.terminal],
  ['pay/channel', 'payment.channel', 'acq-east'],
  ['pay/methods', 'payment.methods', 'wechat,alipay'],
  ['pay/settle_tail', 'payment.settlementTail', '4821'],
  ['pay/announce', null, 'on'],
  ['qr/mode', 'qr.mode', 'dynamic'],
  ['qr/payee', null, 'auto'],
  ['wifi/ssid', 'wifi.ssid', 'HONGDENGLONG-2F'],
  ['wifi/country', null, 'CN'],
  ['net/host', null, 'pay.posbench.test'],
  ['net/dns', null, 'auto'],
  ...networkSettings,
  ...hardwareSettings,
];

/** A terminal that can still be changed; `input()` is what the checks get. */
export class Bench {
  readonly values = new Map<ReadingName, ReadingValue>(
    Object.entries(healthyValues) as [ReadingName, ReadingValue][],
  );
  readonly unread = new Set<ReadingName>();
  readonly caveats = new Set<ReadingName>();
  /** Setting key → current value. Settings behind a reading follow the reading. */
  readonly current = new Map<string, string>();
  readonly unreadSettings = new Set<string>();
  answers: Answers = { 'platform-up': 'yes', ...hardwareAnswers, ...healthyAccountAnswers };
  has: ModelFacts['has'] = {
    wifi: true,
    cellular: true,
    ethernet: false,
    battery: true,
    qrDisplay: true,
    scanner: true,
    printer: true,
    speaker: true,
  };
  expected: ModelFacts['expected'] = {
    wifiSsids: [],
    qrMode: 'dynamic',
    paymentHost: 'pay.posbench.test',
    vpn: null,
    currency: null,
  };
  /** As the payment host's answer tells it; null: nobody told this computer a time. */
  clockReference: CheckInput['clockReference'] = { offsetMs: 0, source: 'pay.posbench.test' };
  /** Of this visit, the newest first: every code was read, on paper. */
  scannerTests: readonly ScannerTest[] = [loopTest()];
  /** Its profile says where reads are reported. */
  tellsReads = true;
  admittedVersion: string | null = '2.1.0';
  /** False: no expected value for any setting (no merchant file). */
  expectations = true;
  extraSettings: [string, ReadingName | null, string][] = [];
  /** Settings of which nobody expects anything. */
  readonly dropped = new Set<string>();

  set(values: Partial<Record<ReadingName, ReadingValue>>): this {
    for (const [name, value] of Object.entries(values)) {
      this.values.set(name as ReadingName, value);
    }
    return this;
  }

  unanswer(question: string): this {
    const { [question]: _gone, ...rest } = this.answers;
    this.answers = rest;
    return this;
  }

  /** The model has no source for these. */
  without(...names: ReadingName[]): this {
    for (const name of names) this.values.delete(name);
    return this;
  }

  input(symptom: Symptom | null): CheckInput {
    return {
      symptom,
      atUtc,
      answers: this.answers,
      clockReference: this.clockReference ?? null,
      scannerTests: this.scannerTests,
      model: this.#model(),
      readings: new Map(
        [...this.values].map(([name, value]) => [name, this.#reading(name, value)]),
      ),
      settings: this.#settings.map((setting) => this.#row(...setting)),
    };
  }

  get #settings(): readonly (readonly [string, ReadingName | null, string])[] {
    return [...settings, ...this.extraSettings].filter(([key]) => !this.dropped.has(key));
  }

  #model(): ModelFacts {
    const keyOf = (name: ReadingName): string | undefined =>
      this.#settings.find(([, reading]) => reading === name)?.[0];
    return {
      has: this.has,
      expected: this.expected,
      firmware: { admittedVersion: this.admittedVersion },
      scanner: this.tellsReads ? { reads: {} } : null,
      thresholds: {
        batteryWarnPercent: 20,
        batteryFailPercent: 10,
        batteryHotCelsius: 50,
        wifiWeakDbm: -70,
        wifiPoorDbm: -80,
        cellularWeakDbm: -105,
        cellularPoorDbm: -115,
        latencyWarnMs: 800,
        lossWarnPercent: 5,
        lossFailPercent: 20,
        qrMinValiditySeconds: 60,
        qrMaxValiditySeconds: 7200,
        jitterWarnMs: 100,
        vpnDropWarnCount: 3,
        cellularPoorSinrDb: 0,
        clockWarnSeconds: 60,
        clockFailSeconds: 300,
        scannerSlowMs: 1000,
        volumeLowPercent: 20,
        patchWarnDays: 540,
      },
      readings: new Map(
        [...this.values.keys()].map((name) => {
          const key = keyOf(name);
          const source = key === undefined ? { from: 'smp-shell' } : { from: 'smp-settings', key };
          return [name, { source }];
        }),
      ),
      settings: this.#settings.map(([key]) => ({ key, source: { key } })),
    };
  }

  #reading(name: ReadingName, value: ReadingValue): Reading {
    const lost = this.unread.has(name);
    return {
      name,
      value: lost ? null : value,
      unit: 'none',
      atUtc,
      source: `read ${name}`,
      raw: lost ? '' : `${name}: ${String(value)}`,
      failure: lost ? { code: 'reply-timeout', facts: {}, trace: [] } : null,
      caveat: this.caveats.has(name) ? { key: 'value_missing', facts: {} } : null,
    };
  }

  #row(key: string, reading: ReadingName | null, expected: string): SettingRow {
    const follows = reading === null ? undefined : this.values.get(reading);
    const lost = this.unreadSettings.has(key) || (reading !== null && this.unread.has(reading));
    const current = this.current.get(key) ?? (follows === undefined ? expected : String(follows));
    return {
      key,
      labels: { 'zh-CN': `设置 ${key}`, en: `setting ${key}` },
      type: 'text',
      current: lost ? null : current,
      expected: this.expectations ? expected : null,
      secret: false,
      restartNeeded: false,
      differs: this.expectations && !lost && current !== expected,
      failure: lost ? { code: 'reply-timeout', facts: {}, trace: [] } : null,
      backup: null,
    };
  }
}
