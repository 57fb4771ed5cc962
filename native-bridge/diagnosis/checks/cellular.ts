/**
 * SIM and mobile network: the card, whether the carrier lets it in, the signal, and whether anything
 * passes once it is in. It matters where 4G is the way that the terminal is online.
 */
import type { CheckInput } from '../input.ts';
import { look, observe, outcome, type Check, type Observation, type Outcome } from '../check.ts';
import { fromReadings } from '../evidence.ts';
import type { Seen } from '../seen.ts';
import { formatReading, perLocale, sentence } from '../../wording/index.ts';
import { asFarAsItMatters, isGuided, onCellular } from '../ways.ts';

export const cellular: Check = {
  id: 'cellular',
  rung: 'link',
  needs: [
    'cellular.sim',
    'cellular.registered',
    'cellular.rsrpDbm',
    'cellular.sinrDb',
    'cellular.dataPasses',
    'cellular.dataEnabled',
    'network.dnsAnswers',
  ],
  also: [
    'cellular.operator',
    'network.link',
    'network.secondDnsAnswers',
    'network.paymentHostReached',
    'wifi.joined',
    'qr.mode',
    'qr.presented',
  ],
  needsSettings: false,
  look(input, seen) {
    if (!input.model.has.cellular) {
      return look({ otherwise: outcome('not-applicable', sentence('absent_cellular', {})) });
    }
    if (!isGuided(input) && !onCellular(input, seen)) return spare(input, seen);
    const found = faults(input, seen);
    return look({
      observations: asFarAsItMatters(found, input, seen),
      otherwise: fine(input, seen),
    });
  },
};

/** It is online another way: only a card that could not step in is worth a word. */
function spare(input: CheckInput, seen: Seen) {
  const state = seen.peek('cellular.sim');
  const evidence = fromReadings(input, 'cellular.sim', 'network.link');
  const unusable = state === 'locked' || state === 'blocked' || state === 'expired';
  const sim = perLocale((locale) =>
    formatReading({ name: 'cellular.sim', value: state, unit: 'none' }, locale),
  );
  return look({
    observations: unusable ? [observe('sim-spare-unusable', { sim }, { evidence })] : [],
    otherwise: outcome('not-applicable', sentence('absent_cellular_unused', {}), evidence),
  });
}

function faults(input: CheckInput, seen: Seen): Observation[] {
  const link = seen.peek('network.link');
  const isDown = link === 'none' || link === false;
  const agreement = isDown ? 1 : 0;
  const card = cardFault(input, seen, agreement);
  if (card !== null) return [card];
  if (seen.flag('cellular.registered') === false) {
    const evidence = fromReadings(input, 'cellular.registered', 'network.link');
    return [observe('cellular-unregistered', {}, { evidence, agreement })];
  }
  if (seen.flag('cellular.dataEnabled') === false) {
    const evidence = fromReadings(input, 'cellular.dataEnabled', 'network.link');
    return [observe('mobile-data-off', {}, { evidence, agreement })];
  }
  return isDown ? [] : [...signalFaults(input, seen), ...dataFaults(input, seen)];
}

function cardFault(input: CheckInput, seen: Seen, agreement: number): Observation | null {
  const evidence = fromReadings(input, 'cellular.sim', 'cellular.registered', 'network.link');
  const backing = { evidence, agreement };
  switch (seen.text('cellular.sim')) {
    case 'absent':
      return observe('sim-absent', {}, backing);
    case 'locked':
      return observe('sim-locked', {}, backing);
    case 'blocked':
      return observe('sim-blocked', {}, backing);
    case 'expired':
      return observe('sim-expired', {}, backing);
    default:
      return null;
  }
}

/** LTE is judged by RSRP; where that is well, noise can still keep anything from passing. */
function signalFaults(input: CheckInput, seen: Seen): Observation[] {
  const { cellularPoorDbm, cellularWeakDbm, cellularPoorSinrDb } = input.model.thresholds;
  const rsrpDbm = seen.number('cellular.rsrpDbm');
  const sinrDb = seen.number('cellular.sinrDb');
  const evidence = fromReadings(input, 'cellular.rsrpDbm', 'cellular.sinrDb');
  const isNoisy = sinrDb !== null && sinrDb <= cellularPoorSinrDb;
  if (rsrpDbm !== null && rsrpDbm <= cellularPoorDbm) {
    return [observe('cellular-poor', { rsrpDbm }, { evidence, agreement: isNoisy ? 1 : 0 })];
  }
  if (isNoisy) return [observe('cellular-noisy', { sinrDb }, { evidence })];
  const isWeak = rsrpDbm !== null && rsrpDbm <= cellularWeakDbm;
  return isWeak ? [observe('cellular-weak', { rsrpDbm }, { evidence })] : [];
}

/** In, with an address, and nothing passes: used up. Only names don't: not on the list of hosts. */
function dataFaults(input: CheckInput, seen: Seen): Observation[] {
  const passes = seen.flag('cellular.dataPasses');
  if (passes === false) {
    const evidence = fromReadings(input, 'cellular.dataPasses', 'network.paymentHostReached');
    return [observe('sim-used-up', {}, { evidence })];
  }
  const names = seen.flag('network.dnsAnswers');
  const elsewhere = seen.peek('network.secondDnsAnswers');
  if (passes !== true || names !== false || elsewhere === true) return [];
  const evidence = fromReadings(
    input,
    'cellular.dataPasses',
    'network.dnsAnswers',
    'network.secondDnsAnswers',
  );
  return [observe('sim-whitelist-dns', {}, { evidence, agreement: elsewhere === false ? 1 : 0 })];
}

function fine(input: CheckInput, seen: Seen): Outcome {
  if (seen.flag('cellular.registered') === null) {
    return outcome('unknown', sentence('unread_no_source', {}));
  }
  const rsrpDbm = seen.number('cellular.rsrpDbm');
  const evidence = fromReadings(
    input,
    'cellular.sim',
    'cellular.registered',
    'cellular.operator',
    'cellular.rsrpDbm',
    'cellular.sinrDb',
  );
  return rsrpDbm === null
    ? outcome('pass', sentence('fine_cellular', {}), evidence)
    : outcome('pass', sentence('fine_cellular_signal', { rsrpDbm }), evidence);
}
