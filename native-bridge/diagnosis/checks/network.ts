/**
 * 1.1 Network: link, address, gateway, and what is beyond them (network-path.ts). Android's "not
 * validated" is no fault; the payment host is the proof.
 */
import type { CheckInput } from '../input.ts';
import { look, observe, outcome, type Check, type Observation, type Outcome } from '../check.ts';
import { fromReadings, fromSetting } from '../evidence.ts';
import type { ConditionId } from '../rules/index.ts';
import { compareSettings, isApn, type Compared } from '../expected.ts';
import type { Seen } from '../seen.ts';
import { sentence } from '../../wording/index.ts';
import { asFarAsItMatters, onCellular } from '../ways.ts';
import { pathFaults } from './network-path.ts';
import { switchFaults } from './network-switches.ts';

export const network: Check = {
  id: 'network',
  rung: 'link',
  needs: [
    'network.link',
    'network.address',
    'network.gateway',
    'network.dnsAnswers',
    'network.paymentHostReached',
    'network.latencyMs',
    'network.lossPercent',
    'network.largeRequestsPass',
    'network.jitterMs',
    'network.airplaneMode',
    'network.portalCheck',
  ],
  also: [
    'network.proxy',
    'network.proxySetDirectly',
    'network.linkProxy',
    'network.privateDnsMode',
    'network.privateDnsBroken',
    'network.validated',
    'network.dns',
    'network.secondDnsAnswers',
    'cellular.registered',
    'wifi.joined',
    'vpn.up',
    'device.owner',
    'qr.mode',
    'qr.presented',
    'computer.paymentHostReached',
  ],
  needsSettings: true,
  look(input, seen) {
    const found = [...linkFaults(input, seen), ...pathFaults(input, seen)];
    const settings = compareSettings(input, 'network');
    const observations = [
      ...switchFaults(input, seen, found),
      ...settingFaults(input, seen, settings.wrong, found),
      ...found,
    ];
    return look({
      observations: asFarAsItMatters(observations, input, seen),
      unreadSettings: settings.unread.map((row) => row.labels),
      otherwise: fine(input, seen),
    });
  },
};

/** Link and address: what there must be before anything is sent. */
function linkFaults(input: CheckInput, seen: Seen): Observation[] {
  const link = seen.flagOrText('network.link');
  if (link !== false && link !== '') return addressFaults(input, seen);
  return [observe('network-link-down', {}, { evidence: fromReadings(input, 'network.link') })];
}

function addressFaults(input: CheckInput, seen: Seen): Observation[] {
  const address = seen.text('network.address');
  const gateway = seen.text('network.gateway');
  const evidence = fromReadings(input, 'network.address', 'network.gateway');
  // 169.254/16 is what a device gives itself when nobody answers.
  if (address !== null && (isNone(address) || address.startsWith('169.254.'))) {
    return [observe('network-no-address', {}, { evidence })];
  }
  // A 4G link has no gateway of its own.
  const gatewayNeeded = seen.peek('wifi.joined') === true || seen.peek('network.link') === 'wifi';
  if (gateway !== null && isNone(gateway) && gatewayNeeded) {
    return [observe('network-no-gateway', {}, { evidence })];
  }
  return [];
}

const isNone = (address: string): boolean =>
  address === '' || address.startsWith('0.0.0.0') || address === '::';

/**
 * What a wrong setting is to blame for: an APN for a link that does not come up though the SIM is
 * registered, a host or DNS server for requests that fail over a link that stands.
 */
function troubleOf(
  key: string,
  input: CheckInput,
  seen: Seen,
  found: readonly Observation[],
): Observation[] {
  const of = (...ids: ConditionId[]): Observation[] =>
    found.filter(({ condition }) => ids.includes(condition));
  const down = of('network-link-down', 'network-no-address');
  if (!isApn(key)) {
    if (down.length > 0) return [];
    return of(
      'network-dns-silent',
      'network-dns-server-silent',
      'network-host-unreachable',
      'network-host-terminal-only',
    );
  }
  return onCellular(input, seen) && seen.peek('cellular.registered') === true ? down : [];
}

/** Where nothing fails for it, a wrong setting is only worth a word. */
function settingFaults(
  input: CheckInput,
  seen: Seen,
  wrong: readonly Compared[],
  found: readonly Observation[],
): Observation[] {
  return wrong.map(({ row, reading, found: value, expected }) => {
    const trouble = troubleOf(row.key, input, seen, found);
    const evidence = [...fromSetting(input, row, reading), ...trouble.flatMap((o) => o.evidence)];
    const backing = { evidence, settings: [row.key], agreement: trouble.length > 0 ? 1 : 0 };
    const facts = { setting: row.labels, found: value, expected };
    return trouble.length > 0
      ? observe('network-setting-wrong', facts, backing)
      : observe('network-setting-unused', facts, backing);
  });
}

function fine(input: CheckInput, seen: Seen): Outcome {
  const reached = seen.flagOrText('network.paymentHostReached');
  const latencyMs = seen.number('network.latencyMs');
  const lossPercent = seen.number('network.lossPercent');
  const evidence = fromReadings(
    input,
    'network.link',
    'network.address',
    'network.dnsAnswers',
    'network.paymentHostReached',
    'network.latencyMs',
    'network.lossPercent',
  );
  if (reached === true || reached === 'yes') {
    return latencyMs !== null && lossPercent !== null
      ? outcome('pass', sentence('fine_network_measured', { latencyMs, lossPercent }), evidence)
      : outcome('pass', sentence('fine_network_reached', {}), evidence);
  }
  const link = seen.flagOrText('network.link');
  if (link === null) return outcome('unknown', sentence('unread_no_source', {}));
  return outcome('pass', sentence('fine_network_linked', {}), evidence, -1);
}
