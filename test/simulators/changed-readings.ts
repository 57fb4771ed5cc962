/** What the profile of a model reads otherwise than from a healthy one, fault by fault. */
import { expect } from 'vitest';
import type { ModelName } from '../../native-bridge/simulators/codebox/models/model.ts';

type Changes = Readonly<Record<string, unknown>>;

const above = (limit: number): unknown => expect.toSatisfy((value: number) => value > limit);
const like = (form: RegExp): unknown => expect.stringMatching(form);
const below = (limit: number): unknown => expect.toSatisfy((value: number) => value < limit);

/** Nothing can be measured that needs the payment host. */
const unreached = (why: string): Changes => ({
  'network.paymentHostReached': why,
  'network.latencyMs': null,
  'network.jitterMs': null,
  'network.largeRequestsPass': null,
  'network.tls': null,
});
/** It was asked ten times in vain. */
const inVain = (why: string): Changes => ({ ...unreached(why), 'network.lossPercent': 100 });
const noName: Changes = { ...unreached('dns'), 'network.dnsAnswers': false };
const noCell: Changes = {
  'cellular.registered': false,
  'cellular.operator': null,
  'cellular.rsrpDbm': null,
  'cellular.sinrDb': null,
  'cellular.dataPasses': null,
};
const noWifi: Changes = { 'wifi.joined': false, 'wifi.rssiDbm': null, 'wifi.security': null };
const silent: Changes = { 'speaker.online': false };
const onCellular = (latencyMs: number, jitterMs: number): Changes => ({
  ...noWifi,
  'network.link': 'cellular',
  'network.address': '10.131.7.42/29',
  'network.gateway': '10.131.7.41',
  'network.dns': '10.131.0.1',
  'network.latencyMs': latencyMs,
  'network.jitterMs': jitterMs,
});
const noVpn: Changes = { 'vpn.up': false, 'vpn.ageSeconds': null };
const noKeys: Changes = { 'device.mainKeyLoaded': false, 'device.signedIn': false };

/** The same with both models. */
const both: Readonly<Record<string, Changes>> = {
  'payment-host-unreachable': inVain('timeout'),
  'packet-loss': { 'network.lossPercent': 40 },
  'slow-network': { 'network.latencyMs': 1812, 'network.jitterMs': 290 },
  'mtu-blackhole': { 'network.largeRequestsPass': false, 'network.tls': 'failed' },
  'dns-broken': { ...noName, ...silent, 'network.dns': '10.255.255.1' },
  'router-dns-silent': { ...noName, ...silent },
  'wrong-payment-host': { ...noName, 'network.secondDnsAnswers': false },
  'wifi-wrong-ssid': { 'wifi.ssid': 'CMCC-FREE', 'wifi.rssiDbm': -71, 'wifi.security': 'OPEN' },
  'wifi-captive-portal': { ...inVain('portal'), ...silent, 'wifi.captivePortal': true },
  'cellular-weak': { 'cellular.rsrpDbm': -118, 'cellular.sinrDb': -4 },
  'sim-absent': { ...noCell, 'cellular.sim': 'absent' },
  'sim-locked': { ...noCell, 'cellular.sim': 'locked' },
  'sim-blocked': { ...noCell, 'cellular.sim': 'blocked' },
  'sim-expired': { ...noCell, 'cellular.sim': 'expired' },
  'sim-plan-used-up': { 'cellular.dataPasses': false },
  // With Wi-Fi nobody notices these.
  'sim-whitelist-without-dns': {},
  'carrier-dns-silent': {},
  'clock-off': { 'clock.utc': -420 },
  'clock-zone-wrong': { 'clock.zone': 'UTC' },
  'certificate-expired-at-host': { 'network.tls': 'expired' },
  'certificate-not-yet-valid': { 'network.tls': 'not-yet-valid' },
  'certificate-wrong-name': { 'network.tls': 'name' },
  'certificate-unknown-issuer': { 'network.tls': 'issuer' },
  'platform-down': inVain('refused'),
  'battery-low': {
    'battery.levelPercent': 12,
    'battery.charging': false,
    'battery.millivolts': 3561,
  },
  'battery-empty-not-charging': {
    'battery.levelPercent': 2,
    'battery.charging': false,
    'battery.millivolts': 3402,
    'battery.health': 'worn',
  },
  'battery-hot': {
    'battery.charging': false,
    'battery.celsius': 58.2,
    'battery.health': 'overheat',
  },
  'battery-worn': { 'battery.health': 'worn', 'battery.cycleCount': 1180 },
  tampered: { ...noKeys, 'device.tampered': true, 'payment.lastResponseCode': null },
  'volume-muted': { 'speaker.volumePercent': 0 },
  'announcement-offline': silent,
  'wrong-channel': { 'payment.channel': 'test' },
  'wrong-settlement-tail': { 'payment.settlementTail': '0007' },
  'payment-method-closed': { 'payment.methods': 'alipay,unionpay' },
  'not-activated': {
    ...noKeys,
    'device.activated': false,
    'device.parametersLoaded': false,
    'payment.lastResponseCode': '97',
  },
  'parameters-missing': {
    'device.parametersLoaded': false,
    'device.signedIn': false,
    'payment.lastResponseCode': null,
  },
  'main-key-missing': { ...noKeys, 'payment.lastResponseCode': 'A0' },
  'not-signed-in': { 'device.signedIn': false, 'payment.lastResponseCode': '77' },
  'device-not-filed': { 'payment.lastResponseCode': '97' },
  'managed-pushback': { 'device.managedBy': 'tms.otherpay.test' },
  'unsettled-transactions': { 'payment.unsettledCount': 3, 'payment.unsentCount': 1 },
};

/** Nothing is left where 4G was all there was. */
const offAir: Changes = {
  ...unreached('no link'),
  ...noCell,
  ...silent,
  'network.link': 'none',
  'network.address': '',
  'network.gateway': '',
  'network.dns': '',
  'network.dnsAnswers': false,
  'network.secondDnsAnswers': false,
};
const noNetwork: Changes = { ...offAir, ...noWifi };
const flatCell: Changes = {
  ...silent,
  'network.tls': 'not-yet-valid',
  'clock.utc': below(-365 * 24 * 60),
};
const oldFirmware: Changes = {
  'firmware.version': '1.8.0',
  'firmware.activeHash': like(/^[0-9a-f]{64}$/),
};
const jittery: Changes = {
  'network.latencyMs': above(200),
  'network.jitterMs': above(200),
};
const weak = (latencyMs: number, jitterMs: number): Changes => ({
  'wifi.rssiDbm': -88,
  'network.latencyMs': latencyMs,
  'network.jitterMs': jitterMs,
  'network.lossPercent': 10,
});

/** A code as it is shown, without order and check sum; `otherwise` by the ids of its fields. */
function code(otherwise: Readonly<Record<string, string>> = {}): string {
  const fields: Readonly<Record<string, string>> = {
    '00': '000201',
    '01': '010212',
    '26': '26510016cn.posbench.test0115898310048160001020810086421',
    '52': '52045812',
    '53': '5303156',
    '58': '5802CN',
    '59': '5915LAOWANG NOODLES',
    '60': '6008HANGZHOU',
    '64': '64140002ZH0104老王面馆',
    ...otherwise,
  };
  const ids = Object.keys(fields).sort((a, b) => Number(a) - Number(b));
  return ids
    .map((id) => fields[id] ?? '')
    .filter((field) => field !== '')
    .join(' ');
}

const payee = (mid: string, tid: string): string => `26510016cn.posbench.test0115${mid}0208${tid}`;

const codebox: Readonly<Record<string, Changes>> = {
  ...both,
  'no-network': noNetwork,
  'jittery-network': jittery,
  'wifi-weak': weak(164, 26),
  'wifi-not-joined': onCellular(71, 11),
  'wifi-off': onCellular(71, 11),
  'vpn-forbidden-up': {
    'vpn.up': true,
    'vpn.ageSeconds': 'a while',
    'network.latencyMs': 214,
    'network.jitterMs': 34,
  },
  'clock-reset': flatCell,
  'tls-proxy': { ...silent, 'network.tls': 'issuer' },
  'firmware-old': oldFirmware,
  'wrong-merchant': {
    'payment.merchantName': '老李水果店',
    'payment.merchantNumber': '898310048160999',
    'qr.payload': code({
      '26': payee('898310048160999', '10086421'),
      '59': '5915MERCHANT 160999',
      '64': '64150002ZH0105老李水果店',
    }),
  },
  'merchant-number-mistyped': {
    'payment.merchantNumber': '898310048160010',
    'payment.lastResponseCode': '03',
    'qr.payload': code({ '26': payee('898310048160010', '10086421') }),
  },
  'wrong-terminal-number': {
    'payment.terminalNumber': '10086499',
    'qr.payload': code({ '26': payee('898310048160001', '10086499') }),
  },
  'wrong-currency': { 'payment.currency': '344', 'qr.payload': code({ '53': '5303344' }) },
  'qr-static-instead-of-dynamic': { 'qr.mode': 'static', 'qr.payload': code({ '01': '010211' }) },
  'qr-payload-foreign': {
    'qr.payload': code({
      '26': payee('898310048168888', '00000001'),
      '59': '5915MERCHANT 168888',
      '64': '',
    }),
  },
  'qr-presented-customer': { 'qr.presented': 'customer', 'qr.payload': null },
  'qr-validity-too-long': { 'qr.validitySeconds': 86400 },
  'qr-validity-too-short': { 'qr.validitySeconds': 30 },
};

const counter: Readonly<Record<string, Changes>> = {
  ...both,
  'no-network': { ...noNetwork, ...noVpn },
  'jittery-network': jittery,
  'wifi-weak': weak(173, 28),
  'wifi-not-joined': onCellular(80, 13),
  'wifi-off': onCellular(80, 13),
  'vpn-down': { ...inVain('timeout'), ...noVpn },
  'vpn-off': { ...inVain('timeout'), ...noVpn },
  'clock-reset': flatCell,
  'firmware-old': { ...oldFirmware, 'firmware.securityPatch': '2022-03-05' },
  'old-security-patch': { 'firmware.securityPatch': '2022-03-05' },
  'scanner-dead': {
    'scanner.selfTest': 'failed (no answer)',
    'scanner.firmware': null,
    'scanner.decodeMs': null,
  },
  'scanner-slow': { 'scanner.decodeMs': 1280 },
  'scanner-window-dirty': { 'scanner.decodeMs': 250 },
  'scanner-illumination-dead': { 'scanner.selfTest': 'failed (illumination)' },
  // The loop test shows it, and the setting.
  'scanner-misses-inverted': {},
  'scanner-limits-length': {},
  'scanner-misses-damaged': { 'scanner.firmware': '1.02' },
  'printer-no-paper': { 'printer.state': 'paper-out' },
  'printer-lid-open': { 'printer.state': 'lid-open' },
  'printer-overheated': { 'printer.state': 'overheated' },
  'wrong-merchant': {
    'payment.merchantName': '老李水果店',
    'payment.merchantNumber': '898310048160999',
  },
  'merchant-number-mistyped': {
    'payment.merchantNumber': '898310048160010',
    'payment.lastResponseCode': '03',
  },
  'wrong-terminal-number': { 'payment.terminalNumber': '10086499' },
  'wrong-currency': { 'payment.currency': '344' },
  'qr-presented-merchant': { 'qr.presented': 'merchant', 'qr.payload': code() },
  'two-acquirers': { 'payment.acquirerApps': 'cn.posbench.pay,cn.otherpay.pos' },
};

/** The tunnel that comes and goes has a test of its own: what else is read depends on the instant. */
export const changedReadings: Readonly<Record<ModelName, Readonly<Record<string, Changes>>>> = {
  codebox,
  counter,
};

/** Of a terminal on 4G. */
export const changedOnCellular: Readonly<Record<string, Changes>> = {
  'sim-plan-used-up': {
    ...noName,
    ...silent,
    'network.secondDnsAnswers': false,
    'cellular.dataPasses': false,
  },
  'sim-whitelist-without-dns': { ...noName, ...silent, 'network.secondDnsAnswers': false },
  'carrier-dns-silent': { ...noName, ...silent },
  'sim-absent': { ...offAir, 'cellular.sim': 'absent' },
  'sim-locked': { ...offAir, 'cellular.sim': 'locked' },
  'sim-blocked': { ...offAir, 'cellular.sim': 'blocked' },
  'sim-expired': { ...offAir, 'cellular.sim': 'expired' },
};
