/**
 * The device and whom it is filed under: serial number, merchant number and terminal number belong
 * together at the acquirer. Its own word is a response code; else the technician asks.
 */
import type { CheckInput } from '../input.ts';
import { look, observePlain, outcome, type Check } from '../check.ts';
import { entryOf } from '../entry-of.ts';
import { fromReadings } from '../evidence.ts';
import { noSuchMerchant } from '../response-code.ts';
import type { ConditionId } from '../rules/index.ts';
import { sentence } from '../../wording/index.ts';

/** ISO 8583 field 39 as Chinese acquirers use it: 03 no such merchant, 97 not registered. */
const conditionOfCode: Readonly<Partial<Record<string, ConditionId>>> = {
  [noSuchMerchant]: 'binding-merchant-unknown',
  '97': 'binding-unfiled',
};

export const deviceBinding: Check = {
  id: 'device-binding',
  rung: 'binding',
  needs: ['payment.lastResponseCode'],
  also: ['identity.serialNumber', 'device.activated'],
  needsSettings: false,
  look(input, seen) {
    const evidence = fromReadings(input, 'payment.lastResponseCode');
    const code = seen.text('payment.lastResponseCode') ?? '';
    // One that was never activated is registered nowhere: nothing was exchanged.
    const isExplained = code === '97' && seen.peek('device.activated') === false;
    const condition = isExplained ? undefined : entryOf(conditionOfCode, code);
    return look({
      observations: condition === undefined ? [] : [observePlain(condition, { evidence })],
      otherwise: outcome('ask', sentence('ask_filed', {}), serialNumber(input)),
      toldWell: sentence('fine_filed', {}),
    });
  },
};

/** What is to be read out on the telephone. */
const serialNumber = (input: CheckInput) => fromReadings(input, 'identity.serialNumber');
