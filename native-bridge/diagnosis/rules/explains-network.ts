/**
 * What faults of the way to the payment host explain: a SIM or a Wi-Fi that fails takes names,
 * tunnel, host and announcements with it; a wrong time makes good certificates look bad.
 */
import type { ConditionId } from './index.ts';

type Explanations = Readonly<Partial<Record<ConditionId, readonly ConditionId[]>>>;

/** What fails beyond a link that stands. */
const path: readonly ConditionId[] = [
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
const offline: readonly ConditionId[] = [
  'network-link-down',
  'network-no-address',
  'network-no-gateway',
  ...path,
];
const host: readonly ConditionId[] = [
  'network-host-unreachable',
  'network-host-terminal-only',
  'tls-failed',
];
const shownByPortal: readonly ConditionId[] = ['tls-name', 'tls-issuer', 'tls-intercepted'];
const noLink: readonly ConditionId[] = [
  'vpn-down-required',
  'vpn-drops',
  'tls-failed',
  'sound-offline',
];

export const networkExplanations: Explanations = {
  'network-airplane': ['wifi-not-joined', 'cellular-unregistered', ...noLink],
  'network-private-dns': ['vpn-down-required', 'tls-failed', 'sound-offline'],
  'network-proxy': ['tls-failed', 'sound-offline'],
  'network-proxy-managed': ['tls-failed', 'sound-offline'],
  'mobile-data-off': offline,
  'wifi-not-joined': offline,
  'wifi-wrong-network': [...offline, ...shownByPortal],
  'wifi-poor': offline,
  'wifi-router-offline': path,
  'wifi-portal': [...path, ...shownByPortal],
  'sim-absent': offline,
  'sim-locked': offline,
  'sim-blocked': offline,
  'sim-expired': offline,
  'sim-used-up': offline,
  'cellular-unregistered': offline,
  'cellular-poor': offline,
  'cellular-noisy': offline,
  'sim-whitelist-dns': ['network-dns-silent', 'vpn-down-required', ...host, 'sound-offline'],
  'network-link-down': noLink,
  'network-no-address': noLink,
  'network-no-gateway': noLink,
  'network-dns-silent': ['vpn-down-required', 'tls-failed', 'sound-offline'],
  'network-dns-server-silent': ['vpn-down-required', 'tls-failed', 'sound-offline'],
  'network-loss-high': ['vpn-drops', 'tls-failed', 'sound-offline'],
  // A certificate comes in packets of full size.
  'network-large-blocked': ['tls-failed'],
  'network-large-blocked-vpn': ['tls-failed'],
  'network-host-unreachable': ['tls-failed'],
  'network-host-terminal-only': ['tls-failed'],
  'network-setting-wrong': ['sound-offline'],
  'vpn-switched-off': host,
  'vpn-down-required': host,
  'vpn-drops': host,
  'vpn-forbidden-blocks': [...host, 'network-dns-silent', 'network-large-blocked-vpn'],
  'clock-behind': ['tls-not-yet-valid', 'sound-offline'],
  'clock-ahead': ['tls-expired', 'sound-offline'],
  // Announcements come over an encrypted connection too.
  'tls-intercepted': ['sound-offline'],
  'platform-down': ['network-host-unreachable', 'tls-failed', 'order-missing', 'order-unannounced'],
  'platform-reported-down': [
    'network-host-unreachable',
    'tls-failed',
    'order-missing',
    'order-unannounced',
  ],
  'platform-host-down': ['network-host-unreachable', 'tls-failed'],
  'platform-refuses': ['network-host-unreachable', 'network-host-terminal-only', 'tls-failed'],
};
