/**
 * What a terminal must be able to tell after a flash, because it could before: its health, not its
 * luck. A Wi-Fi that has not joined yet is no failure; a battery that can't be read any more is one.
 */
import type { Reading, ReadingName } from '../../contract/reading.ts';
import type { Profile } from '../../terminals/profile.ts';

const vital: readonly ReadingName[] = [
  'identity.serialNumber',
  'battery.levelPercent',
  'network.link',
  'payment.merchantNumber',
  'payment.terminalNumber',
  'qr.mode',
];

/** Besides, what speaks for or against a flash. */
const forThePlan: readonly ReadingName[] = [
  'identity.model',
  'battery.charging',
  'payment.unsettledCount',
  'payment.unsentCount',
  'payment.reversalCount',
  'device.tampered',
];

export function surveyReadings(profile: Profile): ReadingName[] {
  return [...vital, ...forThePlan].filter((name) => profile.readings.has(name));
}

/** Those of them that answered. */
export function vitalBefore(readings: ReadonlyMap<ReadingName, Reading>): ReadingName[] {
  return vital.filter((name) => readings.get(name)?.failure === null);
}
