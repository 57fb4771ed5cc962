/**
 * 5.1 Payment platform. Its status service is its own word; else what the terminal and this computer
 * each saw of the payment host, and what somebody who asked was told.
 */
import type { CheckInput } from '../input.ts';
import { look, observe, outcome, type Check, type Observation, type Outcome } from '../check.ts';
import { compareSettings, isApn } from '../expected.ts';
import { fromAnswer, fromReadings } from '../evidence.ts';
import { hostFromComputer } from '../from-computer.ts';
import { paymentHostName } from '../payment-host.ts';
import type { Seen } from '../seen.ts';
import { sentence } from '../../wording/index.ts';

export const platform: Check = {
  id: 'platform',
  rung: 'platform',
  needs: [],
  also: [
    'network.paymentHostReached',
    'computer.paymentHostReached',
    'computer.online',
    'platform.state',
  ],
  needsSettings: true,
  look(input, seen) {
    const fromTerminal = seenFromTerminal(input, seen);
    const observations = [
      ...reported(input, seen),
      ...told(input, fromTerminal),
      ...hostSeen(input, seen, fromTerminal),
    ];
    return look({ observations, otherwise: fine(input, seen, fromTerminal) });
  },
};

type FromTerminal = 'reached' | 'not-reached' | 'unknown';

const answerOf = ({ answers }: CheckInput): string | undefined => answers['platform-up'];

const evidenceOf = (input: CheckInput) => [
  ...fromAnswer(input, 'platform-up'),
  ...fromReadings(
    input,
    'platform.state',
    'network.paymentHostReached',
    'computer.paymentHostReached',
  ),
];

/** An answer stands in for a service that can't be read. */
function stateOf(input: CheckInput, seen: Seen): unknown {
  const isAnswered = ['yes', 'no'].includes(answerOf(input) ?? '');
  return isAnswered ? seen.peek('platform.state') : seen.named('platform.state');
}

function reported(input: CheckInput, seen: Seen): Observation[] {
  const state = stateOf(input, seen);
  const evidence = evidenceOf(input);
  if (state === 'degraded') return [observe('platform-degraded', {}, { evidence })];
  if (state !== 'down') return [];
  const against = answerOf(input) === 'yes' ? -1 : 0;
  return [observe('platform-reported-down', {}, { evidence, agreement: against })];
}

/** The front door may open while payments fail behind it. */
function told(input: CheckInput, fromTerminal: FromTerminal): Observation[] {
  if (answerOf(input) !== 'no') return [];
  const agreement = fromTerminal === 'not-reached' ? 1 : 0;
  return [observe('platform-down', {}, { evidence: evidenceOf(input), agreement })];
}

/** Declined, or out of reach from both sides: the fault is at the host or before its door. */
function hostSeen(input: CheckInput, seen: Seen, fromTerminal: FromTerminal): Observation[] {
  const isDown = stateOf(input, seen) === 'down';
  const isMissed = fromTerminal === 'not-reached';
  if (isDown || answerOf(input) !== undefined || !isMissed) return [];
  // Unread, it might have been both sides.
  if (seen.offered('computer.paymentHostReached')) seen.flagOrText('computer.paymentHostReached');
  const host = paymentHostName(input);
  const evidence = evidenceOf(input);
  const fromComputer = hostFromComputer(input, seen);
  if (seen.peek('network.paymentHostReached') === 'refused') {
    if (fromComputer === 'reached') return [];
    const agreement = seen.peek('computer.paymentHostReached') === 'refused' ? 1 : 0;
    return [observe('platform-refuses', { host }, { evidence, agreement })];
  }
  const isBoth = fromComputer === 'not-reached' && !isShort(seen);
  return isBoth ? [observe('platform-host-down', { host }, { evidence })] : [];
}

/** The terminal did not get as far as the host. */
const isShort = (seen: Seen): boolean =>
  ['no link', 'no address', 'portal'].includes(String(seen.peek('network.paymentHostReached')));

/** Of another host, or one that it was led to by a wrong name server, it says nothing of this one. */
function seenFromTerminal(input: CheckInput, seen: Seen): FromTerminal {
  const value = seen.peek('network.paymentHostReached');
  if (value === null || leadsElsewhere(input)) return 'unknown';
  return value === true || value === 'yes' ? 'reached' : 'not-reached';
}

const leadsElsewhere = (input: CheckInput): boolean =>
  compareSettings(input, 'network').wrong.some(({ row }) => !isApn(row.key));

function fine(input: CheckInput, seen: Seen, terminal: FromTerminal): Outcome {
  const evidence = evidenceOf(input);
  const isReached = terminal === 'reached';
  if (stateOf(input, seen) === 'up') {
    return outcome('pass', sentence('fine_platform_reported', {}), evidence, isReached ? 1 : 0);
  }
  if (answerOf(input) === 'yes') {
    const headline = isReached ? 'fine_platform_reached' : 'fine_platform_asked';
    const agreement = isReached ? 1 : terminal === 'unknown' ? 0 : -1;
    return outcome('pass', sentence(headline, {}), evidence, agreement);
  }
  if (answerOf(input) === 'unknown') {
    return outcome('unknown', sentence('unread_answer', {}), evidence);
  }
  const isReachedHere = hostFromComputer(input, seen) === 'reached' && terminal === 'not-reached';
  const asked = isReached ? 'ask_platform_up_reached' : 'ask_platform_up';
  return outcome('ask', sentence(isReachedHere ? 'ask_platform_up_computer' : asked, {}), evidence);
}
