/**
 * One scenario for each condition that the checks can find, with what a person who knows the trade
 * expects of it. Written from the facts (ladder, symptoms, what explains what), not from the rules:
 * the matrix holds the two against each other.
 */
import type { ConditionId } from '../../native-bridge/diagnosis/rules/index.ts';
import { accountExplained, accountScenarios, accountWarnings } from './scenarios-account.ts';
import {
  hardwareExplained,
  hardwareScenarios,
  hardwareWarnings,
  scansPayers,
} from './scenarios-hardware.ts';
import { networkExplained, networkScenarios, networkWarnings } from './scenarios-network.ts';
import { one, type Scenario } from './scenario.ts';
import { merchant, payload, type Bench } from './terminal.ts';

export type { Scenario } from './scenario.ts';

const offline = { 'network.link': 'none', 'network.address': '', 'network.gateway': '' };
const noNames = { 'network.dnsAnswers': false, 'network.paymentHostReached': 'dns' };
const asked = (bench: Bench, id: string): void => {
  bench.answers = { ...bench.answers, [id]: 'no' };
};

export const scenarios: readonly Scenario[] = [
  one('network-link-down', 'network', 1, '1 4', (b) => b.set(offline)),
  one('network-loss-high', 'network', 1, '1 4', (b) => b.set({ 'network.lossPercent': 40 })),
  one('network-no-address', 'network', 2, '1 4', (b) =>
    b.set({ 'network.address': '169.254.7.9', 'network.paymentHostReached': false }),
  ),
  one('network-no-gateway', 'network', 2, '1 4', (b) => b.set({ 'network.gateway': '0.0.0.0' })),
  one('network-setting-wrong', 'network', 2, '1 4', (b) => {
    b.set({ ...noNames, 'network.secondDnsAnswers': false });
    b.current.set('net/host', 'pay.old-acquirer.test');
  }),
  one('network-dns-silent', 'network', 3, '1 4', (b) =>
    b.set({ ...noNames, 'network.secondDnsAnswers': false }),
  ),
  one('network-host-unreachable', 'network', 4, '1 4', (b) =>
    b.set({ 'network.paymentHostReached': 'timeout' }),
  ),
  one('network-large-blocked', 'network', 4, '1 4', (b) =>
    b.set({ 'network.largeRequestsPass': false }),
  ),
  one('wifi-not-joined', 'wifi', 1, '1 4', (b) => b.set({ 'wifi.joined': false, ...offline })),
  one('wifi-wrong-network', 'wifi', 1, '1 4', (b) => {
    b.expected = { ...b.expected, wifiSsids: ['HONGDENGLONG-2F'] };
    b.set({ 'wifi.ssid': 'CMCC-FREE', 'network.paymentHostReached': 'timeout' });
  }),
  one('wifi-poor', 'wifi', 1, '1 4', (b) => b.set({ 'wifi.rssiDbm': -88 })),
  one('wifi-portal', 'wifi', 4, '1 4', (b) =>
    b.set({ 'wifi.captivePortal': true, 'network.paymentHostReached': 'portal' }),
  ),
  one('battery-empty', 'battery', 0, '1 4', (b) => b.set({ 'battery.levelPercent': 4 })),
  one('battery-hot', 'battery', 0, '1 4', (b) => b.set({ 'battery.celsius': 58 })),
  one('version-old', 'system-version', 14, '1 2 4', (b) => b.set({ 'firmware.version': '1.8.0' })),
  one('version-refused', 'system-version', 14, '1 2 4', (b) => {
    b.admittedVersion = null;
    asked(b, 'version-admitted');
  }),
  one('payment-merchant-number', 'payment-settings', 9, '1 2 3 4', (b) =>
    b.set({
      'payment.merchantNumber': merchant.otherNumber,
      'qr.payload': payload({ number: merchant.otherNumber, name: '老李水果店' }),
    }),
  ),
  one('payment-merchant-unknown', 'payment-settings', 9, '1 2', (b) =>
    b.set({
      'payment.merchantNumber': merchant.nobodysNumber,
      'payment.lastResponseCode': '03',
      'qr.payload': payload({ number: merchant.nobodysNumber }),
    }),
  ),
  one('payment-terminal-number', 'payment-settings', 9, '1 2 3 4', (b) =>
    b.set({
      'payment.terminalNumber': '21004799',
      'qr.payload': payload({ terminal: '21004799' }),
    }),
  ),
  one('payment-merchant-name', 'payment-settings', 10, '3', (b) =>
    b.set({ 'payment.merchantName': '老李水果店' }),
  ),
  one('payment-channel', 'payment-settings', 10, '1 2 3 4', (b) =>
    b.set({ 'payment.channel': 'test' }),
  ),
  one('payment-methods', 'payment-settings', 10, '1 2', (b) =>
    b.set({ 'payment.methods': 'alipay' }),
  ),
  one('payment-settlement-account', 'payment-settings', 10, '5', (b) =>
    b.set({ 'payment.settlementTail': '0007' }),
  ),
  one('payment-setting', 'payment-settings', 10, '1 2 4', (b) =>
    b.current.set('pay/announce', 'off'),
  ),
  one('payment-not-matching', 'payment-settings', 9, '1 2 3 4', (b) => {
    b.expectations = false;
    asked(b, 'payment-match');
  }),
  one('qr-payload-other-merchant', 'qr-mode', 11, '3', (b) => {
    b.set({ 'qr.payload': payload({ number: '898310048168888', name: '别家小店' }) });
    b.current.set('qr/payee', '898310048168888');
  }),
  one('qr-payload-other-code', 'qr-mode', 11, '3', (b) => {
    b.extraSettings = [['qr/address', 'qr.payload', 'https://qr.posbench.test/a/898310048160001']];
    b.set({ 'qr.payload': 'https://QR.posbench.test/a/898310048160999' });
  }),
  one('qr-payee-other', 'qr-mode', 11, '3', (b) => {
    b.set({ 'qr.payload': 'https://qr.posbench.test/a/898310048160001' });
    asked(b, 'qr-payee');
  }),
  one('qr-payload-other-terminal', 'qr-mode', 11, '3 4', (b) =>
    b.set({ 'qr.payload': payload({ terminal: '10086499' }) }),
  ),
  one('qr-payload-broken', 'qr-mode', 11, '1', (b) =>
    b.set({ 'qr.payload': payload().replace('HANGZHOU', 'HANGZHOV') }),
  ),
  one('qr-currency', 'qr-mode', 11, '2', (b) =>
    b.set({ 'qr.payload': payload({ currency: '840' }) }),
  ),
  one('qr-mode-wrong', 'qr-mode', 11, '1 2 4', (b) =>
    b.set({ 'qr.mode': 'static', 'qr.payload': payload({ initiation: '11' }) }),
  ),
  one('qr-payload-mode', 'qr-mode', 11, '1 2 4', (b) =>
    b.set({ 'qr.payload': payload({ initiation: '11' }) }),
  ),
  one('qr-presented-wrong', 'qr-mode', 11, '1', (b) => {
    b.extraSettings = [['qr/presented', 'qr.presented', 'merchant']];
    scansPayers(b);
  }),
  one('qr-setting-wrong', 'qr-mode', 11, '1 2 3', (b) => b.current.set('qr/payee', 'other')),
  one('platform-down', 'platform', 7, '1 2 3 4 5', (b) => asked(b, 'platform-up')),
  one('platform-refuses', 'platform', 7, '1 2 4', (b) => {
    b.unanswer('platform-up');
    b.without('platform.state').set({ 'network.paymentHostReached': 'refused' });
  }),
  ...networkScenarios,
  ...hardwareScenarios,
  ...accountScenarios,
];

/** Worth a word, no fault: never a cause. */
export const warnings: readonly Scenario[] = [
  one('network-loss', 'network', 1, '', (b) => b.set({ 'network.lossPercent': 8 })),
  one('network-slow', 'network', 1, '', (b) => b.set({ 'network.latencyMs': 1800 })),
  one('network-setting-unused', 'network', 2, '', (b) => b.current.set('net/dns', '10.255.255.1')),
  one('wifi-weak', 'wifi', 1, '', (b) => b.set({ 'wifi.rssiDbm': -74 })),
  one('wifi-open', 'wifi', 1, '', (b) => b.set({ 'wifi.security': 'open' })),
  one('wifi-setting-wrong', 'wifi', 1, '', (b) => b.current.set('wifi/country', 'US')),
  one('battery-low', 'battery', 0, '', (b) => b.set({ 'battery.levelPercent': 19 })),
  one('battery-empty-charging', 'battery', 0, '', (b) =>
    b.set({ 'battery.levelPercent': 6, 'battery.charging': true }),
  ),
  one('battery-unhealthy', 'battery', 0, '', (b) => b.set({ 'battery.health': 'worn' })),
  one('version-not-admitted', 'system-version', 14, '', (b) =>
    b.set({ 'firmware.version': '2.2.0' }),
  ),
  one('version-on-trial', 'system-version', 14, '', (b) => b.set({ 'firmware.confirmed': false })),
  one('version-pending', 'system-version', 14, '', (b) => b.set({ 'firmware.pending': true })),
  ...networkWarnings,
  ...hardwareWarnings,
  ...accountWarnings,
];

/** With the first gone, the second would be gone too: it is no cause of its own beside it. */
export const explained: readonly (readonly [cause: ConditionId, gone: ConditionId])[] = [
  ...networkExplained,
  ['payment-merchant-number', 'qr-payload-other-merchant'],
  ['payment-merchant-number', 'qr-payload-other-code'],
  ['payment-terminal-number', 'qr-payload-other-terminal'],
  ['payment-channel', 'qr-payload-other-code'],
  ...hardwareExplained,
  ...accountExplained,
];
