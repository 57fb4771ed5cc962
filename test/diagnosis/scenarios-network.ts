/** Tunnel, SIM, time, certificate, and both sides' view of the host: every condition of theirs. */
import type { ReadingName, ReadingValue } from '../../native-bridge/contract/reading.ts';
import type { ConditionId } from '../../native-bridge/diagnosis/rules/index.ts';
import { one, told, type Scenario } from './scenario.ts';
import type { Bench } from './terminal.ts';

export const networkValues: Readonly<Partial<Record<ReadingName, ReadingValue>>> = {
  'network.secondDnsAnswers': true,
  'network.jitterMs': 6,
  'network.tls': 'ok',
  'vpn.up': false,
  'vpn.dropCount': 0,
  'cellular.sim': 'ready',
  'cellular.sinrDb': 12,
  'cellular.dataPasses': true,
  'clock.utc': '2026-07-01T18:20:31+08:00',
  'clock.automatic': true,
  'network.proxy': '',
  'network.linkProxy': '',
  'network.privateDnsMode': 'opportunistic',
  'network.validated': true,
  'network.airplaneMode': false,
  'network.portalCheck': true,
  'cellular.dataEnabled': true,
};

/** Key, the reading from the same place, what it should be. */
export const networkSettings: readonly (readonly [string, ReadingName | null, string])[] = [
  ['clock.zone', null, 'Asia/Shanghai'],
  ['global/auto_time', 'clock.automatic', 'true'],
];

export const cellularOnly = (bench: Bench): Bench => {
  bench.has = { ...bench.has, wifi: false };
  return bench
    .without('wifi.joined', 'wifi.ssid', 'wifi.rssiDbm', 'wifi.security', 'wifi.captivePortal')
    .set({ 'network.link': 'cellular', 'network.gateway': '' });
};

/** The acquirer requires a tunnel, and it is up. */
export const throughVpn = (bench: Bench): Bench => {
  bench.expected = { ...bench.expected, vpn: 'required' };
  return bench.set({ 'vpn.up': true, 'vpn.ageSeconds': 86_400 });
};

const unasked = (bench: Bench): Bench => {
  const { 'platform-up': _up, ...answers } = bench.answers;
  bench.answers = answers;
  return bench;
};

const offline = { 'network.link': 'none', 'network.address': '', 'network.gateway': '' };
const noHost = { 'network.paymentHostReached': 'timeout' };
const noNames = { 'network.dnsAnswers': false, 'network.paymentHostReached': 'dns' };
const foreign = (bench: Bench): Bench => {
  bench.expected = { ...bench.expected, vpn: 'forbidden' };
  return bench.set({ 'vpn.up': true, 'vpn.ageSeconds': 400 });
};
const dayMs = 86_400_000;
const offBy = (bench: Bench, ms: number): Bench =>
  bench.set({ 'clock.utc': new Date(Date.parse('2026-07-01T10:20:30Z') + ms).toISOString() });

export const networkScenarios: readonly Scenario[] = [
  one('network-airplane', 'network', 1, '1 4', (b) =>
    b.set({ ...offline, 'network.airplaneMode': true }),
  ),
  one('network-private-dns', 'network', 2, '1 4', (b) =>
    b.set({ ...noHost, 'network.privateDnsMode': 'hostname', 'network.validated': false }),
  ),
  one('network-proxy', 'network', 2, '1 4', (b) =>
    b.set({ ...noHost, 'network.proxy': '10.9.8.7:3128', 'network.validated': false }),
  ),
  one('network-proxy-managed', 'network', 2, '1 4', (b) =>
    b.set({
      ...noHost,
      'network.proxy': '10.9.8.7:3128',
      'network.proxySetDirectly': true,
      'network.validated': false,
      'device.owner': 'net.shopmdm.agent',
    }),
  ),
  one('mobile-data-off', 'cellular', 1, '1 4', (b) =>
    cellularOnly(b).set({ ...offline, 'cellular.dataEnabled': false }),
  ),
  one('network-dns-server-silent', 'network', 3, '1 4', (b) =>
    b.set({ ...noNames, 'network.secondDnsAnswers': true }),
  ),
  one('network-large-blocked-vpn', 'network', 4, '1 4', (b) =>
    throughVpn(b).set({ 'network.largeRequestsPass': false }),
  ),
  one('network-host-terminal-only', 'network', 4, '1 4', (b) =>
    b.set({ ...noHost, 'computer.paymentHostReached': 'yes' }),
  ),
  one('wifi-router-offline', 'wifi', 2, '1 4', (b) => {
    b.set(noHost);
    told(b, 'phone-same-wifi', 'offline');
  }),
  one('vpn-switched-off', 'vpn', 4, '1 4', (b) => {
    throughVpn(b).set({ 'vpn.up': false, ...noHost });
    b.extraSettings = [...b.extraSettings, ['vpn.enabled', null, '1']];
    b.current.set('vpn.enabled', '0');
  }),
  one('vpn-down-required', 'vpn', 4, '1 4', (b) =>
    throughVpn(b).set({ 'vpn.up': false, ...noHost }),
  ),
  one('vpn-drops', 'vpn', 4, '1 4', (b) =>
    throughVpn(b).set({ 'vpn.ageSeconds': 9, 'vpn.dropCount': 7 }),
  ),
  one('vpn-forbidden-blocks', 'vpn', 4, '1 4', (b) => foreign(b).set(noHost)),
  one('sim-absent', 'cellular', 1, '1 4', (b) =>
    cellularOnly(b).set({ ...offline, 'cellular.sim': 'absent', 'cellular.registered': false }),
  ),
  one('sim-locked', 'cellular', 1, '1 4', (b) =>
    cellularOnly(b).set({ ...offline, 'cellular.sim': 'locked', 'cellular.registered': false }),
  ),
  one('sim-blocked', 'cellular', 1, '1 4', (b) =>
    cellularOnly(b).set({ ...offline, 'cellular.sim': 'blocked', 'cellular.registered': false }),
  ),
  one('sim-expired', 'cellular', 1, '1 4', (b) =>
    cellularOnly(b).set({ ...offline, 'cellular.sim': 'expired', 'cellular.registered': false }),
  ),
  one('sim-used-up', 'cellular', 1, '1 4', (b) =>
    cellularOnly(b).set({ ...noNames, ...noHost, 'cellular.dataPasses': false }),
  ),
  one('cellular-unregistered', 'cellular', 1, '1 4', (b) =>
    cellularOnly(b).set({ ...offline, 'cellular.registered': false }),
  ),
  one('cellular-poor', 'cellular', 1, '1 4', (b) =>
    cellularOnly(b).set({ 'cellular.rsrpDbm': -118 }),
  ),
  one('cellular-noisy', 'cellular', 1, '1 4', (b) =>
    cellularOnly(b).set({ 'cellular.sinrDb': -4 }),
  ),
  one('sim-whitelist-dns', 'cellular', 3, '1 4', (b) =>
    cellularOnly(b).set({ ...noNames, 'network.secondDnsAnswers': false }),
  ),
  // The dates of the certificate are how a wrong time keeps a terminal from its platform.
  one('clock-behind', 'clock', 5, '1 2 4', (b) =>
    offBy(b, -7 * 3_600_000).set({ 'network.tls': 'not-yet-valid' }),
  ),
  one('clock-ahead', 'clock', 5, '1 2 4', (b) =>
    offBy(b, 400 * dayMs).set({ 'network.tls': 'expired' }),
  ),
  one('clock-off', 'clock', 5, '2', (b) => offBy(b, -7 * 3_600_000)),
  one('clock-zone-wrong', 'clock', 5, '2', (b) => b.current.set('clock.zone', 'UTC')),
  one('tls-expired', 'tls', 6, '1 4', (b) => b.set({ 'network.tls': 'expired' })),
  one('tls-not-yet-valid', 'tls', 6, '1 4', (b) => b.set({ 'network.tls': 'not-yet-valid' })),
  one('tls-name', 'tls', 6, '1 4', (b) => b.set({ 'network.tls': 'name' })),
  one('tls-issuer', 'tls', 6, '1 4', (b) => b.set({ 'network.tls': 'issuer' })),
  one('tls-intercepted', 'tls', 6, '1 4', (b) =>
    b.set({ 'network.tls': 'issuer', 'computer.tls': 'ok' }),
  ),
  one('tls-failed', 'tls', 6, '1 4', (b) => b.set({ 'network.tls': 'failed' })),
  one('platform-reported-down', 'platform', 7, '1 2 3 4 5', (b) =>
    unasked(b).set({ 'platform.state': 'down' }),
  ),
  one('platform-host-down', 'platform', 7, '1 2 4', (b) =>
    unasked(b)
      .without('platform.state')
      .set({ ...noHost, 'computer.paymentHostReached': 'timeout' }),
  ),
];

export const networkWarnings: readonly Scenario[] = [
  one('network-jitter', 'network', 1, '', (b) => b.set({ 'network.jitterMs': 320 })),
  one('network-dns-first-silent', 'network', 3, '', (b) => b.set({ 'network.dnsAnswers': false })),
  one('vpn-forbidden-up', 'vpn', 4, '', foreign),
  one('vpn-dropped', 'vpn', 4, '', (b) => throughVpn(b).set({ 'vpn.dropCount': 5 })),
  one('cellular-weak', 'cellular', 1, '', (b) => cellularOnly(b).set({ 'cellular.rsrpDbm': -110 })),
  one('sim-spare-unusable', 'cellular', 1, '', (b) =>
    b.set({ 'cellular.sim': 'expired', 'cellular.registered': false }),
  ),
  one('network-portal-check-off', 'network', 4, '', (b) => b.set({ 'network.portalCheck': false })),
  one('clock-not-automatic', 'clock', 5, '', (b) => b.set({ 'clock.automatic': false })),
  one('clock-slightly-off', 'clock', 5, '', (b) => offBy(b, 95_000)),
];

type Pairs = readonly (readonly [cause: ConditionId, gone: ConditionId])[];
const each = (causes: readonly ConditionId[], gone: readonly ConditionId[]): Pairs =>
  causes.flatMap((cause) => gone.map((one) => [cause, one] as const));

/** Nothing gets out: what is beyond can't be well. */
const noWayOut: readonly ConditionId[] = [
  'wifi-not-joined',
  'wifi-wrong-network',
  'wifi-poor',
  'wifi-router-offline',
  'wifi-portal',
  'sim-absent',
  'sim-locked',
  'sim-blocked',
  'sim-expired',
  'sim-used-up',
  'cellular-unregistered',
  'cellular-poor',
  'cellular-noisy',
  'mobile-data-off',
];
const beyond: readonly ConditionId[] = [
  'network-dns-silent',
  'network-dns-server-silent',
  'network-host-unreachable',
  'network-host-terminal-only',
  'network-large-blocked',
  'network-large-blocked-vpn',
  'network-loss-high',
  'vpn-down-required',
  'vpn-drops',
  'tls-failed',
  'sound-offline',
];
const noLink: readonly ConditionId[] = [
  'network-link-down',
  'network-no-address',
  'network-no-gateway',
];
const host: readonly ConditionId[] = ['network-host-unreachable', 'network-host-terminal-only'];
const ownCertificate: readonly ConditionId[] = ['tls-name', 'tls-issuer', 'tls-intercepted'];

export const networkExplained: Pairs = [
  ...each(noWayOut, beyond),
  ...each(
    noWayOut.filter((one) => !['wifi-router-offline', 'wifi-portal'].includes(one)),
    noLink,
  ),
  ...each(['wifi-wrong-network', 'wifi-portal'], ownCertificate),
  ...each(['sim-whitelist-dns'], ['network-dns-silent', 'vpn-down-required', 'sound-offline']),
  ...each(['sim-whitelist-dns'], [...host, 'tls-failed']),
  ...each(['network-airplane'], ['wifi-not-joined', 'cellular-unregistered']),
  ...each(['network-private-dns'], ['vpn-down-required', 'tls-failed', 'sound-offline']),
  ...each(['network-proxy', 'network-proxy-managed'], ['tls-failed', 'sound-offline']),
  ...each(
    ['network-airplane', ...noLink],
    ['vpn-down-required', 'vpn-drops', 'tls-failed', 'sound-offline'],
  ),
  ...each(
    ['network-dns-silent', 'network-dns-server-silent'],
    ['vpn-down-required', 'tls-failed', 'sound-offline'],
  ),
  ...each(['network-loss-high'], ['vpn-drops', 'tls-failed', 'sound-offline']),
  ...each([...host, 'network-large-blocked', 'network-large-blocked-vpn'], ['tls-failed']),
  ...each(
    ['vpn-switched-off', 'vpn-down-required', 'vpn-drops', 'vpn-forbidden-blocks'],
    [...host, 'tls-failed'],
  ),
  ...each(['vpn-forbidden-blocks'], ['network-dns-silent', 'network-large-blocked-vpn']),
  ...each(['clock-behind'], ['tls-not-yet-valid', 'sound-offline']),
  ...each(['clock-ahead'], ['tls-expired', 'sound-offline']),
  ...each(['tls-intercepted'], ['sound-offline']),
  ...each(
    ['platform-down', 'platform-reported-down', 'platform-host-down', 'platform-refuses'],
    ['network-host-unreachable', 'tls-failed'],
  ),
  ...each(['platform-refuses'], ['network-host-terminal-only']),
  ...each(['network-setting-wrong'], ['sound-offline']),
];
