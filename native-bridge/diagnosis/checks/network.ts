/**
 * 1.1 Network: link, address, gateway, DNS, and the payment host reached from the terminal, with
 * loss, latency and large requests. Android's "not validated" is no fault; the host is the proof.
 */
import type { CheckInput } from '../input.ts';
import { look, observe, outcome, type Check, type Observation, type Outcome } from '../check.ts';
import { fromReadings, fromSetting } from '../evidence.ts';
import type { ConditionId } from '../rules/index.ts';
import { compareSettings, type Compared } from '../expected.ts';
import { paymentHostName } from '../payment-host.ts';
import type { Seen } from '../seen.ts';
import { sentence } from '../../wording/index.ts';
import { onCellular, payerNeedsNoTerminal } from '../ways.ts';

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
    'cellular.registered',
    'cellular.rsrpDbm',
  ],
  also: ['network.dns', 'cellular.operator', 'wifi.joined', 'qr.mode', 'qr.presented'],
  needsSettings: true,
  look(input, seen) {
    const found = [...linkFaults(input, seen), ...pathFaults(input, seen)];
    const settings = compareSettings(input, 'network');
    const observations = [...settingFaults(input, seen, settings.wrong, found), ...found];
    const weak = payerNeedsNoTerminal(input, seen);
    return look({
      observations: observations.map((o) => ({ ...o, weak: o.weak || weak })),
      unreadSettings: settings.unread.map((row) => row.labels),
      otherwise: fine(input, seen),
    });
  },
};

/** Link, radio, address: what there must be before anything is sent. */
function linkFaults(input: CheckInput, seen: Seen): Observation[] {
  const { thresholds } = input.model;
  const link = seen.flagOrText('network.link');
  const evidence = fromReadings(input, 'network.link', 'cellular.registered', 'cellular.operator');
  const down = link === false || link === '';
  const found: Observation[] = [];
  const cellular = onCellular(input, seen);
  if (cellular && seen.flag('cellular.registered') === false) {
    found.push(observe('network-cellular-unregistered', {}, { evidence, agreement: down ? 1 : 0 }));
  } else if (cellular && !down) {
    const rsrpDbm = seen.number('cellular.rsrpDbm');
    const backing = { evidence: fromReadings(input, 'cellular.rsrpDbm') };
    if (rsrpDbm !== null && rsrpDbm <= thresholds.cellularPoorDbm) {
      found.push(observe('network-cellular-poor', { rsrpDbm }, backing));
    } else if (rsrpDbm !== null && rsrpDbm <= thresholds.cellularWeakDbm) {
      found.push(observe('network-cellular-weak', { rsrpDbm }, backing));
    }
  }
  if (down) found.push(observe('network-link-down', {}, { evidence }));
  if (!down) found.push(...addressFaults(input, seen));
  return found;
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

/** What happens to requests: names, the host, loss, time, size. */
function pathFaults(input: CheckInput, seen: Seen): Observation[] {
  const found: Observation[] = [];
  const reached = seen.flagOrText('network.paymentHostReached');
  const notReached = reached !== null && reached !== true && reached !== 'yes';
  if (seen.flag('network.dnsAnswers') === false) {
    const evidence = fromReadings(input, 'network.dnsAnswers', 'network.dns');
    found.push(observe('network-dns-silent', {}, { evidence, agreement: notReached ? 1 : 0 }));
  }
  if (notReached) {
    const evidence = fromReadings(input, 'network.paymentHostReached');
    const host = paymentHostName(input);
    found.push(observe('network-host-unreachable', { host }, { evidence }));
  }
  found.push(...qualityFaults(input, seen));
  return found;
}

function qualityFaults(input: CheckInput, seen: Seen): Observation[] {
  const { lossFailPercent, lossWarnPercent, latencyWarnMs } = input.model.thresholds;
  const found: Observation[] = [];
  const lossPercent = seen.number('network.lossPercent');
  if (lossPercent !== null && lossPercent >= lossWarnPercent) {
    const backing = { evidence: fromReadings(input, 'network.lossPercent', 'network.latencyMs') };
    // Everything lost is "not reached", said already.
    if (lossPercent < lossFailPercent)
      found.push(observe('network-loss', { lossPercent }, backing));
    else if (lossPercent < 100) found.push(observe('network-loss-high', { lossPercent }, backing));
  }
  const latencyMs = seen.number('network.latencyMs');
  if (latencyMs !== null && latencyMs >= latencyWarnMs) {
    const evidence = fromReadings(input, 'network.latencyMs');
    found.push(observe('network-slow', { latencyMs }, { evidence }));
  }
  if (seen.flag('network.largeRequestsPass') === false) {
    const evidence = fromReadings(input, 'network.largeRequestsPass');
    found.push(observe('network-large-blocked', {}, { evidence }));
  }
  return found;
}

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
  if (!/apn/iu.test(key)) {
    return down.length > 0 ? [] : of('network-dns-silent', 'network-host-unreachable');
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
