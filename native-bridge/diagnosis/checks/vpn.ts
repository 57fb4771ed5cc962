/**
 * 1.3 VPN: up where the acquirer requires one, down where it forbids one, and steady. Some payment
 * hosts answer only through the acquirer's tunnel; a foreign one carries everything out of the way.
 */
import type { CheckInput } from '../input.ts';
import { look, observe, outcome, type Check, type Observation, type Outcome } from '../check.ts';
import { fromReadings, fromSetting } from '../evidence.ts';
import { compareSettings, type Comparison } from '../expected.ts';
import type { Seen } from '../seen.ts';
import { sentence } from '../../wording/index.ts';
import { asFarAsItMatters, isGuided } from '../ways.ts';

/** One that has stood for so long drops no more, whatever its count says. */
const steadySeconds = 600;

export const vpn: Check = {
  id: 'vpn',
  rung: 'portal',
  needs: ['vpn.up', 'vpn.ageSeconds', 'vpn.dropCount'],
  also: [
    'network.paymentHostReached',
    'network.latencyMs',
    'network.largeRequestsPass',
    'qr.mode',
    'qr.presented',
  ],
  needsSettings: true,
  look(input, seen) {
    const { vpn: expected } = input.model.expected;
    const up = seen.flag('vpn.up');
    const isNeeded = expected === 'required';
    if (up === null) return unread(input, seen, isNeeded);
    const settings = compareSettings(input, 'vpn');
    const found = up ? whenUp(input, seen) : isNeeded ? whenDown(input, seen, settings) : [];
    return look({
      observations: asFarAsItMatters(found, input, seen),
      unreadSettings: settings.unread.map((row) => row.labels),
      otherwise: fine(input, seen, up),
    });
  },
};

function unread(input: CheckInput, seen: Seen, isNeeded: boolean) {
  const isOpen = isNeeded || isGuided(input) || seen.offered('vpn.up');
  return look({
    otherwise: isOpen
      ? outcome('unknown', sentence('unread_no_source', {}))
      : outcome('not-applicable', sentence('absent_vpn', {})),
  });
}

function whenDown(input: CheckInput, seen: Seen, { wrong }: Comparison): Observation[] {
  const evidence = fromReadings(input, 'vpn.up', 'vpn.dropCount', 'network.paymentHostReached');
  const agreement = isBlocked(seen) ? 1 : 0;
  const off = wrong[0];
  if (off !== undefined) {
    const backing = { evidence: [...evidence, ...fromSetting(input, off.row, off.reading)] };
    const settings = wrong.map(({ row }) => row.key);
    return [observe('vpn-switched-off', {}, { ...backing, settings, agreement })];
  }
  // One that comes and goes was met while it was gone.
  const dropCount = seen.number('vpn.dropCount');
  if (dropCount !== null && dropCount >= input.model.thresholds.vpnDropWarnCount) {
    return [observe('vpn-drops', { dropCount }, { evidence, agreement })];
  }
  return [observe('vpn-down-required', {}, { evidence, agreement })];
}

function whenUp(input: CheckInput, seen: Seen): Observation[] {
  if (input.model.expected.vpn === 'forbidden') return [foreign(input, seen)];
  const dropCount = seen.number('vpn.dropCount');
  const ageSeconds = seen.number('vpn.ageSeconds');
  if (dropCount === null || dropCount < input.model.thresholds.vpnDropWarnCount) return [];
  const evidence = fromReadings(input, 'vpn.dropCount', 'vpn.ageSeconds');
  const isDropping = ageSeconds !== null && ageSeconds < steadySeconds;
  return [
    isDropping && input.model.expected.vpn === 'required'
      ? observe('vpn-drops', { dropCount }, { evidence })
      : observe('vpn-dropped', { dropCount }, { evidence }),
  ];
}

/** Nobody ordered it; a fault where it slows or blocks what goes through it, as far as that is read. */
function foreign(input: CheckInput, seen: Seen): Observation {
  const evidence = fromReadings(input, 'vpn.up', 'network.paymentHostReached', 'network.latencyMs');
  const settings = compareSettings(input, 'vpn').wrong.map(({ row }) => row.key);
  const reached = seen.flagOrText('network.paymentHostReached');
  const latencyMs = seen.number('network.latencyMs');
  const isInTheWay =
    (reached !== null && reached !== true && reached !== 'yes') ||
    (latencyMs !== null && latencyMs >= input.model.thresholds.latencyWarnMs) ||
    seen.flag('network.largeRequestsPass') === false;
  return isInTheWay
    ? observe('vpn-forbidden-blocks', {}, { evidence, settings })
    : observe('vpn-forbidden-up', {}, { evidence, settings });
}

function isBlocked(seen: Seen): boolean {
  const reached = seen.peek('network.paymentHostReached');
  return reached !== null && reached !== true && reached !== 'yes';
}

function fine(input: CheckInput, seen: Seen, up: boolean): Outcome {
  const evidence = fromReadings(input, 'vpn.up', 'vpn.ageSeconds', 'vpn.dropCount');
  if (!up) return outcome('not-applicable', sentence('absent_vpn', {}), evidence);
  const ageSeconds = seen.number('vpn.ageSeconds');
  return ageSeconds === null
    ? outcome('pass', sentence('fine_vpn', {}), evidence)
    : outcome('pass', sentence('fine_vpn_since', { ageSeconds }), evidence);
}
