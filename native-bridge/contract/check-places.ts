/**
 * Where each check stands: its group, its place in the guide, the rungs of the ladder that it looks
 * at. Known before anything was read, so that rows stand still and only fill in.
 */
import { checkIdSchema, type CheckId, type Group, type Rung } from './diagnosis.ts';

export interface CheckPlace {
  readonly check: CheckId;
  readonly group: Group;
  /** `1.1` … `5.3`; null: not the guide's, the field added it. */
  readonly guide: string | null;
  /** All of them are well where it passes. */
  readonly rungs: readonly Rung[];
}

type Place = readonly [group: Group, guide: string | null, ...rungs: Rung[]];

const places: Readonly<Record<CheckId, Place>> = {
  network: ['network', '1.1', 'link', 'address', 'dns', 'portal'],
  wifi: ['network', '1.2', 'link', 'portal'],
  vpn: ['network', '1.3', 'portal'],
  cellular: ['network', null, 'link'],
  clock: ['network', null, 'clock'],
  tls: ['network', null, 'tls'],
  scanner: ['hardware', '2.1', 'scanner'],
  battery: ['hardware', '2.2', 'power'],
  'system-version': ['hardware', '2.3', 'operation'],
  tamper: ['hardware', null, 'power'],
  printer: ['hardware', null, 'announcement'],
  'sound-device': ['hardware', null, 'announcement'],
  announcement: ['hardware', null, 'announcement'],
  'payment-settings': ['settings', '3.1', 'binding', 'payment-settings'],
  'qr-mode': ['settings', '3.2', 'qr-mode'],
  operation: ['settings', '3.3', 'operation'],
  'sign-in': ['settings', null, 'sign-in'],
  'counter-code': ['settings', null, 'binding'],
  'acquirer-apps': ['settings', null, 'payment-settings'],
  'card-bound': ['account', '4.1', 'binding'],
  'merchant-status': ['account', '4.2', 'binding'],
  receiving: ['account', '4.3', 'binding'],
  'device-binding': ['account', null, 'binding'],
  settlement: ['account', null, 'announcement'],
  licence: ['account', null, 'binding'],
  platform: ['platform', '5.1', 'platform'],
  support: ['platform', '5.2'],
  'qr-validity': ['platform', '5.3', 'qr-validity'],
  'order-state': ['platform', null, 'operation'],
};

/** In the order of the screen: by group, in each the guide's first. */
export const checkPlaces: readonly CheckPlace[] = checkIdSchema.options.map((check) => {
  const [group, guide, ...rungs] = places[check];
  return { check, group, guide, rungs };
});

export function placeOf(check: CheckId): CheckPlace {
  const [group, guide, ...rungs] = places[check];
  return { check, group, guide, rungs };
}
