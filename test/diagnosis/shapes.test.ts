/** Terminals that are well in other ways than the usual one: nothing may fail. */
import { describe, expect, it } from 'vitest';
import { symptomSchema, type Verdict } from '../../native-bridge/contract/diagnosis.ts';
import { evaluate, runPlaybook } from '../../native-bridge/diagnosis/index.ts';
import { throughVpn } from './scenarios-network.ts';
import { atUtc, Bench, payload } from './terminal.ts';

const noWifiReadings = [
  'wifi.joined',
  'wifi.ssid',
  'wifi.rssiDbm',
  'wifi.security',
  'wifi.captivePortal',
] as const;
const noCellReadings = ['cellular.registered', 'cellular.operator', 'cellular.rsrpDbm'] as const;

const shapes: readonly (readonly [
  string,
  (bench: Bench) => unknown,
  Partial<Record<string, Verdict>>,
])[] = [
  ['the usual one', () => undefined, {}],
  [
    'one without a battery',
    (b) => {
      b.has = { ...b.has, battery: false };
      b.without('battery.levelPercent', 'battery.charging', 'battery.celsius');
    },
    { battery: 'not-applicable' },
  ],
  [
    'one on a cable, Wi-Fi off',
    (b) => {
      b.has = { ...b.has, ethernet: true, cellular: false };
      b.dropped.add('wifi/ssid');
      b.without(...noCellReadings).set({ 'network.link': 'ethernet', 'wifi.joined': false });
    },
    { wifi: 'not-applicable' },
  ],
  [
    'one that only says that the link is up, on a cable, Wi-Fi off',
    (b) => {
      b.has = { ...b.has, ethernet: true, cellular: false };
      b.dropped.add('wifi/ssid');
      b.without(...noCellReadings).set({ 'network.link': true, 'wifi.joined': false });
    },
    { wifi: 'not-applicable' },
  ],
  [
    'one with 4G only',
    (b) => {
      b.has = { ...b.has, wifi: false };
      b.without(...noWifiReadings).set({ 'network.link': 'cellular', 'network.gateway': '' });
    },
    { wifi: 'not-applicable', cellular: 'pass' },
  ],
  [
    'one on Wi-Fi whose SIM is not registered',
    (b) => b.set({ 'cellular.registered': false, 'cellular.rsrpDbm': -125 }),
    {},
  ],
  [
    'one that needs a VPN, which is up',
    (b) => throughVpn(b).set({ 'vpn.dropCount': 1 }),
    { vpn: 'pass' },
  ],
  [
    'one that may have a VPN, and has one',
    (b) => {
      b.expected = { ...b.expected, vpn: 'allowed' };
      b.set({ 'vpn.up': true, 'vpn.ageSeconds': 30 });
    },
    { vpn: 'pass' },
  ],
  [
    'one that may have no VPN, and has none',
    (b) => {
      b.expected = { ...b.expected, vpn: 'forbidden' };
    },
    {},
  ],
  [
    'one on Wi-Fi without a SIM',
    (b) => b.set({ 'cellular.sim': 'absent', 'cellular.registered': false }),
    {},
  ],
  [
    'one whose clock is some seconds off, read by a computer that is days off',
    (b) => {
      const threeDaysMs = 3 * 86_400_000;
      b.clockReference = { offsetMs: threeDaysMs, source: 'pay.posbench.test' };
      b.set({ 'clock.utc': new Date(Date.parse(atUtc) - threeDaysMs - 20_000).toISOString() });
    },
    {},
  ],
  [
    'one whose host this computer reaches too, on a platform that says it is up',
    (b) => {
      const { 'platform-up': _asked, ...answers } = b.answers;
      b.answers = answers;
      b.set({ 'platform.state': 'up', 'computer.paymentHostReached': 'yes', 'computer.tls': 'ok' });
    },
    {},
  ],
  [
    'one beside a computer that stands before a login page',
    (b) => b.set({ 'computer.online': false, 'computer.captivePortal': true }),
    {},
  ],
  [
    'one that takes Hong Kong dollars, as agreed',
    (b) => {
      b.expected = { ...b.expected, currency: 'HKD' };
      b.set({ 'payment.currency': '344', 'qr.payload': payload({ currency: '344' }) });
    },
    {},
  ],
  [
    'one without scanner, printer and loudspeaker',
    (b) => {
      b.has = { ...b.has, scanner: false, printer: false, speaker: false };
      b.without('scanner.selfTest', 'scanner.decodeMs', 'scanner.firmware', 'printer.state')
        .without('speaker.volumePercent', 'speaker.online')
        .set({ 'qr.presented': 'customer', 'qr.payload': '' });
    },
    {
      printer: 'not-applicable',
      'sound-device': 'not-applicable',
      'qr-validity': 'not-applicable',
    },
  ],
  [
    'one that scans payers, whose engine has read nothing today',
    (b) => b.without('scanner.decodeMs').set({ 'qr.presented': 'customer', 'qr.payload': '' }),
    { scanner: 'pass', 'qr-validity': 'not-applicable' },
  ],
  [
    'one without a QR display',
    (b) => {
      b.has = { ...b.has, qrDisplay: false };
      b.without('qr.mode', 'qr.presented', 'qr.payload', 'qr.validitySeconds');
    },
    { 'qr-mode': 'not-applicable', 'qr-validity': 'not-applicable', scanner: 'pass' },
  ],
  [
    'one that scans the payer',
    (b) => b.set({ 'qr.presented': 'customer', 'qr.payload': '', 'qr.validitySeconds': 5 }),
    { 'qr-validity': 'not-applicable', scanner: 'pass' },
  ],
  [
    'one with a static code, as agreed',
    (b) => {
      b.expected = { ...b.expected, qrMode: 'static' };
      b.dropped.add('qr/mode');
      b.set({
        'qr.mode': 'static',
        'qr.payload': payload({ initiation: '11' }),
        'qr.validitySeconds': 0,
      });
    },
    {},
  ],
  ['one whose code has no object 01', (b) => b.set({ 'qr.payload': withoutInitiation() }), {}],
  [
    'one whose code is a web address',
    (b) => b.set({ 'qr.payload': 'https://qr.alipay.com/fkx0123' }),
    {},
  ],
  [
    'one with a low battery on its charger',
    (b) => b.set({ 'battery.levelPercent': 15, 'battery.charging': true }),
    {},
  ],
  ['one with a version written otherwise', (b) => b.set({ 'firmware.version': 'v2.1' }), {}],
  [
    'one with few readings',
    (b) =>
      b.without(
        'network.dnsAnswers',
        'network.latencyMs',
        'network.lossPercent',
        'network.gateway',
        'battery.celsius',
        'firmware.confirmed',
        'firmware.pending',
        'qr.payload',
      ),
    {},
  ],
];

/** The payer scans, over Wi-Fi, and nobody wants a tunnel. */
const usual: Partial<Record<string, Verdict>> = {
  scanner: 'not-applicable',
  vpn: 'not-applicable',
  cellular: 'not-applicable',
};

/** The specification lets 01 be absent: then nobody knows, and nobody may complain. */
function withoutInitiation(): string {
  const text = payload();
  expect(text.slice(6, 12)).toBe('010212');
  return payload({ initiation: '99' });
}

describe.each(shapes)('a healthy terminal: %s', (_name, make, verdicts) => {
  it.each(symptomSchema.options)('has no fault under %s', (symptom) => {
    const bench = new Bench();
    make(bench);
    const { findings, cause } = runPlaybook(bench.input(symptom));
    const got = Object.fromEntries(findings.map((f) => [f.check, f.verdict]));
    const asked = symptom === 'S3' && got['qr-mode'] === 'ask' ? { 'qr-mode': 'ask' } : {};
    const pass = Object.fromEntries(findings.map((f) => [f.check, 'pass']));
    expect(got).toEqual({
      ...pass,
      ...usual,
      support: 'not-applicable',
      ...verdicts,
      ...asked,
    });
    expect(cause).toBeNull();
  });
});

describe('a healthy terminal whose acquirer has no status service', () => {
  const withoutService = (): Bench => {
    const bench = new Bench()
      .without('platform.state', 'order.state', 'order.announced')
      .without('account.cardBound', 'account.state', 'account.receiving', 'account.settlement');
    const looked = { 'merchant-page': 'normal', 'receiving-page': 'normal' };
    bench.answers = { ...bench.answers, ...looked, 'order-announced': 'sent' };
    return bench;
  };

  it.each(symptomSchema.options)('has no fault under %s by what people looked up', (symptom) => {
    const { findings, cause } = runPlaybook(withoutService().input(symptom));
    const well: readonly Verdict[] = ['pass', 'not-applicable'];
    expect(findings.filter(({ verdict }) => !well.includes(verdict))).toEqual([]);
    expect(cause).toBeNull();
  });

  it('is asked about where nobody looked yet', () => {
    const bench = withoutService();
    bench.answers = {};
    const { findings } = runPlaybook(bench.input('S5'));
    const asked = findings.filter(({ verdict }) => verdict === 'ask').map(({ check }) => check);
    expect(asked).toEqual(
      expect.arrayContaining(['card-bound', 'merchant-status', 'settlement', 'platform']),
    );
  });
});

describe('a terminal of which little is known', () => {
  it('is asked about, and nothing fails', () => {
    const bench = new Bench();
    bench.without(...bench.values.keys());
    bench.expectations = false;
    bench.admittedVersion = null;
    bench.answers = {};
    bench.has = {
      wifi: false,
      cellular: false,
      ethernet: false,
      battery: false,
      qrDisplay: false,
      scanner: false,
      printer: false,
      speaker: false,
    };
    bench.set({ 'firmware.version': '3.7.0' });
    const { findings, cause } = runPlaybook(bench.input('S3'));
    expect(Object.fromEntries(findings.map((f) => [f.check, f.verdict]))).toEqual({
      network: 'unknown',
      wifi: 'not-applicable',
      vpn: 'not-applicable',
      cellular: 'not-applicable',
      clock: 'unknown',
      tls: 'unknown',
      scanner: 'not-applicable',
      battery: 'not-applicable',
      'system-version': 'not-applicable',
      tamper: 'unknown',
      printer: 'not-applicable',
      'sound-device': 'not-applicable',
      announcement: 'not-applicable',
      'payment-settings': 'ask',
      'qr-mode': 'not-applicable',
      operation: 'ask',
      'sign-in': 'not-applicable',
      'counter-code': 'ask',
      'acquirer-apps': 'ask',
      'card-bound': 'not-applicable',
      'merchant-status': 'not-applicable',
      receiving: 'not-applicable',
      'device-binding': 'ask',
      settlement: 'not-applicable',
      licence: 'ask',
      platform: 'ask',
      support: 'not-applicable',
      'qr-validity': 'not-applicable',
      'order-state': 'ask',
    });
    expect(cause).toBeNull();
  });
});

describe('a static code that is agreed', () => {
  it('needs no terminal for its page: being offline is no cause of S1 beside another', () => {
    const bench = new Bench();
    bench.expected = { ...bench.expected, qrMode: 'static' };
    bench.dropped.add('qr/mode');
    bench.set({ 'qr.mode': 'static', 'qr.payload': '', 'network.paymentHostReached': false });
    bench.answers = { 'platform-up': 'no' };
    expect(runPlaybook(bench.input('S1')).cause).toBe('platform');
    bench.answers = { 'platform-up': 'yes' };
    const { findings } = runPlaybook(bench.input('S1'));
    expect(findings.find((f) => f.role === 'cause')).toMatchObject({
      check: 'network',
      confidence: 'low',
    });
  });
});

describe('a Wi-Fi that is expected and not joined', () => {
  it('is a fault, and hardly the cause while 4G carries', () => {
    const bench = new Bench().set({ 'wifi.joined': false, 'network.link': 'cellular' });
    bench.expected = { ...bench.expected, wifiSsids: ['HONGDENGLONG-2F'] };
    const alone = runPlaybook(bench.input('S4'));
    expect(alone.findings.find((f) => f.check === 'wifi')).toMatchObject({
      verdict: 'fail',
      role: 'cause',
      confidence: 'low',
    });
    bench.set({ 'payment.terminalNumber': '10086499' });
    expect(runPlaybook(bench.input('S4')).cause).toBe('payment-settings');
  });
});

it('an APN that is wrong is to blame where the SIM is registered and no link comes up', () => {
  const bench = new Bench().without(...noWifiReadings);
  bench.has = { ...bench.has, wifi: false };
  bench.extraSettings = [['network.apn', null, 'cmiot']];
  bench.current.set('network.apn', 'internet');
  bench.set({ 'network.link': 'none', 'network.address': '-' });
  expect(evaluate('network', bench.input('S1')).finding).toMatchObject({
    verdict: 'fail',
    rung: 'link',
    headline: { key: 'found_network_link_down' },
  });
  bench.set({ 'network.link': 'cellular' });
  expect(evaluate('network', bench.input('S1')).finding).toMatchObject({
    headline: { key: 'found_network_setting_wrong' },
    remedy: { settings: ['network.apn'] },
  });
});
