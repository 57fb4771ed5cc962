/**
 * The order: what the platform says of the newest one, which is taken for the one that is missed. How
 * most orders end (reversed, unpaid, none yet today) is a finding only where a payment is missed.
 */
import type { Symptom } from '../../contract/diagnosis.ts';
import type { CheckInput } from '../input.ts';
import { look, observePlain, outcome, type Check, type Look } from '../check.ts';
import { entryOf } from '../entry-of.ts';
import { fromReadings } from '../evidence.ts';
import type { ConditionId } from '../rules/index.ts';
import { sentence } from '../../wording/index.ts';

type ByState = Readonly<Partial<Record<string, ConditionId>>>;

const reversed: ByState = { reversed: 'order-reversed', refunded: 'order-reversed' };
const waiting: ByState = { 'waits-for-password': 'order-password-pending' };
const conditions: Readonly<Partial<Record<Symptom, ByState>>> = {
  S1: { ...waiting, ...reversed },
  S3: {
    ...waiting,
    ...reversed,
    none: 'order-missing',
    unpaid: 'order-unpaid',
    closed: 'order-unpaid',
    failed: 'order-unpaid',
  },
};

export const orderState: Check = {
  id: 'order-state',
  rung: 'operation',
  needs: ['order.state', 'order.announced'],
  also: [],
  needsSettings: false,
  look(input, seen) {
    const word = seen.text('order.state');
    // To devices in general that is no value; here it is one.
    const state = word === '' ? 'none' : word;
    const found = foundIn(input.symptom, state, seen.flag('order.announced'));
    const evidence = fromReadings(input, 'order.state', 'order.announced');
    return {
      ...quiet(input, state, evidence),
      observations: found === null ? [] : [observePlain(found, { evidence })],
    };
  },
};

function foundIn(
  symptom: Symptom | null,
  state: string | null,
  announced: boolean | null,
): ConditionId | null {
  if (symptom === null || state === null) return null;
  if (symptom === 'S4') {
    return state === 'paid' && announced === false ? 'order-unannounced' : null;
  }
  return entryOf(conditions[symptom] ?? {}, state) ?? null;
}

/** Whether the newest is the one that is missed, only a person can tell. */
function quiet(input: CheckInput, state: string | null, evidence: Look['otherwise']['evidence']) {
  const { symptom } = input;
  const isMissed = symptom === 'S1' || symptom === 'S3' || symptom === 'S4';
  if (!isMissed && state === null) {
    return look({ otherwise: outcome('not-applicable', sentence('absent_symptom', {})) });
  }
  if (symptom !== 'S3' && state !== null) {
    const fine = state === 'paid' ? 'fine_order' : 'fine_order_told';
    return look({ otherwise: outcome('pass', sentence(fine, {}), evidence) });
  }
  return look({
    otherwise: outcome('ask', sentence('ask_order', {}), evidence),
    toldWell: sentence('fine_order_told', {}),
  });
}
