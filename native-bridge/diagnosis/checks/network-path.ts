/**
 * What happens to the terminal's requests on their way: names, the payment host as this computer
 * finds it too, loss, latency, jitter, size.
 */
import { observe, type Observation } from '../check.ts';
import { fromReadings } from '../evidence.ts';
import { hostFromComputer } from '../from-computer.ts';
import type { CheckInput } from '../input.ts';
import { paymentHostName } from '../payment-host.ts';
import type { Seen } from '../seen.ts';

export function pathFaults(input: CheckInput, seen: Seen): Observation[] {
  const reached = seen.flagOrText('network.paymentHostReached');
  const isReached = reached === true || reached === 'yes';
  const notReached = reached !== null && !isReached;
  return [
    ...nameFaults(input, seen, notReached),
    ...(notReached ? [hostFault(input, seen)] : []),
    ...lossFaults(input, seen),
    ...timeFaults(input, seen),
    ...sizeFaults(input, seen),
  ];
}

/** Where another server answers, it is the one that is set and not the way there. */
function nameFaults(input: CheckInput, seen: Seen, notReached: boolean): Observation[] {
  if (seen.flag('network.dnsAnswers') !== false) return [];
  const evidence = fromReadings(
    input,
    'network.dnsAnswers',
    'network.dns',
    'network.secondDnsAnswers',
  );
  const backing = { evidence, agreement: notReached ? 1 : 0 };
  if (seen.peek('network.secondDnsAnswers') !== true) {
    return [observe('network-dns-silent', {}, backing)];
  }
  return [
    notReached
      ? observe('network-dns-server-silent', {}, backing)
      : observe('network-dns-first-silent', {}, backing),
  ];
}

/** Where this computer reaches it, the host is well; where neither does, it may be the host. */
function hostFault(input: CheckInput, seen: Seen): Observation {
  const evidence = fromReadings(input, 'network.paymentHostReached', 'computer.paymentHostReached');
  const host = paymentHostName(input);
  switch (hostFromComputer(input, seen)) {
    case 'reached':
      return observe('network-host-terminal-only', { host }, { evidence, agreement: 1 });
    case 'not-reached':
      return observe('network-host-unreachable', { host }, { evidence, agreement: -1 });
    case 'unknown':
      return observe('network-host-unreachable', { host }, { evidence });
  }
}

function lossFaults(input: CheckInput, seen: Seen): Observation[] {
  const { lossFailPercent, lossWarnPercent } = input.model.thresholds;
  const lossPercent = seen.number('network.lossPercent');
  if (lossPercent === null || lossPercent < lossWarnPercent) return [];
  const backing = { evidence: fromReadings(input, 'network.lossPercent', 'network.latencyMs') };
  if (lossPercent < lossFailPercent) return [observe('network-loss', { lossPercent }, backing)];
  // Everything lost is "not reached", said already.
  return lossPercent < 100 ? [observe('network-loss-high', { lossPercent }, backing)] : [];
}

function timeFaults(input: CheckInput, seen: Seen): Observation[] {
  const { latencyWarnMs, jitterWarnMs } = input.model.thresholds;
  const latencyMs = seen.number('network.latencyMs');
  const jitterMs = seen.number('network.jitterMs');
  const found: Observation[] = [];
  if (latencyMs !== null && latencyMs >= latencyWarnMs) {
    const evidence = fromReadings(input, 'network.latencyMs');
    found.push(observe('network-slow', { latencyMs }, { evidence }));
  }
  if (jitterMs !== null && jitterMs >= jitterWarnMs) {
    const evidence = fromReadings(input, 'network.jitterMs', 'network.latencyMs');
    found.push(observe('network-jitter', { jitterMs }, { evidence }));
  }
  return found;
}

function sizeFaults(input: CheckInput, seen: Seen): Observation[] {
  if (seen.flag('network.largeRequestsPass') !== false) return [];
  const evidence = fromReadings(input, 'network.largeRequestsPass', 'vpn.up');
  return [
    seen.peek('vpn.up') === true
      ? observe('network-large-blocked-vpn', {}, { evidence })
      : observe('network-large-blocked', {}, { evidence }),
  ];
}
